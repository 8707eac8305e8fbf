import { netFailure } from '../../errors/raise.ts';

/** An absolute URI taken apart, as .NET's `Uri` shows it. */
export interface UriParts {
  readonly scheme: string;
  readonly userInfo: string;
  readonly host: string;
  /** -1 where the scheme has none. */
  readonly port: number;
  readonly isDefaultPort: boolean;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
  /** Whether `//` stands behind the scheme. */
  readonly hasAuthority: boolean;
}

const defaultPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
  ['ftp', 21],
  ['ftps', 990],
  ['sftp', 22],
  ['ssh', 22],
  ['telnet', 23],
  ['gopher', 70],
  ['nntp', 119],
  ['ldap', 389],
  ['mailto', 25],
  ['ws', 80],
  ['wss', 443],
  ['net.tcp', 808],
]);

/** Schemes whose paths `.` and `..` are taken out of. */
const hierarchical = new Set([
  'http',
  'https',
  'ftp',
  'ftps',
  'sftp',
  'file',
  'ws',
  'wss',
  'net.tcp',
  'net.pipe',
  'gopher',
]);

export function uriError(message: string): Error {
  return netFailure('System.UriFormatException', message);
}

/**
 * Takes an absolute URI apart; `undefined` where the text names no scheme, so that it is relative.
 * Throws `NetFailure` (UriFormatException).
 */
export function readAbsolute(input: string): UriParts | undefined {
  const text = input.trim();
  if (text.startsWith('/') && !text.startsWith('//')) return filePath(text);
  const found = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(text);
  if (found === null) return undefined;
  const scheme = (found[1] ?? '').toLowerCase();
  const rest = found[2] ?? '';
  if (!rest.startsWith('//')) {
    if (defaultPorts.has(scheme) && scheme !== 'mailto' && scheme !== 'ldap') {
      throw uriError('Invalid URI: The Authority/Host could not be parsed.');
    }
    if (scheme === 'mailto') return mailto(rest);
    const { path, query, fragment } = split(rest);
    return {
      scheme,
      userInfo: '',
      host: '',
      port: -1,
      isDefaultPort: true,
      path: escapePart(path),
      query: escapePart(query),
      fragment: escapePart(fragment),
      hasAuthority: false,
    };
  }
  return withAuthority(scheme, rest.slice(2));
}

/** An absolute path of Unix is a file's URI. */
function filePath(path: string): UriParts {
  return {
    scheme: 'file',
    userInfo: '',
    host: '',
    port: -1,
    isDefaultPort: true,
    path: withoutDots(escapePart(path.replace(/[?#]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`))),
    query: '',
    fragment: '',
    hasAuthority: true,
  };
}

function mailto(rest: string): UriParts {
  const { path, query, fragment } = split(rest);
  const at = path.lastIndexOf('@');
  return {
    scheme: 'mailto',
    userInfo: at === -1 ? '' : path.slice(0, at),
    host: at === -1 ? '' : path.slice(at + 1).toLowerCase(),
    port: 25,
    isDefaultPort: true,
    path: at === -1 ? escapePart(path) : '',
    query,
    fragment,
    hasAuthority: false,
  };
}

function withAuthority(scheme: string, text: string): UriParts {
  const end = text.search(/[/?#\\]/);
  const authority = end === -1 ? text : text.slice(0, end);
  const rest = (end === -1 ? '' : text.slice(end)).replace(/^\\/, '/');
  const at = authority.lastIndexOf('@');
  const userInfo = at === -1 ? '' : authority.slice(0, at);
  const [, host = '', portText] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority.slice(at + 1)) ?? [];
  const hostText = authority.slice(at + 1);
  if (hostText !== '' && host === '' && portText === undefined) throw badPort();
  if (host === '' && scheme !== 'file' && scheme !== 'ldap' && scheme !== 'ldaps') {
    throw uriError('Invalid URI: The hostname could not be parsed.');
  }
  if (/[\s<>"^`{|}%\\]/.test(host)) throw uriError('Invalid URI: The hostname could not be parsed.');
  const standard = defaultPorts.get(scheme) ?? -1;
  const port = portText === undefined || portText === '' ? standard : Number(portText);
  if (port > 65_535) throw badPort();
  const { path, query, fragment } = split(rest);
  const escaped = canonicalPart(path);
  return {
    scheme,
    userInfo,
    host: host.toLowerCase(),
    port,
    isDefaultPort: port === standard,
    path: hierarchical.has(scheme) ? withoutDots(escaped === '' ? '/' : escaped) : escaped === '' ? '/' : escaped,
    query: canonicalPart(query),
    fragment: canonicalPart(fragment),
    hasAuthority: true,
  };
}

function badPort(): Error {
  return uriError('Invalid URI: Invalid port specified.');
}

function split(text: string): { path: string; query: string; fragment: string } {
  const hash = text.indexOf('#');
  const fragment = hash === -1 ? '' : text.slice(hash);
  const before = hash === -1 ? text : text.slice(0, hash);
  const mark = before.indexOf('?');
  return {
    path: mark === -1 ? before : before.slice(0, mark),
    query: mark === -1 ? '' : before.slice(mark),
    fragment,
  };
}

/** Escapes what may not stand in a URI; what is escaped already stays. */
export function escapePart(text: string): string {
  return text.replace(/%(?![0-9A-Fa-f]{2})|[^\w\-.~:/?#[\]@!$&'()*+,;=%]+/g, (found) => percentEncode(found));
}

/** As a URI is kept: `escapePart`; escapes that need not be are taken back, those of signs beyond ASCII are in capitals. */
export function canonicalPart(text: string): string {
  return escapePart(text)
    .replace(/(?:%[89A-Fa-f][0-9A-Fa-f])+/g, (run) => (decodeUtf8(run) === run ? run : run.toUpperCase()))
    .replace(/%[2-7][0-9A-Fa-f]/g, (all) => {
      const sign = String.fromCharCode(Number.parseInt(all.slice(1), 16));
      return /[A-Za-z0-9\-._~]/.test(sign) ? sign : all;
    });
}

/** UTF-8 bytes as `%C3%A4`. */
export function percentEncode(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

export function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/');
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === '..') {
      if (kept.length > 1) kept.pop();
      if (isLast) kept.push('');
    } else if (segment !== '.') kept.push(segment);
    else if (isLast) kept.push('');
  });
  return kept.join('/') || '/';
}

export function authorityOf({ host, port, isDefaultPort }: UriParts): string {
  return isDefaultPort ? host : `${host}:${port}`;
}

export function absoluteText(parts: UriParts): string {
  const user = parts.userInfo === '' ? '' : `${parts.userInfo}@`;
  if (parts.scheme === 'mailto') return `mailto:${user}${parts.host}${parts.path}${parts.query}${parts.fragment}`;
  const authority = parts.hasAuthority ? `//${user}${authorityOf(parts)}` : '';
  return `${parts.scheme}:${authority}${parts.path}${parts.query}${parts.fragment}`;
}

/** The text that `ToString()` shows: escapes of signs that may stand there are taken back. */
export function displayText(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const decoded = decodeUtf8(run);
    return decoded.replace(/[%#?/\\@:;=&+,$\p{Cc}]/gu, percentEncode);
  });
}

/** Bytes that are no UTF-8 stay escaped. */
export function decodeUtf8(run: string): string {
  const bytes = Uint8Array.from(run.match(/[0-9A-Fa-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return run;
    throw error;
  }
}
