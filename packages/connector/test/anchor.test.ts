import {
  type AnchorAttribute,
  type AttributeType,
  type AttributeValue,
  anchorIdentity,
  canonicalAnchor,
  parseCanonicalAnchor,
} from '@joinery/connector';
import { isProblem } from '@joinery/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typeWith } from './example.ts';

const values: Readonly<Record<AttributeType, fc.Arbitrary<AttributeValue>>> = {
  String: fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => text.isWellFormed() && !text.includes('\u0000')),
  Reference: fc.constantFrom('CN=Ann', 'x'),
  Integer: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  Boolean: fc.boolean(),
  Binary: fc.uint8Array({ minLength: 1, maxLength: 20 }),
};
const types = fc.array(fc.constantFrom<AttributeType>('String', 'Reference', 'Integer', 'Boolean', 'Binary'), {
  minLength: 1,
  maxLength: 4,
});
/** The anchors of an object and their types. */
const objects = types.chain((list) =>
  fc.tuple(fc.constant(list), fc.tuple(...list.map((type) => values[type]))).map(([kinds, given]) => ({
    type: typeWith(...kinds),
    anchors: given.map((value, index): AnchorAttribute => ({ name: `id${index}`, value })),
  })),
);

describe('the identity of an object', () => {
  test('is reversible for single and compound anchors of every type', () => {
    fc.assert(
      fc.property(objects, ({ type, anchors }) => {
        expect(parseCanonicalAnchor(canonicalAnchor(anchors, type), type)).toEqual(anchors);
      }),
    );
  });

  test('differs where the anchors differ, wherever one ends and the next begins', () => {
    const type = typeWith('String', 'String');
    const identity = (...texts: string[]) =>
      canonicalAnchor(
        texts.map((value, index) => ({ name: `id${index}`, value })),
        type,
      );
    expect(identity('ab', 'c')).not.toBe(identity('a', 'bc'));
    expect(identity('a', 'A')).not.toBe(identity('a', 'a'));
  });

  test('needs no escaping in a URL', () => {
    fc.assert(
      fc.property(objects, ({ type, anchors }) => {
        const identity = canonicalAnchor(anchors, type);
        expect(encodeURIComponent(identity)).toBe(identity);
      }),
    );
  });

  test('does not depend on the order or the form in which anchors are given', () => {
    const type = typeWith('Integer', 'Boolean');
    const typed = canonicalAnchor(
      [
        { name: 'id0', value: 7n },
        { name: 'id1', value: true },
      ],
      type,
    );
    expect(
      canonicalAnchor(
        [
          { name: 'ID1', value: '1' },
          { name: 'Id0', value: '+007' },
        ],
        type,
      ),
    ).toBe(typed);
  });

  test.each([
    ['a missing anchor', []],
    ['a blank anchor', [{ name: 'id0', value: '' }]],
    ['an anchor of another type', [{ name: 'id0', value: 'seven' }]],
  ])('%s has none, and the sentence names the attribute', (_, anchors) => {
    const type = typeWith(
      ...(anchors.some((anchor) => anchor.value === 'seven') ? (['Integer'] as const) : (['String'] as const)),
    );
    expect(anchorIdentity(anchors, type)).toMatchObject({ ok: false, attribute: 'id0' });
    expect(() => canonicalAnchor(anchors, type)).toThrow(
      expect.objectContaining({ code: 'CONNECTOR_VALUE_INVALID', place: 'id0' }),
    );
  });

  test('of anything else is refused as unknown, never misread', () => {
    const shapes = [typeWith('String'), typeWith('Integer'), typeWith('Binary'), typeWith('String', 'Integer')];
    const texts = fc.oneof(
      fc.base64String(),
      fc.string(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64url')),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(...shapes), (text, type) => {
        try {
          expect(canonicalAnchor(parseCanonicalAnchor(text, type), type)).toBe(text);
        } catch (error) {
          expect(isProblem(error, 'CONNECTOR_ANCHOR_INVALID')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
