import { toNetText } from '../../conversion/text.ts';
import { netFailure } from '../../errors/raise.ts';
import { readUri, Uri } from '../../types/identity/uri.ts';
import { absoluteText } from '../../types/identity/uri-parts.ts';
import { urlEncode } from '../../types/net/web-text.ts';
import { isContentHeader } from '../../types/web/header-names.ts';
import { HttpRequestMessage } from '../../types/web/http-messages.ts';
import type { WebRequestSession } from '../../types/web/web-request-session.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { EnumValue, enumLabel } from '../../values/enum.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { resolveNative } from '../items/paths.ts';
import { checkHeader, checkLine } from './header-format.ts';

/** The method that a call asks for, in upper case. Throws `NetFailure` (FormatException) for what is none. */
export function methodOf(call: CmdletCall): string {
  const method = call.get('Method');
  const name = call.has('CustomMethod')
    ? call.session.text(call.get('CustomMethod'))
    : method instanceof EnumValue
      ? enumLabel(method)
      : 'Default';
  const upper = name.toUpperCase();
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(upper) || upper === 'CONNECT') {
    throw netFailure('System.FormatException', 'The format of the HTTP method is invalid.');
  }
  return upper === 'DEFAULT' ? 'GET' : upper;
}

/** `-Uri` as an absolute address: http where it has no scheme; with the body's fields as its query where that is how they go out. */
export function addressOf(call: CmdletCall, method: string): string {
  const given = call.get('Uri');
  const isAbsolute = given instanceof Uri && given.parts !== undefined;
  const { parts } = isAbsolute ? given : readUri(`http://${given instanceof Uri ? given.original : ''}`, 'absolute');
  if (parts === undefined)
    throw netFailure('System.UriFormatException', 'Invalid URI: The hostname could not be parsed.');
  if (parts.scheme !== 'http' && parts.scheme !== 'https') {
    call.fail(notSupported(parts.scheme));
  }
  const body = queryOf(call, method);
  const query = body === undefined ? parts.query : `${parts.query.length > 1 ? `${parts.query}&` : '?'}${body}`;
  return absoluteText({ ...parts, query, userInfo: '', fragment: '' });
}

function notSupported(scheme: string): ReturnType<typeof cmdletError> {
  return cmdletError('WebCmdletIEDomNotSupportedException', `The '${scheme}' scheme is not supported.`, {
    type: 'System.NotSupportedException',
    category: 'NotImplemented',
  });
}

/** Fields of a dictionary, where they go out in the address. */
export function queryOf(call: CmdletCall, method: string): string | undefined {
  const body = call.get('Body');
  const isQuery = method === 'GET' || call.has('CustomMethod');
  return body instanceof Dictionary && isQuery ? formText(call, body) : undefined;
}

/** Fields in the form of a query. */
export function formText(call: CmdletCall, fields: Dictionary): string {
  return [...fields.items()]
    .map(({ key, value }) => {
      const content = value === null || value === undefined ? '' : toNetText(value, undefined, call.session);
      return `${urlEncode(call.session.text(key), true)}=${urlEncode(content, true)}`;
    })
    .join('&');
}

/** @property range asks for the rest of a file alone */
interface RequestLine {
  readonly url: string;
  readonly method: string;
  readonly isRedirect: boolean;
  readonly range: boolean;
}

/** A request with its headers, without a body. */
export function requestMessage(
  call: CmdletCall,
  session: WebRequestSession,
  { url, method, isRedirect, range }: RequestLine,
): HttpRequestMessage {
  const request = new HttpRequestMessage(method, url);
  const { headers } = request;
  const check = call.isOn('SkipHeaderValidation') ? checkLine : checkHeader;
  session.contentHeaders.clear();
  for (const { key, value } of session.headers.items()) {
    const [name, text] = [call.session.text(key), call.session.text(value ?? null)];
    if (isContentHeader(name)) {
      session.contentHeaders.set(name.toLowerCase(), { name, value: text });
      continue;
    }
    if (isRedirect && name.toLowerCase() === 'authorization' && !call.isOn('PreserveAuthorizationOnRedirect')) continue;
    check(name, text);
    if (name.toLowerCase() === 'user-agent') session.userAgent = text;
    headers.set(name, text);
  }
  if (headers.get('User-Agent') === undefined && session.userAgent !== '') {
    check('User-Agent', session.userAgent);
    headers.set('User-Agent', session.userAgent);
  }
  if (range) headers.set('Range', `bytes=${resumedBytes(call)}-`);
  return request;
}

/** Bytes of `-OutFile` that are there already. */
export function resumedBytes(call: CmdletCall): number {
  const path = resolveNative(call.session, call.session.text(call.get('OutFile')));
  return call.session.world.files.stat(path)?.length ?? 0;
}
