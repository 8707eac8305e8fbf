import { baseOf } from '../../conversion/base.ts';
import type { Session } from '../../runtime/session.ts';
import {
  asciiEncoding,
  bigEndianUnicodeEncoding,
  bigEndianUtf32Encoding,
  Encoding,
  encodingByCodePage,
  encodingByName,
  latin1Encoding,
  markedEncoding,
  unicodeEncoding,
  utf8Encoding,
  utf8WithoutPreamble,
  utf32Encoding,
} from '../../types/text/encoding.ts';
import type { Value } from '../../values/value.ts';

/** How text becomes the bytes of a file. */
export interface FileEncoding {
  /** Begins with `utf8` for UTF-8. */
  readonly name: string;
  /** What the file begins with. */
  readonly preamble: Uint8Array;
  encode(text: string): Uint8Array;
  /** The text without the mark. */
  decode(bytes: Uint8Array): string;
}

const known = new WeakMap<Encoding, FileEncoding>();

function ofEncoding(encoding: Encoding): FileEncoding {
  let found = known.get(encoding);
  if (found === undefined) {
    const { codec } = encoding;
    found = {
      name: codec.codePage === 65_001 ? 'utf8' : codec.webName,
      preamble: Uint8Array.from(encoding.preamble),
      encode: (text) => encoding.encode(text),
      decode: (bytes) => {
        const isMarked = codec.mark.length > 0 && codec.mark.every((byte, at) => bytes[at] === byte);
        return encoding.decode(isMarked ? bytes.subarray(codec.mark.length) : bytes);
      },
    };
    known.set(encoding, found);
  }
  return found;
}

/**
 * The names that `-Encoding` has of its own. `ansi` is the code page of the culture on Windows, for the invariant culture
 * 1252; `oem` is UTF-8 where there are no consoles of Windows.
 */
const ownNames = new Map<string, Encoding>([
  ['ascii', asciiEncoding],
  ['bigendianunicode', bigEndianUnicodeEncoding],
  ['bigendianutf32', bigEndianUtf32Encoding],
  ['default', utf8WithoutPreamble],
  ['latin1', latin1Encoding],
  ['oem', utf8WithoutPreamble],
  ['string', unicodeEncoding],
  ['unicode', unicodeEncoding],
  ['unknown', unicodeEncoding],
  ['utf32', utf32Encoding],
  ['utf8', utf8WithoutPreamble],
  ['utf8bom', utf8Encoding],
  ['utf8nobom', utf8WithoutPreamble],
]);

/** The encoding that a file shows by its first bytes; `undefined` where it shows none. */
export function encodingOfFile(bytes: Uint8Array): FileEncoding | undefined {
  const marked = markedEncoding(bytes);
  return marked === undefined ? undefined : ofEncoding(marked);
}

/**
 * The encoding that an `-Encoding` argument means: an `Encoding`, the number of a code page, one of the names above or of
 * those that .NET knows. UTF-8 without a mark where there is none; `undefined` where it means nothing.
 */
export function fileEncoding(given: Value, session: Session): FileEncoding | undefined {
  const base = baseOf(given);
  if (base === null || base === undefined) return ofEncoding(utf8WithoutPreamble);
  if (base instanceof Encoding) return ofEncoding(base);
  const name = session.text(base).toLowerCase();
  const found = /^\d+$/.test(name)
    ? encodingByCodePage(Number(name))
    : name === 'ansi'
      ? encodingByCodePage(1252)
      : (ownNames.get(name) ?? encodingByName(name));
  return found === undefined ? undefined : ofEncoding(found);
}
