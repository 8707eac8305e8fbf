import { text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { decodeUtf8 } from '../identity/uri-parts.ts';
import type { Overload, TypeDescription } from '../net-type.ts';

function percent(bytes: Uint8Array, upper: boolean): string {
  return [...bytes]
    .map((byte) => {
      const hexadecimal = byte.toString(16).padStart(2, '0');
      return `%${upper ? hexadecimal.toUpperCase() : hexadecimal}`;
    })
    .join('');
}

const encoder = new TextEncoder();

/** Form encoding: a blank is `+`. WebUtility writes `%C3`, HttpUtility `%c3`. */
function urlEncode(value: string, upper: boolean): string {
  return value
    .replace(/[^A-Za-z0-9\-_.!*()\s]+|[^\S ]+/g, (found) => percent(encoder.encode(found), upper))
    .replaceAll(' ', '+');
}

function urlDecode(value: string): string {
  return value.replaceAll('+', ' ').replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeUtf8);
}

const htmlSigns: ReadonlyMap<string, string> = new Map([
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['&', '&amp;'],
]);

/** Signs of HTML, the upper half of Latin-1 and what is outside the basic plane. */
function htmlEncode(value: string): string {
  return value.replace(
    /[<>"'&\u00a0-\u00ff]|[\u{10000}-\u{10ffff}]/gu,
    (sign) => htmlSigns.get(sign) ?? `&#${sign.codePointAt(0)};`,
  );
}

const names: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
  ['nbsp', '\u00a0'],
  ['euro', '€'],
  ['copy', '©'],
  ['reg', '®'],
  ['sect', '§'],
  ['auml', 'ä'],
  ['ouml', 'ö'],
  ['uuml', 'ü'],
  ['Auml', 'Ä'],
  ['Ouml', 'Ö'],
  ['Uuml', 'Ü'],
  ['szlig', 'ß'],
  ['eacute', 'é'],
  ['egrave', 'è'],
  ['agrave', 'à'],
  ['ccedil', 'ç'],
  ['ntilde', 'ñ'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['bull', '•'],
  ['trade', '™'],
  ['deg', '°'],
  ['micro', 'µ'],
  ['middot', '·'],
  ['laquo', '«'],
  ['raquo', '»'],
]);

function htmlDecode(value: string): string {
  return value.replace(/&(?:#(\d+)|#[xX]([0-9A-Fa-f]+)|(\w+));/g, (all, decimal, hexadecimal, name) => {
    if (name !== undefined) return names.get(name) ?? all;
    const point = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : all;
  });
}

function method(name: string, run: (value: string) => string, parameter = 'value'): readonly Overload[] {
  return [
    {
      signature: `static string ${name}(string ${parameter})`,
      invoke: (_self, [value]: readonly Value[]) => run(text(value)),
    },
  ];
}

export const webTextDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Net.WebUtility',
    kind: 'class',
    isAbstract: true,
    staticMethods: {
      HtmlDecode: method('HtmlDecode', htmlDecode),
      HtmlEncode: method('HtmlEncode', htmlEncode),
      UrlDecode: method('UrlDecode', urlDecode, 'encodedValue'),
      UrlEncode: method('UrlEncode', (value) => urlEncode(value, true)),
    },
  },
  {
    name: 'System.Web.HttpUtility',
    kind: 'class',
    staticMethods: {
      HtmlDecode: method('HtmlDecode', htmlDecode, 's'),
      HtmlEncode: method('HtmlEncode', htmlEncode, 's'),
      UrlDecode: method('UrlDecode', urlDecode, 'str'),
      UrlEncode: method('UrlEncode', (value) => urlEncode(value, false), 'str'),
    },
  },
];
