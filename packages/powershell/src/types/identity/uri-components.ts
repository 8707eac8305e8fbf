import { enumeration } from '../enumeration.ts';
import { decodeUtf8, displayText, type UriParts } from './uri-parts.ts';

/** `System.UriComponents` by bit. */
const part = {
  scheme: 1,
  userInfo: 2,
  host: 4,
  port: 8,
  path: 16,
  query: 32,
  fragment: 64,
  strongPort: 128,
  normalizedHost: 256,
  keepDelimiter: 0x4000_0000,
} as const;

export const uriComponents = enumeration(
  'System.UriComponents',
  {
    Scheme: part.scheme,
    UserInfo: part.userInfo,
    Host: part.host,
    Port: part.port,
    SchemeAndServer: 13,
    Path: part.path,
    Query: part.query,
    PathAndQuery: 48,
    HttpRequestUrl: 61,
    Fragment: part.fragment,
    AbsoluteUri: 127,
    StrongPort: part.strongPort,
    HostAndPort: 132,
    StrongAuthority: 134,
    NormalizedHost: part.normalizedHost,
    KeepDelimiter: part.keepDelimiter,
    SerializationInfoString: -2_147_483_648,
  },
  { flags: true },
);

const unescapedForm = 2;
const safeForm = 3;

/** `Uri.GetComponents`: the named parts of a URI in order. A single part comes without its delimiter unless it is asked for. */
export function componentsText(uri: UriParts, components: number, form: number): string {
  const asked = components < 0 ? 127 : components;
  const has = (bit: number): boolean => (asked & bit) !== 0;
  const kinds = asked & ~part.keepDelimiter;
  const isSingle = (kinds & (kinds - 1)) === 0 && !has(part.keepDelimiter);
  const delimited = (sign: string, text: string): string => (isSingle || text === '' ? text : sign + text);
  const port = has(part.strongPort) || (has(part.port) && !uri.isDefaultPort) ? String(uri.port) : '';
  const pieces = [
    has(part.scheme) ? (isSingle ? uri.scheme : `${uri.scheme}:${uri.hasAuthority ? '//' : ''}`) : '',
    has(part.userInfo) && uri.userInfo !== '' ? uri.userInfo + (isSingle ? '' : '@') : '',
    has(part.host) || has(part.normalizedHost) || (has(part.strongPort) && !isSingle && kinds !== part.strongPort)
      ? uri.host
      : '',
    port === '' ? '' : delimited(':', port),
    has(part.path) ? (isSingle ? uri.path.replace(/^\//, '') : uri.path) : '',
    has(part.query) ? (isSingle ? uri.query.slice(1) : uri.query) : '',
    has(part.fragment) ? (isSingle ? uri.fragment.slice(1) : uri.fragment) : '',
  ];
  const text = pieces.join('');
  if (form === unescapedForm) return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeUtf8);
  return form === safeForm ? displayText(text) : text;
}
