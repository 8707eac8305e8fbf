import iconv from 'iconv-lite';
import { type ByteTable, decodeBytes, encodeBytes } from './byte-codecs.ts';
import { type Codec, PiecewiseDecoding } from './codec.ts';
import type { DecoderFallback, EncoderFallback } from './fallback.ts';

const missing = '\ufffd';

/**
 * The characters of a code page of single bytes. Where the tables have none, .NET (as Windows) has the control character of
 * that number, or one of the private use area, counted on from the first one of the page.
 */
function readTable(codePage: number): ByteTable {
  const chars = Array.from({ length: 256 }, (_, byte) => decodeWith(codePage, Uint8Array.of(byte)));
  for (const [byte, char] of Object.entries(differences[codePage] ?? {})) chars[Number(byte)] = char;
  let next = privateFrom[codePage] ?? 0;
  for (const [byte, char] of chars.entries()) {
    if (char !== missing) continue;
    if (byte < 0xa0) chars[byte] = String.fromCharCode(byte);
    else if (next > 0) chars[byte] = String.fromCharCode(next++);
  }
  const bytes = new Map<number, number>();
  for (const [byte, char] of chars.entries()) {
    if (char !== missing && !bytes.has(char.charCodeAt(0))) bytes.set(char.charCodeAt(0), byte);
  }
  return {
    charOf: (byte) => (chars[byte] === missing ? undefined : chars[byte]),
    byteOf: (unit) => bytes.get(unit),
  };
}

const privateFrom: Readonly<Record<number, number>> = {
  857: 0xf8bb,
  864: 0xf8be,
  874: 0xf8c1,
  1253: 0xf8f9,
  1255: 0xf88d,
  1257: 0xf8fc,
  10000: 0xf8ff,
  28593: 0xf7f5,
  28596: 0xf7c8,
  28597: 0xf7c5,
};

const differences: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  864: { 37: '\u0025' },
  10000: { 219: '\u20ac' },
  21866: { 174: '\u045e', 190: '\u040e' },
  28597: { 161: '\u02bd', 162: '\u02bc', 164: '\uf7c2', 165: '\uf7c3', 170: '\uf7c4' },
  28598: {
    161: '\uf79c',
    175: '\u203e',
    191: '\uf79d',
    192: '\uf79e',
    193: '\uf79f',
    194: '\uf7a0',
    195: '\uf7a1',
    196: '\uf7a2',
    197: '\uf7a3',
    198: '\uf7a4',
    199: '\uf7a5',
    200: '\uf7a6',
    201: '\uf7a7',
    202: '\uf7a8',
    203: '\uf7a9',
    204: '\uf7aa',
    205: '\uf7ab',
    206: '\uf7ac',
    207: '\uf7ad',
    208: '\uf7ae',
    209: '\uf7af',
    210: '\uf7b0',
    211: '\uf7b1',
    212: '\uf7b2',
    213: '\uf7b3',
    214: '\uf7b4',
    215: '\uf7b5',
    216: '\uf7b6',
    217: '\uf7b7',
    218: '\uf7b8',
    219: '\uf7b9',
    220: '\uf7ba',
    221: '\uf7bb',
    222: '\uf7bc',
    251: '\uf7bd',
    252: '\uf7be',
    253: '\uf7bf',
    254: '\uf7c0',
    255: '\uf7c1',
  },
};

function labelOf(codePage: number): Parameters<typeof iconv.getDecoder>[0] {
  const label = labels[codePage] ?? `cp${codePage}`;
  if (iconv.encodingExists(label)) return label;
  throw new Error(`the tables lack code page ${codePage}`);
}

const labels: Readonly<Record<number, string>> = {
  10000: 'macintosh',
  51932: 'euc-jp',
  51936: 'gb2312',
  51949: 'euc-kr',
  54936: 'gb18030',
};

function decodeWith(codePage: number, bytes: Uint8Array): string {
  return iconv.decode(bytes, labelOf(codePage), { stripBOM: false });
}

/** What one row of the table of code pages tells of a codec. */
export type CodePageRow = Pick<
  Codec,
  'codePage' | 'webName' | 'bodyName' | 'displayName' | 'windows' | 'shownBy' | 'isSingleByte'
>;

/** A code page of Windows, DOS, ISO or the Far East. Its tables are read when it is first used. */
export function codePageCodec(row: CodePageRow): Codec {
  const { codePage, isSingleByte } = row;
  const common = { ...row, mark: [], bytesPerUnit: isSingleByte ? 1 : codePage === 54_936 ? 4 : 2 };
  if (!isSingleByte) {
    return {
      ...common,
      typeName: codePage === 54_936 ? 'System.Text.GB18030Encoding' : 'System.Text.DBCSCodePageEncoding',
      maxChars: (bytes) => bytes + 1,
      encode: (text, fallback) => encodeWide(text, codePage, fallback),
      decoding: (fallback) => new PiecewiseDecoding((bytes) => decodeWide(bytes, codePage, fallback), wideWaits),
    };
  }
  let read: ByteTable | undefined;
  const table = (): ByteTable => {
    read ??= readTable(codePage);
    return read;
  };
  return {
    ...common,
    typeName: 'System.Text.SBCSCodePageEncoding',
    maxChars: (bytes) => bytes,
    encode: (text, fallback) => encodeBytes(text, table(), codePage, fallback),
    decoding: (fallback) =>
      new PiecewiseDecoding(
        (bytes) => decodeBytes(bytes, table(), fallback),
        () => 0,
      ),
  };
}

function encodeWide(text: string, codePage: number, fallback: EncoderFallback): Uint8Array {
  const label = labelOf(codePage);
  const whole = iconv.encode(text, label);
  // A question mark of its own stands for every character that has no bytes.
  const isPlain = fallback.kind !== 'throw' && fallback.replacement === '?' && !/[\ud800-\udfff]/.test(text);
  if (isPlain || !whole.includes(63)) return Uint8Array.from(whole);
  const parts: Uint8Array[] = [];
  let index = 0;
  for (const character of text) {
    const bytes = iconv.encode(character, label);
    const isLost = bytes.length === 1 && bytes[0] === 63 && character !== '?';
    parts.push(isLost ? iconv.encode(fallback.instead(character, index), label) : bytes);
    index += character.length;
  }
  return Uint8Array.from(Buffer.concat(parts));
}

function decodeWide(bytes: Uint8Array, codePage: number, fallback: DecoderFallback): string {
  const text = decodeWith(codePage, bytes);
  return text.includes(missing) ? text.replaceAll(missing, () => fallback.instead(bytes, 0)) : text;
}

/** The most bytes that wait for a place where a character ends for sure. */
const longestWait = 1 << 16;

/**
 * How many bytes at the end may belong to a character that is not whole. A character ends for sure with a byte that no
 * character goes on with, and with the second of two bytes of ASCII.
 */
function wideWaits(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at >= 0; at--) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x30 || (byte < 0x80 && (bytes[at - 1] ?? 0) < 0x80)) return bytes.length - at - 1;
  }
  return bytes.length > longestWait ? 0 : bytes.length;
}
