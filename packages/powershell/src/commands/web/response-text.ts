import { encodingByName, utf8Encoding } from '../../types/text/encoding.ts';
import type { HttpResponseMessage } from '../../types/web/http-messages.ts';
import type { ResponseText } from '../../types/web/web-response-object.ts';
import type { CmdletCall } from '../description.ts';
import { charsetOf } from './request-body.ts';
import { mediaTypeOf } from './verbose-lines.ts';

/** Characters at the head of a document in which it may name its own encoding. */
const headLength = 1024;

/**
 * The text of a body: in the encoding of its content type, else in the one that a `meta` element or the XML declaration at its
 * head names, else in UTF-8. What does not decode becomes U+FFFD.
 */
export function responseText(call: CmdletCall, response: HttpResponseMessage, bytes: Uint8Array): ResponseText {
  call.session.budget.reserve(bytes.length * 2);
  const charset = charsetOf(response.content.headers.first('Content-Type') ?? '');
  const named = charset === undefined ? undefined : encodingByName(charset);
  if (named !== undefined) return { content: named.decode(bytes), encoding: named };
  const content = utf8Encoding.decode(bytes);
  const own = encodingByName(declaredCharset(content.slice(0, headLength)) ?? '');
  return own === undefined ? { content, encoding: utf8Encoding } : { content: own.decode(bytes), encoding: own };
}

function declaredCharset(head: string): string | undefined {
  const meta = /<meta\s[^>]*charset\s*=\s*["'\n]?([A-Za-z][^\s"'\n<>]+)/i.exec(head);
  return (meta ?? /<\?xml\s[^>]*encoding\s*=\s*["'\n]?([A-Za-z][^\s"'\n<>]+)/i.exec(head))?.[1];
}

/** The type of an answer's body in lower case; empty where it names none. */
export function contentTypeOf(response: HttpResponseMessage): string {
  return (mediaTypeOf(response.content.headers.first('Content-Type')) ?? '').toLowerCase();
}

export function isJsonType(type: string): boolean {
  return /^(?:(?:application|text)\/(?:json|(?:x-)?javascript))$/.test(type);
}

export function isXmlType(type: string): boolean {
  return /^application\/xml(?:-external-parsed-entity|-dtd)?$|\+xml$/.test(type);
}

export function isTextType(type: string): boolean {
  return type.startsWith('text/') || isXmlType(type) || isJsonType(type);
}
