import fc from 'fast-check';
import { BerReader, SearchEntry } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { type AttributePlan, EntryDecoder } from '../../src/protocol/entry-decoder.ts';
import type { OctetString } from '../../src/protocol/filter.ts';
import { readTextEntry } from '../../src/protocol/text-entry.ts';
import { description, dn, value } from './arbitraries.ts';
import { receivedEntry } from './received.ts';
import { entryMessage } from './response-writer.ts';

interface NamedPlan extends AttributePlan {
  readonly name: string;
}

/** Everything that a decoder hands over. */
function decoded(decoder: EntryDecoder<NamedPlan>, message: Buffer): [string, [string, OctetString[]][]] {
  const attributes: [string, OctetString[]][] = [];
  const take = ({ name }: NamedPlan, values: OctetString[]) => attributes.push([name, values]);
  return [decoder.decode(...receivedEntry(message), { text: take, octets: take }), attributes];
}

const asText = () => new EntryDecoder<NamedPlan>((name) => ({ name, form: 'text' }));
const asOctets = () => new EntryDecoder<NamedPlan>((name) => ({ name, form: 'octets' }));

const long = fc.constantFrom('x'.repeat(5_000), 'ü'.repeat(3_000));
const attributes = fc.array(
  fc.record({ type: description, values: fc.array(fc.oneof({ weight: 9, arbitrary: value }, long), { maxLength: 4 }) }),
  { maxLength: 6 },
);

describe('reading entries', () => {
  test('any entry is read as it was written, as octets and as text, in any order of attributes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(dn, attributes)), (entries) => {
        const [texts, octets] = [asText(), asOctets()];
        for (const [dn, attributes] of entries) {
          const message = entryMessage(7, dn, attributes);
          const named = (form: (value: OctetString) => OctetString) =>
            attributes.map(({ type, values }) => [type, values.map(form)]);
          expect(decoded(texts, message)).toEqual([dn, named((value) => Buffer.from(value).toString('utf8'))]);
          expect(decoded(octets, message)).toEqual([dn, named((value) => new Uint8Array(Buffer.from(value)))]);
        }
      }),
    );
  });

  test('ldapts reads the same entry', () => {
    fc.assert(
      fc.property(dn, attributes, (dn, attributes) => {
        const message = entryMessage(7, dn, attributes);
        const other = new SearchEntry({ messageId: 7 });
        const [bytes, start, end] = receivedEntry(message);
        other.parse(new BerReader(bytes.subarray(start, end)), []);
        const octets = decoded(asOctets(), message);
        expect(other.name).toBe(octets[0]);
        expect(
          other.attributes.map(({ type, parsedBuffers }) => [
            type,
            parsedBuffers.map((value) => new Uint8Array(value)),
          ]),
        ).toEqual(octets[1]);
      }),
    );
  });

  test('L29 values that nobody asked for are not made, and each description is asked about once', () => {
    const asked: string[] = [];
    const decoder = new EntryDecoder<NamedPlan>((name) => {
      asked.push(name);
      return name === 'cn' ? { name, form: 'text' } : undefined;
    });
    const message = entryMessage(1, 'cn=a', [
      { type: 'userPassword', values: ['secret'] },
      { type: 'cn', values: ['a', 'b'] },
      { type: 'CN', values: ['c'] },
    ]);
    for (let times = 0; times < 3; times += 1)
      expect(decoded(decoder, message)).toEqual(['cn=a', [['cn', ['a', 'b']]]]);
    expect(asked).toEqual(['userPassword', 'cn', 'CN']);
  });

  test('what was handed over stays when the buffer is used again', () => {
    const message = entryMessage(1, 'cn=abc,dc=contoso', [{ type: 'cn', values: ['a value of some length', 'ü'] }]);
    const copy = Buffer.from(message);
    const [text, octets] = [decoded(asText(), copy), decoded(asOctets(), copy)];
    copy.fill(0);
    expect(text).toEqual(decoded(asText(), message));
    expect(octets).toEqual(decoded(asOctets(), message));
  });

  test('a group of 300,000 members is read', () => {
    const members = Array.from({ length: 300_000 }, (_, number) => `uid=user${number},ou=people,dc=contoso,dc=lab`);
    const [, [member]] = decoded(asText(), entryMessage(1, 'cn=all', [{ type: 'member', values: members }]));
    expect(member?.[1].length).toBe(300_000);
    expect(member?.[1].at(-1)).toBe(members.at(-1));
  });

  test('a whole entry is read as text by folded descriptions', () => {
    const message = entryMessage(1, '', [
      { type: 'supportedControl', values: ['1', '2'] },
      { type: 'vendorName', values: ['Ä'] },
      { type: 'SUPPORTEDCONTROL', values: ['3'] },
    ]);
    const { dn, attributes } = readTextEntry(...receivedEntry(message));
    expect(dn).toBe('');
    expect([...attributes]).toEqual([
      ['supportedcontrol', ['1', '2', '3']],
      ['vendorname', ['Ä']],
    ]);
  });
});
