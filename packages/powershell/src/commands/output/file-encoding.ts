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
  /** `utf8…` for those that read as UTF-8. */
  readonly name: string;
  /** What the file begins with. */
  readonly preamble: Uint8Array;
  encode(text: string): Uint8Array;
  /** A mark at the head of the bytes is text like any other. */
  decode(bytes: Uint8Array): string;
}

const known = new Map<Encoding, FileEncoding>();

function ofFiles(encoding: Encoding): FileEncoding {
  let found = known.get(encoding);
  if (found === undefined) {
    const { codec, hasPreamble } = encoding;
    found = {
      name: codec.codePage === 65_001 ? `utf8${hasPreamble ? 'BOM' : ''}` : codec.webName,
      preamble: Uint8Array.from(encoding.preamble),
      encode: (text) => encoding.encode(text),
      decode: (bytes) => encoding.decode(bytes),
    };
    known.set(encoding, found);
  }
  return found;
}

/** The names that `-Encoding` has of its own, as on Unix. */
const byName = new Map<string, Encoding | undefined>([
  ['ascii', asciiEncoding],
  ['ansi', encodingByCodePage(1252)],
  ['bigendianunicode', bigEndianUnicodeEncoding],
  ['bigendianutf32', bigEndianUtf32Encoding],
  ['default', utf8WithoutPreamble],
  ['latin1', latin1Encoding],
  ['oem', utf8WithoutPreamble],
  ['string', unicodeEncoding],
  ['unicode', unicodeEncoding],
  ['unknown', unicodeEncoding],
  ['utf7', encodingByCodePage(65_000)],
  ['utf8', utf8WithoutPreamble],
  ['utf8bom', utf8Encoding],
  ['utf8nobom', utf8WithoutPreamble],
  ['utf32', utf32Encoding],
]);

/** The encoding that a file shows by its first bytes; `undefined` where it shows none. */
export function encodingOfFile(bytes: Uint8Array): FileEncoding | undefined {
  const marked = markedEncoding(bytes);
  return marked === undefined ? undefined : ofFiles(marked);
}

/** The encoding that an `-Encoding` argument names, an `Encoding` object among them; UTF-8 without mark where there is none. */
export function fileEncoding(given: Value, session: Session): FileEncoding | undefined {
  const base = baseOf(given);
  if (base === null || base === undefined) return ofFiles(utf8WithoutPreamble);
  if (base instanceof Encoding) return ofFiles(base);
  const name = session.text(base).toLowerCase();
  const found = byName.get(name) ?? (/^\d+$/.test(name) ? encodingByCodePage(Number(name)) : encodingByName(name));
  return found === undefined ? undefined : ofFiles(found);
}
