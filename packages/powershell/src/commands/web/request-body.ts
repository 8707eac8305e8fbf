import { baseOf } from '../../conversion/base.ts';
import { NetException } from '../../errors/net-exception.ts';
import { bytesFrom } from '../../types/byte-array.ts';
import { namedType, netTypes } from '../../types/intrinsic.ts';
import { Stream } from '../../types/io/stream.ts';
import { encodingByName, utf8WithoutPreamble } from '../../types/text/encoding.ts';
import type { HttpRequestMessage } from '../../types/web/http-messages.ts';
import type { WebRequestSession } from '../../types/web/web-request-session.ts';
import { outerXml } from '../../types/xml/write-xml.ts';
import { XmlNode } from '../../types/xml/xml-node.ts';
import { NetArray } from '../../values/array.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { CmdletCall } from '../description.ts';
import { refuse } from './check-parameters.ts';
import { checkLine, isMediaType } from './header-format.ts';
import { inFile, pieces } from './in-file.ts';
import { multipart } from './multipart-body.ts';
import { formText, queryOf } from './request-message.ts';

/** The content of a request. @property length `undefined` where it is not known before; it then goes out in chunks */
export interface RequestBody {
  readonly length: number | undefined;
  readonly pieces: Iterable<Uint8Array>;
}

function refuseContentType(call: CmdletCall, contentType: string): never {
  const charset = isMediaType(contentType) ? charsetOf(contentType) : undefined;
  const inner =
    charset === undefined
      ? new NetException(namedType('System.FormatException'), `The format of value '${contentType}' is invalid.`)
      : new NetException(
          namedType('System.ArgumentException'),
          `'${charset}' is not a supported encoding name. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method. (Parameter 'name')`,
        );
  return refuse(
    call,
    'ContentType',
    'The cmdlet cannot run because the -ContentType parameter is not a valid Content-Type header. Specify a valid Content-Type for -ContentType, then retry. To suppress header validation, supply the -SkipHeaderValidation parameter.',
    inner,
  );
}

/**
 * The body of a request, as the parameters give it; its headers are added to the request. `undefined` where a GET has none.
 * Asked again for each time that the request is sent.
 */
export function fillRequest(
  call: CmdletCall,
  session: WebRequestSession,
  request: HttpRequestMessage,
): RequestBody | undefined {
  const fields = session.contentHeaders;
  const contentType = call.has('ContentType') ? call.session.text(call.get('ContentType')) : undefined;
  if (contentType !== undefined) fields.set('content-type', { name: 'Content-Type', value: contentType });
  else if (request.method === 'POST' && (fields.get('content-type')?.value ?? '') === '') {
    fields.set('content-type', { name: 'Content-Type', value: 'application/x-www-form-urlencoded' });
  }
  let body = contentOf(call, session, request);
  if (body === undefined) {
    if (request.method === 'GET' && contentType === undefined) return undefined;
    body = { length: 0, pieces: [] };
  }
  for (const { name, value } of fields.values()) {
    // Lengths are what they are.
    if (value.trim() === '' || name.toLowerCase() === 'content-length') continue;
    if (name.toLowerCase() === 'content-type' && !call.isOn('SkipHeaderValidation') && !isMediaType(value)) {
      refuseContentType(call, value);
    }
    checkLine(name, value);
    request.contentHeaders.set(name, value);
  }
  return body;
}

function contentOf(call: CmdletCall, session: WebRequestSession, request: HttpRequestMessage): RequestBody | undefined {
  const form = call.get('Form');
  if (form instanceof Dictionary) {
    const { boundary, body } = multipart(call, form);
    session.contentHeaders.clear();
    session.contentHeaders.set('content-type', {
      name: 'Content-Type',
      value: `multipart/form-data; boundary="${boundary}"`,
    });
    return body;
  }
  if (call.has('InFile')) return inFile(call);
  const content = baseOf(call.get('Body') ?? null);
  if (content === null || content === undefined || queryOf(call, request.method) !== undefined) return undefined;
  if (content instanceof Dictionary) return ofText(call, session, formText(call, content));
  if (content instanceof XmlNode) return ofXml(call, content);
  if (content instanceof Stream) return { length: undefined, pieces: pieces((count) => content.read(count)) };
  if (content instanceof NetArray && content.element === netTypes.byte) {
    const bytes = bytesFrom(content);
    return { length: bytes.length, pieces: [bytes] };
  }
  // A custom object has no text of its own.
  return ofText(call, session, content instanceof PSCustomObject ? '' : call.session.text(content));
}

/** Text in the encoding that its content type names, UTF-8 where it names none. */
function ofText(call: CmdletCall, session: WebRequestSession, text: string): RequestBody {
  const contentType = session.contentHeaders.get('content-type')?.value ?? '';
  const charset = charsetOf(contentType);
  const encoding = charset === undefined ? utf8WithoutPreamble : encodingByName(charset);
  const isValid = contentType === '' || isMediaType(contentType);
  if ((encoding === undefined || !isValid) && !call.isOn('SkipHeaderValidation')) {
    refuseContentType(call, contentType);
  }
  call.session.budget.reserve(text.length * 3);
  const bytes = (encoding ?? utf8WithoutPreamble).encode(text);
  return { length: bytes.length, pieces: [bytes] };
}

function ofXml(call: CmdletCall, node: XmlNode): RequestBody {
  const first = node.kind === 'document' ? node.children[0] : undefined;
  const [, name] = first?.kind === 'declaration' ? (/encoding\s*=\s*["']([^"']+)/.exec(first.value) ?? []) : [];
  const text = outerXml(node);
  call.session.budget.reserve(text.length * 3);
  const bytes = ((name === undefined ? undefined : encodingByName(name)) ?? utf8WithoutPreamble).encode(text);
  return { length: bytes.length, pieces: [bytes] };
}

/** The `charset` of a content type; `undefined` where it has none. */
export function charsetOf(contentType: string): string | undefined {
  const [, quoted, plain] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? [];
  return quoted ?? plain;
}
