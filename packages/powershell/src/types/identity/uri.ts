import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { as, charCode, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType, Property, TypeDescription } from '../net-type.ts';
import { attempt } from '../time/date-text.ts';
import {
  absoluteText,
  authorityOf,
  decodeUtf8,
  displayText,
  escapePart,
  percentEncode,
  readAbsolute,
  type UriParts,
  uriError,
  withoutDots,
} from './uri-parts.ts';

/** `System.Uri`, absolute or relative. */
export class Uri extends Instance {
  readonly original: string;
  /** `undefined` for a relative one. */
  readonly parts: UriParts | undefined;

  constructor(original: string, parts: UriParts | undefined) {
    super();
    this.original = original;
    this.parts = parts;
  }
  get type(): NetType {
    return namedType('System.Uri');
  }
  /** What `ToString()` shows. */
  get display(): string {
    return this.parts === undefined ? this.original : displayText(absoluteText(this.parts));
  }
}

const self = (value: Value): Uri => as(value, Uri);

type UriKind = 'absolute' | 'relative' | 'either';

function kindOf(value: Value): UriKind {
  const number = value instanceof EnumValue ? Number(value.value) : 1;
  return number === 0 ? 'either' : number === 1 ? 'absolute' : 'relative';
}

/** Throws `NetFailure` (UriFormatException, ArgumentNullException). */
function readUri(input: string, kind: UriKind): Uri {
  const parts = kind === 'relative' ? undefined : readAbsolute(input);
  if (parts !== undefined) return new Uri(input, parts);
  if (
    kind === 'relative' &&
    attempt(() => readAbsolute(input)) !== undefined &&
    /^[A-Za-z][\w+.-]*:/.test(input.trim())
  ) {
    throw uriError("A relative URI cannot be created because the 'uriString' parameter represents an absolute URI.");
  }
  if (kind !== 'absolute') return new Uri(input, undefined);
  throw uriError(
    input.trim() === ''
      ? 'Invalid URI: The URI is empty.'
      : 'Invalid URI: The format of the URI could not be determined.',
  );
}

function absolute(value: Value): UriParts {
  const { parts } = self(value);
  if (parts !== undefined) return parts;
  throw netFailure('System.InvalidOperationException', 'This operation is not supported for a relative URI.');
}

/** Resolves a relative reference against a base. */
function resolveUri(base: Uri, reference: string): Uri {
  const parts = attempt(() => readAbsolute(reference));
  if (parts !== undefined && /^[A-Za-z][\w+.-]*:/.test(reference.trim())) return new Uri(reference, parts);
  const from = absolute(base);
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(reference.trim()) ?? [];
  if (path.startsWith('//')) return readUri(`${from.scheme}:${reference}`, 'absolute');
  const merged: UriParts = {
    ...from,
    path: path === '' ? from.path : withoutDots(escapePart(path.startsWith('/') ? path : folderOf(from.path) + path)),
    query: path === '' && query === '' ? from.query : escapePart(query),
    fragment: escapePart(fragment),
  };
  return new Uri(absoluteText(merged), merged);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function relativeTo(base: Uri, target: Uri): Uri {
  const from = absolute(base);
  const to = absolute(target);
  if (from.scheme !== to.scheme || authorityOf(from) !== authorityOf(to)) return target;
  const steps = folderOf(from.path).split('/').slice(0, -1);
  const goal = to.path.split('/');
  let shared = 0;
  while (shared < steps.length && shared < goal.length - 1 && steps[shared] === goal[shared]) shared++;
  const path = '../'.repeat(steps.length - shared) + goal.slice(shared).join('/');
  return new Uri(path + to.query + to.fragment, undefined);
}

function segments(path: string): string[] {
  return path.match(/[^/]*\/|[^/]+$/g) ?? [];
}

function sameUri(left: Value, right: Value): boolean {
  if (!(left instanceof Uri) || !(right instanceof Uri)) return false;
  if (left.parts === undefined || right.parts === undefined) return left.original === right.original;
  return keyOf(left) === keyOf(right);
}

/** Fragments do not count. */
function keyOf(uri: Uri): string {
  return uri.parts === undefined ? uri.original : absoluteText({ ...uri.parts, fragment: '', userInfo: '' });
}

function leftPart(parts: UriParts, until: number): string {
  const bare = { ...parts, fragment: '' };
  switch (until) {
    case 0:
      return `${parts.scheme}:${parts.hasAuthority ? '//' : ''}`;
    case 1:
      return parts.hasAuthority ? absoluteText({ ...bare, path: '', query: '' }) : '';
    case 2:
      return absoluteText({ ...bare, query: '' });
    default:
      return absoluteText(bare);
  }
}

function unescaped(input: string): string {
  return input.replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeUtf8);
}

function hostType(host: string): EnumValue {
  const name = 'System.UriHostNameType';
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(host) && host.split('.').every((part) => Number(part) < 256))
    return enumOf(name, 3);
  if (/^\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]?$/.test(host)) return enumOf(name, 4);
  if (
    /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?)*\.?$/u.test(
      host,
    )
  ) {
    return enumOf(name, 2);
  }
  return enumOf(name, host === '' ? 0 : 1);
}

const property = (type: string, get: (parts: UriParts) => Value): Property => ({
  type,
  get: (value) => get(absolute(value)),
});

const constant = (value: string): Property => ({ type: 'string', get: () => value });

const uriDescription: TypeDescription = {
  name: 'System.Uri',
  kind: 'class',
  accelerators: ['uri'],
  interfaces: ['System.IFormattable', 'System.IEquatable`1[System.Uri]'],
  constructors: [
    { signature: 'uri new(string uriString)', invoke: (_self, [value]) => readUri(required(value), 'absolute') },
    {
      signature: 'uri new(string uriString, System.UriKind uriKind)',
      invoke: (_self, [value, kind]) => readUri(required(value), kindOf(kind)),
    },
    {
      signature: 'uri new(uri baseUri, string relativeUri)',
      invoke: (_self, [base, reference]) => resolveUri(self(base), text(reference)),
    },
    {
      signature: 'uri new(uri baseUri, uri relativeUri)',
      invoke: (_self, [base, reference]) => resolveUri(self(base), self(reference).original),
    },
  ],
  staticProperties: {
    UriSchemeFile: constant('file'),
    UriSchemeFtp: constant('ftp'),
    UriSchemeHttp: constant('http'),
    UriSchemeHttps: constant('https'),
    UriSchemeMailto: constant('mailto'),
    SchemeDelimiter: constant('://'),
  },
  staticMethods: {
    CheckHostName: [
      {
        signature: 'static System.UriHostNameType CheckHostName(string name)',
        invoke: (_self, [name]) => hostType(text(name)),
      },
    ],
    CheckSchemeName: [
      {
        signature: 'static bool CheckSchemeName(string schemeName)',
        invoke: (_self, [name]) => /^[A-Za-z][A-Za-z0-9+.-]*$/.test(text(name)),
      },
    ],
    EscapeDataString: [
      {
        signature: 'static string EscapeDataString(string stringToEscape)',
        invoke: (_self, [value]) => text(value).replace(/[^\w\-.~]+/g, percentEncode),
      },
    ],
    EscapeUriString: [
      {
        signature: 'static string EscapeUriString(string stringToEscape)',
        invoke: (_self, [value]) => text(value).replace(/[^\w\-.~:/?#[\]@!$&'()*+,;=]+/g, percentEncode),
      },
    ],
    HexEscape: [
      {
        signature: 'static string HexEscape(char character)',
        invoke: (_self, [char]) => `%${charCode(char).toString(16).toUpperCase().padStart(2, '0')}`,
      },
    ],
    IsHexDigit: [
      {
        signature: 'static bool IsHexDigit(char character)',
        invoke: (_self, [char]) => /^[0-9A-Fa-f]$/.test(String.fromCharCode(charCode(char))),
      },
    ],
    IsWellFormedUriString: [
      {
        signature: 'static bool IsWellFormedUriString(string uriString, System.UriKind uriKind)',
        invoke: (_self, [value, kind]) =>
          attempt(() => readUri(text(value), kindOf(kind))) !== undefined && escapePart(text(value)) === text(value),
      },
    ],
    TryCreate: [
      {
        signature: 'static bool TryCreate(string uriString, System.UriKind uriKind, [ref] uri result)',
        invoke: (_self, [value, kind, result]) => {
          const uri = value === null ? undefined : attempt(() => readUri(text(value), kindOf(kind)));
          setReference(result, uri ?? null);
          return uri !== undefined;
        },
      },
      {
        signature: 'static bool TryCreate(uri baseUri, string relativeUri, [ref] uri result)',
        invoke: (_self, [base, reference, result]) => {
          const uri = attempt(() => resolveUri(self(base), text(reference)));
          setReference(result, uri ?? null);
          return uri !== undefined;
        },
      },
    ],
    UnescapeDataString: [
      {
        signature: 'static string UnescapeDataString(string stringToUnescape)',
        invoke: (_self, [value]) => unescaped(text(value)),
      },
    ],
  },
  properties: {
    AbsolutePath: property('string', ({ path }) => path),
    AbsoluteUri: property('string', (parts) => absoluteText(parts)),
    LocalPath: property('string', ({ path }) => unescaped(path)),
    Authority: property('string', authorityOf),
    HostNameType: property('System.UriHostNameType', ({ host }) => hostType(host)),
    IsDefaultPort: property('bool', ({ isDefaultPort }) => isDefaultPort),
    IsFile: property('bool', ({ scheme }) => scheme === 'file'),
    IsLoopback: property(
      'bool',
      ({ host, scheme }) =>
        /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host) || (scheme === 'file' && host === ''),
    ),
    PathAndQuery: property('string', ({ path, query }) => path + query),
    Segments: property('string[]', ({ path }) => new NetArray(netTypes.string, segments(path))),
    IsUnc: property('bool', ({ scheme, host }) => scheme === 'file' && host !== ''),
    Host: property('string', ({ host }) => host),
    Port: property('int', ({ port }) => port),
    Query: property('string', ({ query }) => query),
    Fragment: property('string', ({ fragment }) => fragment),
    Scheme: property('string', ({ scheme }) => scheme),
    OriginalString: { type: 'string', get: (value) => self(value).original },
    DnsSafeHost: property('string', ({ host }) => host.replace(/^\[|\]$/g, '')),
    IdnHost: property('string', ({ host }) => host.replace(/^\[|\]$/g, '')),
    IsAbsoluteUri: { type: 'bool', get: (value) => self(value).parts !== undefined },
    UserEscaped: { type: 'bool', get: () => false },
    UserInfo: property('string', ({ userInfo }) => userInfo),
  },
  methods: {
    Equals: [
      { signature: 'bool Equals(System.Object comparand)', invoke: (value, [other]) => sameUri(value, toUri(other)) },
      { signature: 'bool Equals(uri other)', invoke: (value, [other]) => sameUri(value, other) },
    ],
    GetLeftPart: [
      {
        signature: 'string GetLeftPart(System.UriPartial part)',
        invoke: (value, [part]) => leftPart(absolute(value), part instanceof EnumValue ? Number(part.value) : 0),
      },
    ],
    IsBaseOf: [
      {
        signature: 'bool IsBaseOf(uri uri)',
        invoke: (value, [other]) => {
          const base = absolute(value);
          const target = self(other).parts ?? absolute(resolveUri(self(value), self(other).original));
          return (
            base.scheme === target.scheme &&
            authorityOf(base) === authorityOf(target) &&
            target.path.startsWith(folderOf(base.path))
          );
        },
      },
    ],
    IsWellFormedOriginalString: [
      {
        signature: 'bool IsWellFormedOriginalString()',
        invoke: (value) => escapePart(self(value).original) === self(value).original,
      },
    ],
    MakeRelativeUri: [
      { signature: 'uri MakeRelativeUri(uri uri)', invoke: (value, [other]) => relativeTo(self(value), self(other)) },
    ],
    ToString: [{ signature: 'string ToString()', invoke: (value) => self(value).display }],
  },
  equals: sameUri,
  hashKey: (value) => keyOf(self(value)),
  toText: (value) => self(value).display,
  // A cast takes relative ones too.
  parse: (input) => readUri(input, 'either'),
};

function toUri(value: Value): Value {
  return typeof value === 'string' ? (attempt(() => readUri(value, 'either')) ?? null) : value;
}

function required(value: Value): string {
  if (value !== null && value !== undefined) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'uriString' });
}

export const uriDescriptions: readonly TypeDescription[] = [
  uriDescription,
  enumeration('System.UriKind', ['RelativeOrAbsolute', 'Absolute', 'Relative']),
  enumeration('System.UriPartial', ['Scheme', 'Authority', 'Path', 'Query']),
  enumeration('System.UriHostNameType', ['Unknown', 'Basic', 'Dns', 'IPv4', 'IPv6']),
];
