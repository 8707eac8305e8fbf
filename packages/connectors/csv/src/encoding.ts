import { isUtf8 } from 'node:buffer';

/**
 * How a file writes characters. The connector works in UTF-8; each encoding says how its bytes become UTF-8 and back. Only bytes with exactly one
 * reading are taken, so what was decoded and encoded again is what stood in the file.
 */
export interface Encoding {
  /** As people write it. */
  readonly name: string;
  /** How U+FEFF looks at the start of a file; empty where the encoding has none. */
  readonly byteOrderMark: Buffer;
  /** Decodes as far as characters are whole. */
  toUtf8(bytes: Buffer): Decoding;
  /** Encodes text that {@link unwritable} found nothing in. */
  fromUtf8(utf8: Buffer): Buffer;
  /** How many bytes the text has in the file. */
  lengthOf(utf8: Buffer): number;
  /** The first character that the encoding cannot hold. */
  unwritable(text: string): string | undefined;
}

/** What could be read of some bytes. */
export interface Decoding {
  readonly utf8: Buffer;
  /** Bytes that were read; the others are the beginning of a character, unless `bad`. */
  readonly used: number;
  /** True when the bytes behind `used` are no character. */
  readonly bad: boolean;
}

/** The names that the parameter takes. */
export const encodingNames = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;

const utf8: Encoding = {
  name: 'UTF-8',
  byteOrderMark: Buffer.from([0xef, 0xbb, 0xbf]),
  // Rows are checked one by one when their ends are known, so that a character may lie across two chunks.
  toUtf8: (bytes) => ({ utf8: bytes, used: bytes.length, bad: false }),
  fromUtf8: (bytes) => bytes,
  lengthOf: (bytes) => bytes.length,
  unwritable: (text) => (text.isWellFormed() ? undefined : '\ufffd'),
};

const decoder1252 = new TextDecoder('windows-1252');

/**
 * The five bytes without a meaning (0x81, 0x8d, 0x8f, 0x90, 0x9d) are bad bytes here, where browsers make control characters of them: in the code
 * pages of DOS they are letters (0x81 is ü), and a name must not turn into garbage because a file is declared as what it is not.
 */
const undefined1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

const bytes1252: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [decoder1252.decode(Uint8Array.of(byte)), byte] as const).filter(
    ([, byte]) => !undefined1252.has(byte),
  ),
);

const windows1252: Encoding = {
  name: 'Windows-1252',
  byteOrderMark: Buffer.alloc(0),
  toUtf8(bytes) {
    const bad = bytes.findIndex((byte) => undefined1252.has(byte));
    const used = bad === -1 ? bytes.length : bad;
    return { utf8: Buffer.from(decoder1252.decode(bytes.subarray(0, used)), 'utf8'), used, bad: bad !== -1 };
  },
  fromUtf8(bytes) {
    const text = bytes.toString('utf8');
    return Buffer.from(
      text.replace(/[\u0100-\uffff]/g, (character) => String.fromCharCode(bytes1252.get(character) ?? 0)),
      'latin1',
    );
  },
  lengthOf: characters,
  unwritable: (text) => [...text].find((character) => !bytes1252.has(character)),
};

const utf16le: Encoding = {
  name: 'UTF-16LE',
  byteOrderMark: Buffer.from([0xff, 0xfe]),
  toUtf8(bytes) {
    let end = bytes.length - (bytes.length % 2);
    // The first half of a character waits for the second.
    const last = end === 0 ? 0 : bytes.readUInt16LE(end - 2);
    if (last >= 0xd800 && last < 0xdc00) end -= 2;
    const text = bytes.toString('utf16le', 0, end);
    const sound = text.isWellFormed() ? text : text.slice(0, firstDifference(text, text.toWellFormed()));
    return { utf8: Buffer.from(sound, 'utf8'), used: sound.length * 2, bad: sound.length < text.length };
  },
  fromUtf8: (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
  lengthOf: (bytes) => bytes.toString('utf8').length * 2,
  unwritable: utf8.unwritable,
};

const utf16be: Encoding = {
  name: 'UTF-16BE',
  byteOrderMark: Buffer.from([0xfe, 0xff]),
  toUtf8: (bytes) => utf16le.toUtf8(Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16()),
  fromUtf8: (bytes) => utf16le.fromUtf8(bytes).swap16(),
  lengthOf: utf16le.lengthOf,
  unwritable: utf8.unwritable,
};

const encodings: Readonly<Record<(typeof encodingNames)[number], Encoding>> = {
  'utf-8': utf8,
  'windows-1252': windows1252,
  'utf-16le': utf16le,
  'utf-16be': utf16be,
};

/** The encoding of a name in {@link encodingNames}; UTF-8 for any other. */
export function encodingOf(name: string): Encoding {
  const known = encodingNames.find((candidate) => candidate === name);
  return encodings[known ?? 'utf-8'];
}

/** The encoding whose byte order mark some bytes start with. */
export function markedEncoding(start: Buffer): Encoding | undefined {
  return Object.values(encodings).find(
    ({ byteOrderMark: mark }) => mark.length > 0 && start.subarray(0, mark.length).equals(mark),
  );
}

/** Length in bytes of the longest part that is UTF-8, whole characters only. */
export function soundUtf8(bytes: Buffer): number {
  // A prefix of more than three bad bytes never becomes good again, so the search needs no second look at the beginning.
  let sound = 0;
  for (let end = 1; end <= bytes.length && end - sound <= 4; end++) if (isUtf8(bytes.subarray(sound, end))) sound = end;
  return sound;
}

/** Characters of UTF-8: every byte that does not continue one begins one. */
function characters(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) count += 1;
  return count;
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
