import { netFailure } from '@joinery/powershell/registration';

/*
 * Security identifiers as bytes and as text (MS-DTYP 2.4.2): revision, number of parts, an authority of six bytes (big endian),
 * then parts of four bytes (little endian).
 */

const headBytes = 8;
const partBytes = 4;
const mostParts = 15;

/** `S-1-5-21-…`. Throws `NetFailure` (ArgumentException). */
export function sidText(bytes: Uint8Array): string {
  const count = bytes[1] ?? 0;
  if (bytes[0] !== 1 || count > mostParts || bytes.length < headBytes + count * partBytes) throw invalid('sid');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  const parts = Array.from({ length: count }, (_, at) => view.getUint32(headBytes + at * partBytes, true));
  return ['S-1', authority, ...parts].join('-');
}

/** Throws `NetFailure` (ArgumentException). */
export function sidBytes(text: string): Uint8Array {
  const found = /^S-1-(\d{1,15})((?:-\d{1,10}){0,15})$/i.exec(text);
  if (found === null) throw invalid('sid');
  const authority = Number(found[1]);
  const parts = (found[2] ?? '').split('-').slice(1).map(Number);
  if (authority >= 2 ** 48 || parts.some((part) => part >= 2 ** 32)) throw invalid('sid');
  const bytes = new Uint8Array(headBytes + parts.length * partBytes);
  const view = new DataView(bytes.buffer);
  bytes[0] = 1;
  bytes[1] = parts.length;
  view.setUint16(2, Math.floor(authority / 2 ** 32));
  view.setUint32(4, authority % 2 ** 32);
  for (const [at, part] of parts.entries()) view.setUint32(headBytes + at * partBytes, part, true);
  return bytes;
}

function invalid(parameter: string): Error {
  return netFailure('System.ArgumentException', 'It is no security identifier.', { parameter });
}
