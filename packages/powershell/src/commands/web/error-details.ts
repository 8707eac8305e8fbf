import { NetFailure } from '../../errors/raise.ts';
import type { HttpResponseMessage } from '../../types/web/http-messages.ts';
import { readXml } from '../../types/xml/read-xml.ts';
import { indentedXml } from '../../types/xml/write-xml.ts';
import { XmlNode } from '../../types/xml/xml-node.ts';
import type { CmdletCall } from '../description.ts';
import { contentTypeOf, isJsonType, isXmlType } from './response-text.ts';

/** What an answer that is an error says, as PowerShell shows it: JSON and XML indented, pages without their tags. */
export function errorDetails(call: CmdletCall, response: HttpResponseMessage, text: string): string {
  const type = contentTypeOf(response);
  const shown = isXmlType(type) ? indentedDocument(call, text) : isJsonType(type) ? indentedJson(text) : undefined;
  return shown === undefined ? withoutTags(text) : `\n${shown}`;
}

/** Without what stands between `<` and the next `>`. */
function withoutTags(text: string): string {
  let shown = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    const close = open === -1 ? -1 : text.indexOf('>', open);
    if (close === -1) return shown + text.slice(at);
    shown += text.slice(at, open);
    at = close + 1;
  }
}

function indentedDocument(call: CmdletCall, text: string): string | undefined {
  const document = new XmlNode('document', '');
  try {
    readXml(text, document, {
      conformance: 'document',
      space: false,
      entityCharacters: undefined,
      budget: call.session.budget,
    });
  } catch (error) {
    if (error instanceof NetFailure) return undefined;
    throw error;
  }
  return indentedXml(document);
}

/** In the form of .NET's own writer, which escapes all but ASCII. */
function indentedJson(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return JSON.stringify(value, undefined, 2).replace(
    /[\u007f-\uffff<>&'+`]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}
