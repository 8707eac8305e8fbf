import { BerReader } from '../../src/protocol/ber-reader.ts';

/** BER as a tree, in which it does not matter how lengths were written: octets as hexadecimal text, or elements. */
export type BerTree = readonly [tag: number, content: string | readonly BerTree[]];

export function berTree(bytes: Uint8Array): readonly BerTree[] {
  const reader = new BerReader(Buffer.from(bytes));
  const elements: BerTree[] = [];
  while (!reader.done) {
    const { tag } = reader;
    const content = reader.octets(tag);
    elements.push([tag, (tag & 0x20) === 0 ? content.toString('hex') : berTree(content)]);
  }
  return elements;
}
