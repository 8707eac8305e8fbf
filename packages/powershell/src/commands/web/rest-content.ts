import { NetFailure } from '../../errors/raise.ts';
import type { HttpResponseMessage } from '../../types/web/http-messages.ts';
import { readXml } from '../../types/xml/read-xml.ts';
import { XmlNode } from '../../types/xml/xml-node.ts';
import type { Value } from '../../values/value.ts';
import { readJson } from '../data/json-reader.ts';
import { JsonProblem } from '../data/json-text.ts';
import { jsonNumber, jsonText } from '../data/json-values.ts';
import type { CmdletCall } from '../description.ts';
import { contentTypeOf, isJsonType } from './response-text.ts';

/** Characters that entities of an answer's document type may grow to. */
const entityCharacters = 1024;

/** What Invoke-RestMethod makes of an answer's text: the entries of a feed, an object of JSON, a document of XML, or the text. */
export function restContent(call: CmdletCall, response: HttpResponseMessage, text: string): readonly Value[] {
  const document = xmlOf(call, text);
  const entries = document === undefined ? undefined : feedEntries(document);
  if (entries !== undefined) return entries;
  const isJson = isJsonType(contentTypeOf(response));
  if (!isJson && document !== undefined) return [document];
  const object = jsonOf(call, text);
  if (object !== undefined) return [object.value];
  return [document ?? text];
}

/** A document with its white space; `undefined` for what is none. */
function xmlOf(call: CmdletCall, text: string): XmlNode | undefined {
  if (!/^\ufeff?\s*</.test(text)) return undefined;
  const document = new XmlNode('document', '');
  document.preservesSpace = true;
  const { budget } = call.session;
  try {
    readXml(text, document, { conformance: 'document', space: true, entityCharacters, budget });
  } catch (error) {
    if (error instanceof NetFailure) return undefined;
    throw error;
  }
  return document;
}

/** The items or entries of an RSS or Atom feed; `undefined` for what is no feed. */
function feedEntries(document: XmlNode): readonly XmlNode[] | undefined {
  const root = document.children.find(({ kind }) => kind === 'element');
  if (root === undefined || !/^(rss|feed)$/i.test(root.name)) return undefined;
  return [...entriesBelow(root)];
}

function* entriesBelow(node: XmlNode): Generator<XmlNode, void> {
  for (const child of node.children) {
    if (/^(item|entry)$/i.test(child.name)) yield child;
    else yield* entriesBelow(child);
  }
}

/** The value of a JSON text; `undefined` for what is none, or an object that PowerShell cannot make. */
function jsonOf(call: CmdletCall, text: string): { readonly value: Value } | undefined {
  const { budget } = call.session;
  try {
    const document = readJson(text, {
      depth: 1024,
      newTable: undefined,
      number: jsonNumber,
      text: jsonText(call),
      step: () => budget.step(),
    });
    return document === undefined || document.refused !== undefined ? undefined : { value: document.value };
  } catch (error) {
    if (error instanceof JsonProblem) return undefined;
    throw error;
  }
}
