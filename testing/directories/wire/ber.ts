/*
 * BER (X.690) of the tests' own, apart from the connector's: what one of them reads wrongly the other shows.
 */

/** One element: its identifier octet and its content. */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

/** Writes an element. */
export function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const inner = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(inner.length)]), inner]);
}

export function octets(value: string | Uint8Array, tag = 0x04): Buffer {
  return element(tag, typeof value === 'string' ? Buffer.from(value, 'utf8') : value);
}

export function integer(value: number, tag = 0x02): Buffer {
  const bytes = [value & 0xff];
  for (let rest = value >> 8; rest !== 0 && rest !== -1; rest >>= 8) bytes.unshift(rest & 0xff);
  const first = bytes[0] ?? 0;
  if (value >= 0 && first >= 0x80) bytes.unshift(0);
  if (value < 0 && first < 0x80) bytes.unshift(0xff);
  return element(tag, Buffer.from(bytes));
}

export function boolean(value: boolean, tag = 0x01): Buffer {
  return element(tag, Buffer.from([value ? 0xff : 0]));
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 + octets.length, ...octets];
}

/** The elements that lie one after the other in `bytes`. @throws Error when the last one is not whole */
export function elements(bytes: Buffer): Element[] {
  const all: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = wholeSize(bytes.subarray(at));
    if (size === undefined || size > bytes.length - at) throw new Error('A BER element is cut off.');
    all.push(one(bytes.subarray(at, at + size)));
    at += size;
  }
  return all;
}

/** How many octets the element at the begin has with its header; undefined while the header is not whole. */
export function wholeSize(bytes: Buffer): number | undefined {
  const first = bytes[1];
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const count = first - 0x80;
  if (count === 0 || count > 4) throw new Error('A BER length is not one that LDAP allows.');
  if (bytes.length < 2 + count) return undefined;
  return 2 + count + bytes.readUIntBE(2, count);
}

function one(bytes: Buffer): Element {
  const first = bytes[1] ?? 0;
  const header = first < 0x80 ? 2 : 2 + first - 0x80;
  return { tag: bytes[0] ?? 0, content: bytes.subarray(header) };
}

export function numberOf({ content }: Element): number {
  return content.length === 0 ? 0 : content.readIntBE(0, content.length);
}

export function textOf({ content }: Element): string {
  return content.toString('utf8');
}
