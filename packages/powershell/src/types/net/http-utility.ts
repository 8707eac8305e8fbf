import { netFailure } from '../../errors/raise.ts';
import { as, bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { bytesFrom, toByteArray } from '../byte-array.ts';
import { NameValueCollection, nameValueCollection } from '../collections/name-value-collection.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable } from '../method-table.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { Encoding, utf8Encoding } from '../text/encoding.ts';
import { htmlDecode, htmlEncode, urlDecode, urlEncode } from './web-text.ts';

/** What `ParseQueryString` answers: a collection whose text is a query again. */
class QueryCollection extends NameValueCollection {
  override get type(): NetType {
    return namedType(queryType);
  }
}

const queryType = 'System.Web.HttpUtility+HttpQSCollection';

function parseQuery(query: string, encoding: Encoding): QueryCollection {
  const collection = new QueryCollection();
  const source = query.startsWith('?') ? query.slice(1) : query;
  if (source === '') return collection;
  const read = (part: string): string => urlDecode(part, true, (bytes) => encoding.decode(bytes));
  for (const pair of source.split('&')) {
    const equals = pair.indexOf('=');
    if (equals === -1) collection.add(null, read(pair));
    else collection.add(read(pair.slice(0, equals)), read(pair.slice(equals + 1)));
  }
  return collection;
}

function queryText(value: Value): string {
  const pairs: string[] = [];
  for (const { name, values } of as(value, NameValueCollection).entries) {
    const start = name === null || name === '' ? '' : `${urlEncode(text(name), false)}=`;
    for (const one of values) pairs.push(start + urlEncode(one, false));
  }
  return pairs.join('&');
}

const attributeSigns: ReadonlyMap<string, string> = new Map([
  ['"', '&quot;'],
  ['&', '&amp;'],
  ["'", '&#39;'],
  ['<', '&lt;'],
]);

const scriptEscapes: ReadonlyMap<string, string> = new Map([
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\b', '\\b'],
  ['\f', '\\f'],
]);

function scriptString(value: string): string {
  return value.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
    /[\0-\x1f"'\\<>&\x85\u2028\u2029]/g,
    (sign) => scriptEscapes.get(sign) ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Escapes the path alone; scheme, host and query stay as they are. */
function pathEncode(value: string): string {
  const mark = value.indexOf('?');
  const path = mark === -1 ? value : value.slice(0, mark);
  return path.replace(/[^!-~]+/g, (run) => encodeBytes(new TextEncoder().encode(run))) + value.slice(path.length);
}

function encodeBytes(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** A method from text to text: null stays null. */
function perText(name: string, parameter: string, run: (value: string) => string): readonly Overload[] {
  return [
    {
      signature: `static string ${name}(string ${parameter})`,
      invoke: (_self, [value]) => (value === null ? null : run(text(value))),
    },
  ];
}

const encodingOf = (value: Value): Encoding => (value === null ? utf8Encoding : as(value, Encoding));

export const webTextDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Net.WebUtility',
    kind: 'class',
    isAbstract: true,
    staticMethods: {
      HtmlDecode: perText('HtmlDecode', 'value', htmlDecode),
      HtmlEncode: perText('HtmlEncode', 'value', htmlEncode),
      UrlDecode: perText('UrlDecode', 'encodedValue', (value) => urlDecode(value, false)),
      UrlEncode: perText('UrlEncode', 'value', (value) => urlEncode(value, true)),
    },
  },
  {
    name: 'System.Web.HttpUtility',
    kind: 'class',
    staticMethods: {
      HtmlAttributeEncode: perText('HtmlAttributeEncode', 's', (value) =>
        value.replace(/["&'<]/g, (sign) => attributeSigns.get(sign) ?? sign),
      ),
      HtmlDecode: perText('HtmlDecode', 's', htmlDecode),
      HtmlEncode: perText('HtmlEncode', 's', htmlEncode),
      UrlPathEncode: perText('UrlPathEncode', 'str', pathEncode),
      ...methodTable({
        'static string JavaScriptStringEncode(string value)': (_self, [value]) => scriptString(text(value)),
        'static string JavaScriptStringEncode(string value, bool addDoubleQuotes)': (_self, [value, quotes]) =>
          bool(quotes) ? `"${scriptString(text(value))}"` : scriptString(text(value)),
        'static System.Collections.Specialized.NameValueCollection ParseQueryString(string query)': (_self, [query]) =>
          parseQuery(queryOf(query), utf8Encoding),
        'static System.Collections.Specialized.NameValueCollection ParseQueryString(string query, System.Text.Encoding encoding)':
          (_self, [query, encoding]) => parseQuery(queryOf(query), encodingOf(encoding)),
        'static string UrlDecode(string str)': (_self, [value]) =>
          value === null ? null : urlDecode(text(value), true),
        'static string UrlDecode(string str, System.Text.Encoding e)': (_self, [value, encoding]) =>
          value === null ? null : urlDecode(text(value), true, (bytes) => encodingOf(encoding).decode(bytes)),
        'static string UrlEncode(string str)': (_self, [value]) =>
          value === null ? null : urlEncode(text(value), false),
        'static string UrlEncode(string str, System.Text.Encoding e)': (_self, [value, encoding]) =>
          value === null ? null : urlEncode(text(value), false, (run) => encodingOf(encoding).encode(run)),
        'static string UrlEncode(byte[] bytes)': (_self, [bytes]) =>
          bytes === null ? null : urlEncode(latin1(bytesFrom(bytes)), false, unitBytes),
        'static byte[] UrlEncodeToBytes(string str)': (_self, [value]) =>
          value === null ? null : toByteArray(unitBytes(urlEncode(text(value), false))),
      }),
    },
  },
  {
    ...nameValueCollection,
    name: queryType,
    base: nameValueCollection.name,
    constructors: [],
    methods: { ToString: [{ signature: 'string ToString()', invoke: queryText }] },
    toText: queryText,
  },
];

function queryOf(value: Value): string {
  if (value !== null) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'query' });
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function unitBytes(value: string): Uint8Array {
  return Uint8Array.from(value, (sign) => sign.charCodeAt(0));
}
