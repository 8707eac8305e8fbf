import { type Encoding, encodingByName, utf8WithoutPreamble } from '../text/encoding.ts';
import { failureAt, xmlFailure } from './xml-failure.ts';

const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16', [0xff, 0xfe]],
  ['utf-16BE', [0xfe, 0xff]],
];

/**
 * The text of an XML file: a byte order mark says the encoding, else the declaration, else it is UTF-8.
 * Throws `NetFailure` (XmlException) for an encoding that is unknown and for bytes that are none of it.
 */
export function decodeXml(bytes: Uint8Array): string {
  for (const [name, mark] of marks) {
    if (mark.every((byte, at) => bytes[at] === byte)) return decoded(bytes.subarray(mark.length), encodingNamed(name));
  }
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (head.startsWith('<\0')) return decoded(bytes, encodingNamed('utf-16'));
  if (head.startsWith('\0<')) return decoded(bytes, encodingNamed('utf-16BE'));
  const name = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1];
  return decoded(bytes, name === undefined ? utf8WithoutPreamble : encodingNamed(name));
}

function encodingNamed(name: string): Encoding {
  const encoding = encodingByName(name);
  if (encoding === undefined) {
    throw xmlFailure(
      `'${name}' is not a supported encoding name. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method. (Parameter 'name')`,
    );
  }
  return encoding;
}

function decoded(bytes: Uint8Array, encoding: Encoding): string {
  const text = encoding.decode(bytes);
  const wrong = text.indexOf('\ufffd');
  if (wrong !== -1 && !isReplacementWritten(bytes, encoding)) {
    throw failureAt(text, wrong, 'Invalid character in the given encoding.');
  }
  return text;
}

/** Whether the file itself holds the character that stands for what cannot be read. */
function isReplacementWritten(bytes: Uint8Array, encoding: Encoding): boolean {
  return Buffer.from(encoding.encode(encoding.decode(bytes))).equals(Buffer.from(bytes));
}

/** The encoding that a declaration names; `undefined` where it names none. */
export function declaredEncoding(name: string): Encoding | undefined {
  return name === '' ? undefined : encodingNamed(name);
}
