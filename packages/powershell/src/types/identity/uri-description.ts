import { domainToASCII } from 'node:url';
import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { EnumValue } from '../../values/enum.ts';
import { charCode, int, text } from '../../values/narrow.ts';
import { Char } from '../../values/numbers.ts';
import { PSReference } from '../../values/ps-reference.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { indexOutOfRange } from '../collections/ranges.ts';
import { enumeration } from '../enumeration.ts';
import { netTypes } from '../intrinsic.ts';
import { methodTable } from '../method-table.ts';
import type { Property, TypeDescription } from '../net-type.ts';
import { compareBy, comparisonOf } from '../system/text/string-comparison.ts';
import { attempt } from '../time/date-text.ts';
import {
  absolute,
  folderOf,
  hostType,
  keyOf,
  kindOf,
  leftPart,
  readUri,
  relativeTo,
  resolveUri,
  sameUri,
  segments,
  unescaped,
  uriOf,
} from './uri.ts';
import { componentsText, uriComponents } from './uri-components.ts';
import { absoluteText, authorityOf, escapePart, percentEncode, type UriParts } from './uri-parts.ts';

const bits = (value: Value): number => (value instanceof EnumValue ? Number(value.value) : 0);

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
      signature: 'uri new(string uriString, bool dontEscape)',
      invoke: (_self, [value]) => readUri(required(value), 'absolute'),
    },
    {
      signature: 'uri new(uri baseUri, string relativeUri)',
      invoke: (_self, [base, reference]) => resolveUri(uriOf(base), text(reference)),
    },
    {
      signature: 'uri new(uri baseUri, uri relativeUri)',
      invoke: (_self, [base, reference]) => resolveUri(uriOf(base), uriOf(reference).original),
    },
  ],
  staticProperties: {
    ...Object.fromEntries(
      [
        'file',
        'ftp',
        'ftps',
        'gopher',
        'http',
        'https',
        'mailto',
        'news',
        'nntp',
        'sftp',
        'ssh',
        'telnet',
        'ws',
        'wss',
      ].map((scheme) => [`UriScheme${scheme.charAt(0).toUpperCase()}${scheme.slice(1)}`, constant(scheme)]),
    ),
    UriSchemeNetPipe: constant('net.pipe'),
    UriSchemeNetTcp: constant('net.tcp'),
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
    ...methodTable({
      'static int Compare(uri uri1, uri uri2, System.UriComponents partsToCompare, System.UriFormat compareFormat, System.StringComparison comparisonType)':
        (_self, [left, right, parts, form, comparison]) => {
          if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
          const [a, b] = [left, right].map((one) => componentsText(absolute(one), bits(parts), bits(form)));
          return Math.sign(compareBy(a ?? '', b ?? '', comparisonOf(comparison)));
        },
      'static int FromHex(char digit)': (_self, [digit]) => {
        const value = Number.parseInt(String.fromCharCode(charCode(digit)), 16);
        if (!Number.isNaN(value)) return value;
        throw netFailure('System.ArgumentException', 'Value does not fall within the expected range.', {
          parameter: 'digit',
        });
      },
      'static char HexUnescape(string pattern, [ref] int index)': (_self, [pattern, index]) => {
        const source = text(pattern);
        const at = index instanceof PSReference && typeof index.value === 'number' ? index.value : 0;
        if (at < 0 || at >= source.length) throw indexOutOfRange();
        const [all, digits] = /^%([0-9A-Fa-f]{2})/.exec(source.slice(at, at + 3)) ?? [];
        setReference(index, at + (all === undefined ? 1 : 3));
        return Char.of(digits === undefined ? source.charCodeAt(at) : Number.parseInt(digits, 16));
      },
      'static bool IsHexEncoding(string pattern, int index)': (_self, [pattern, index]) =>
        /^%[0-9A-Fa-f]{2}/.test(text(pattern).slice(int(index), int(index) + 3)),
    }),
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
          const uri = attempt(() => resolveUri(uriOf(base), text(reference)));
          setReference(result, uri ?? null);
          return uri !== undefined;
        },
      },
      {
        signature: 'static bool TryCreate(uri baseUri, uri relativeUri, [ref] uri result)',
        invoke: (_self, [base, reference, result]) => {
          const uri = attempt(() => resolveUri(uriOf(base), uriOf(reference).original));
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
    OriginalString: { type: 'string', get: (value) => uriOf(value).original },
    DnsSafeHost: property('string', ({ host }) => host.replace(/^\[|\]$/g, '')),
    IdnHost: property(
      'string',
      ({ host }) => domainToASCII(host.replace(/^\[|\]$/g, '')) || host.replace(/^\[|\]$/g, ''),
    ),
    IsAbsoluteUri: { type: 'bool', get: (value) => uriOf(value).parts !== undefined },
    UserEscaped: { type: 'bool', get: () => false },
    UserInfo: property('string', ({ userInfo }) => userInfo),
  },
  methods: {
    Equals: [
      { signature: 'bool Equals(System.Object comparand)', invoke: (value, [other]) => sameUri(value, toUri(other)) },
      { signature: 'bool Equals(uri other)', invoke: (value, [other]) => sameUri(value, other) },
    ],
    GetComponents: [
      {
        signature: 'string GetComponents(System.UriComponents components, System.UriFormat format)',
        invoke: (value, [components, form]) => componentsText(absolute(value), bits(components), bits(form)),
      },
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
          const target = uriOf(other).parts ?? absolute(resolveUri(uriOf(value), uriOf(other).original));
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
        invoke: (value) => escapePart(uriOf(value).original) === uriOf(value).original,
      },
    ],
    MakeRelative: [
      {
        signature: 'string MakeRelative(uri toUri)',
        invoke: (value, [other]) => relativeTo(uriOf(value), uriOf(other)).display,
      },
    ],
    MakeRelativeUri: [
      { signature: 'uri MakeRelativeUri(uri uri)', invoke: (value, [other]) => relativeTo(uriOf(value), uriOf(other)) },
    ],
    ToString: [{ signature: 'string ToString()', invoke: (value) => uriOf(value).display }],
  },
  equals: sameUri,
  hashKey: (value) => keyOf(uriOf(value)),
  toText: (value) => uriOf(value).display,
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
  uriComponents,
  enumeration('System.UriFormat', { UriEscaped: 1, Unescaped: 2, SafeUnescaped: 3 }),
  enumeration('System.UriKind', ['RelativeOrAbsolute', 'Absolute', 'Relative']),
  enumeration('System.UriPartial', ['Scheme', 'Authority', 'Path', 'Query']),
  enumeration('System.UriHostNameType', ['Unknown', 'Basic', 'Dns', 'IPv4', 'IPv6']),
];
