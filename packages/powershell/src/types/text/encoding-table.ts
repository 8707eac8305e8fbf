import { asciiCodec, latin1Codec } from './byte-codecs.ts';
import { codePageCodec } from './code-page-codec.ts';
import type { Codec } from './codec.ts';
import { utf8Codec, utf16BigEndianCodec, utf16Codec, utf32BigEndianCodec, utf32Codec } from './unicode-codecs.ts';

/** Number, name, shown name, page of Windows, what shows it (see `Codec.shownBy`), one byte each, other names, name in bodies of mails. */
type Row = readonly [number, string, string, number, string, boolean, string, string?];

/**
 * The code pages of .NET's own table that the tables of characters have: not those of mainframes, of the Mac but the Roman one,
 * nor those that switch by escape sequences.
 */
const rows: readonly Row[] = [
  [437, 'IBM437', 'OEM United States', 1252, '0000', true, '437 cp437 cspc8codepage437'],
  [720, 'DOS-720', 'Arabic (DOS)', 1256, '1100', true, ''],
  [737, 'ibm737', 'Greek (DOS)', 1253, '0000', true, ''],
  [775, 'ibm775', 'Baltic (DOS)', 1257, '0000', true, ''],
  [850, 'ibm850', 'Western European (DOS)', 1252, '0000', true, 'cp850'],
  [852, 'ibm852', 'Central European (DOS)', 1250, '1100', true, 'cp852'],
  [855, 'IBM855', 'OEM Cyrillic', 1252, '0000', true, 'cp855'],
  [857, 'ibm857', 'Turkish (DOS)', 1254, '0000', true, 'cp857'],
  [
    858,
    'IBM00858',
    'OEM Multilingual Latin I',
    1252,
    '0000',
    true,
    'ccsid00858 cp00858 cp858 pc-multilingual-850+euro',
  ],
  [860, 'IBM860', 'Portuguese (DOS)', 1252, '0000', true, 'cp860'],
  [861, 'ibm861', 'Icelandic (DOS)', 1252, '0000', true, 'cp861'],
  [862, 'DOS-862', 'Hebrew (DOS)', 1255, '1100', true, 'cp862 ibm862'],
  [863, 'IBM863', 'French Canadian (DOS)', 1252, '0000', true, 'cp863'],
  [864, 'IBM864', 'Arabic (864)', 1256, '0000', true, 'cp864'],
  [865, 'IBM865', 'Nordic (DOS)', 1252, '0000', true, 'cp865'],
  [866, 'cp866', 'Cyrillic (DOS)', 1251, '1100', true, 'ibm866'],
  [869, 'ibm869', 'Greek, Modern (DOS)', 1253, '0000', true, 'cp869'],
  [874, 'windows-874', 'Thai (Windows)', 874, '1111', true, 'dos-874 iso-8859-11 tis-620'],
  [
    932,
    'shift_jis',
    'Japanese (Shift-JIS)',
    932,
    '1111',
    false,
    'csshiftjis cswindows31j ms_kanji shift-jis sjis x-ms-cp932 x-sjis',
    'iso-2022-jp',
  ],
  [
    936,
    'gb2312',
    'Chinese Simplified (GB2312)',
    936,
    '1111',
    false,
    'chinese cn-gb csgb2312 csgb231280 csiso58gb231280 gb2312-80 gb231280 gb_2312-80 gbk iso-ir-58',
  ],
  [
    949,
    'ks_c_5601-1987',
    'Korean',
    949,
    '1111',
    false,
    'csksc56011987 iso-ir-149 korean ks_c_5601 ks_c_5601-1989 ksc5601 ksc_5601',
  ],
  [950, 'big5', 'Chinese Traditional (Big5)', 950, '1111', false, 'big5-hkscs cn-big5 csbig5 x-x-big5'],
  [1250, 'windows-1250', 'Central European (Windows)', 1250, '1111', true, 'x-cp1250', 'iso-8859-2'],
  [1251, 'windows-1251', 'Cyrillic (Windows)', 1251, '1111', true, 'x-cp1251', 'koi8-r'],
  [1252, 'windows-1252', 'Western European (Windows)', 1252, '1111', true, 'cp1252 x-ansi', 'iso-8859-1'],
  [1253, 'windows-1253', 'Greek (Windows)', 1253, '1111', true, '', 'iso-8859-7'],
  [1254, 'windows-1254', 'Turkish (Windows)', 1254, '1111', true, '', 'iso-8859-9'],
  [1255, 'windows-1255', 'Hebrew (Windows)', 1255, '1111', true, ''],
  [1256, 'windows-1256', 'Arabic (Windows)', 1256, '1111', true, 'cp1256'],
  [1257, 'windows-1257', 'Baltic (Windows)', 1257, '1111', true, ''],
  [1258, 'windows-1258', 'Vietnamese (Windows)', 1258, '1111', true, ''],
  [10000, 'macintosh', 'Western European (Mac)', 1252, '0000', true, ''],
  [20866, 'koi8-r', 'Cyrillic (KOI8-R)', 1251, '1111', true, 'cskoi8r koi koi8 koi8r'],
  [21866, 'koi8-u', 'Cyrillic (KOI8-U)', 1251, '1111', true, 'koi8-ru'],
  [
    28592,
    'iso-8859-2',
    'Central European (ISO)',
    1250,
    '1111',
    true,
    'csisolatin2 iso-ir-101 iso8859-2 iso_8859-2 iso_8859-2:1987 l2 latin2',
  ],
  [28593, 'iso-8859-3', 'Latin 3 (ISO)', 1254, '0011', true, 'csisolatin3 l3 latin3'],
  [28594, 'iso-8859-4', 'Baltic (ISO)', 1257, '1111', true, 'csisolatin4 l4 latin4'],
  [28595, 'iso-8859-5', 'Cyrillic (ISO)', 1251, '1111', true, 'csisolatincyrillic cyrillic iso-ir-144'],
  [28596, 'iso-8859-6', 'Arabic (ISO)', 1256, '1111', true, 'arabic csisolatinarabic ecma-114'],
  [28597, 'iso-8859-7', 'Greek (ISO)', 1253, '1111', true, 'csisolatingreek ecma-118 elot_928 greek greek8'],
  [28598, 'iso-8859-8', 'Hebrew (ISO-Visual)', 1255, '1100', true, 'csisolatinhebrew hebrew logical visual'],
  [28599, 'iso-8859-9', 'Turkish (ISO)', 1254, '1111', true, 'csisolatin5 l5 latin5'],
  [28603, 'iso-8859-13', 'Estonian (ISO)', 1257, '0011', true, ''],
  [28605, 'iso-8859-15', 'Latin 9 (ISO)', 1252, '0111', true, 'csisolatin9 iso_8859-15 l9 latin9'],
  [51932, 'euc-jp', 'Japanese (EUC)', 932, '1111', false, ''],
  [51936, 'EUC-CN', 'Chinese Simplified (EUC)', 936, '0000', false, ''],
  [51949, 'euc-kr', 'Korean (EUC)', 949, '0011', false, 'cseuckr'],
  [54936, 'GB18030', 'Chinese Simplified (GB18030)', 936, '1111', false, ''],
];

const unicode: readonly (readonly [codec: Codec, names: string])[] = [
  [utf8Codec, 'unicode-1-1-utf-8 unicode-2-0-utf-8 x-unicode-1-1-utf-8 x-unicode-2-0-utf-8'],
  [utf16Codec, 'unicode utf-16le ucs-2 iso-10646-ucs-2'],
  [utf16BigEndianCodec, 'unicodefffe'],
  [utf32Codec, 'utf-32le'],
  [utf32BigEndianCodec, ''],
  [asciiCodec, 'csascii cp367 ibm367 us ascii ansi_x3.4-1968 ansi_x3.4-1986 iso_646.irv:1991 iso646-us iso-ir-6'],
  [latin1Codec, 'latin1 csisolatin1 l1 cp819 ibm819 iso8859-1 iso_8859-1 iso_8859-1:1987 iso-ir-100'],
];

const codecs = new Map<number, Codec>(unicode.map(([codec]) => [codec.codePage, codec]));
const byName = new Map<string, number>();

for (const [codec, names] of unicode) addNames(codec.codePage, codec.webName, names);
for (const [codePage, name, , , , , names] of rows) addNames(codePage, name, names);

function addNames(codePage: number, name: string, others: string): void {
  for (const one of [name.toLowerCase(), ...others.split(' ')]) if (one !== '') byName.set(one, codePage);
}

/** A codec by its number; 0 is the default, UTF-8. */
export function codecOf(codePage: number): Codec | undefined {
  const known = codecs.get(codePage === 0 ? 65_001 : codePage);
  if (known !== undefined) return known;
  const row = rows.find(([number]) => number === codePage);
  if (row === undefined) return undefined;
  const [, name, displayName, windows, shownBy, isSingleByte, , bodyName] = row;
  const webName = name.toLowerCase();
  const codec = codePageCodec({
    codePage,
    webName,
    bodyName: bodyName ?? webName,
    displayName,
    windows,
    shownBy,
    isSingleByte,
  });
  codecs.set(codePage, codec);
  return codec;
}

/** A codec by one of its names, in any case. */
export function codecNamed(name: string): Codec | undefined {
  const codePage = byName.get(name.toLowerCase());
  return codePage === undefined ? undefined : codecOf(codePage);
}

/** Number and names of every encoding, in the order of numbers: what `GetEncodings()` lists. */
export function allEncodings(): readonly {
  readonly codePage: number;
  readonly name: string;
  readonly displayName: string;
}[] {
  return [
    ...unicode.map(([{ codePage, webName: name, displayName }]) => ({ codePage, name, displayName })),
    ...rows.map(([codePage, name, displayName]) => ({ codePage, name, displayName })),
  ].sort((left, right) => left.codePage - right.codePage);
}
