import fc from 'fast-check';
import { BerReader as LdaptsReader } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { BerReader, berTag } from '../../src/protocol/ber-reader.ts';
import { BerWriter } from '../../src/protocol/ber-writer.ts';
import { octets, text } from './arbitraries.ts';

function written(write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  write(writer);
  return writer.finish();
}

const int32 = fc.oneof(
  fc.integer(),
  fc.constantFrom(
    ...[0x7f, 0x80, 0x7fff, 0x8000, 0x7fffff, 0x800000, 0x7fffffff].flatMap((edge) => [edge, -edge, -edge - 1]),
  ),
);
const refused = expect.objectContaining({ code: 'LDAP_PROTOCOL_INVALID' });

describe('BER', () => {
  test('numbers go and come, in as few octets as they need, and ldapts reads them', () => {
    fc.assert(
      fc.property(int32, (number) => {
        const bytes = written((writer) => writer.integer(number));
        expect(new BerReader(bytes).integer()).toBe(number);
        expect(new LdaptsReader(bytes).readInt()).toBe(number);
        expect(bytes.length).toBe(
          2 + [0x80, 0x8000, 0x800000, 0x80000000].findIndex((edge) => number >= -edge && number < edge) + 1,
        );
      }),
    );
  });

  test('text, octets and truth values go and come within sequences of any depth', () => {
    fc.assert(
      fc.property(text, octets, fc.boolean(), fc.nat(200), (text, octets, truth, depth) => {
        const write = (writer: BerWriter, left: number): void => {
          if (left > 0) {
            writer.sequence(() => write(writer, left - 1));
            return;
          }
          writer.octets(text);
          writer.octets(octets);
          writer.boolean(truth);
        };
        let reader = new BerReader(written((writer) => write(writer, depth)));
        for (let level = 0; level < depth; level += 1) reader = reader.inside(berTag.sequence);
        expect([reader.text(), new Uint8Array(reader.octets()), reader.boolean(), reader.done]).toEqual([
          text,
          octets,
          truth,
          true,
        ]);
      }),
    );
  });

  test('a reader stays within its part of the buffer', () => {
    const bytes = Buffer.from('040161' + '040162', 'hex');
    const reader = new BerReader(bytes, 0, 3);
    expect(reader.text()).toBe('a');
    expect(reader.done).toBe(true);
    expect(reader.tag).toBe(-1);
    expect(() => reader.text()).toThrow(refused);
    expect(() => new BerReader(bytes, 0, 2).text()).toThrow(refused);
    expect(() => new BerReader(bytes, 0, 6).open(berTag.octetString, 2)).toThrow(refused);
  });

  test.each([
    ['an indefinite length', '3080' + '0000'],
    ['a length beyond the end', '300504'],
    ['a length cut short', '3082ff'],
    ['a length of more than four octets', '308500000000010a'],
    ['nothing', ''],
    ['another tag', '040161'],
  ])('%s is refused', (_, hex) => {
    expect(() => new BerReader(Buffer.from(hex, 'hex')).inside(berTag.sequence)).toThrow(refused);
  });

  test.each(['0200', '020700000000000001'])('the number %s is refused', (hex) => {
    expect(() => new BerReader(Buffer.from(hex, 'hex')).integer()).toThrow(refused);
  });

  test('a truth value of two octets is refused', () => {
    expect(() => new BerReader(Buffer.from('0102ffff', 'hex')).boolean()).toThrow(refused);
  });
});
