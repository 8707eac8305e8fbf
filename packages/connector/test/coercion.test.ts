import { type AttributeType, type AttributeValue, coerceValue, formatValue, sameValue } from '@joinery/connector';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const good: readonly [AttributeType, AttributeValue, AttributeValue][] = [
  ['Boolean', 'True', true],
  ['Boolean', 'fALSE', false],
  ['Boolean', '1', true],
  ['Boolean', '0', false],
  ['Boolean', 1n, true],
  ['Boolean', false, false],
  ['Integer', '10001', 10001n],
  ['Integer', '-9223372036854775808', -(2n ** 63n)],
  ['Integer', '9223372036854775807', 2n ** 63n - 1n],
  ['Integer', '+7', 7n],
  ['Integer', '007', 7n],
  ['Binary', 'AAEC', Uint8Array.of(0, 1, 2)],
  ['Binary', 'AA\r\nEC', Uint8Array.of(0, 1, 2)],
  ['Reference', 'CN=Ann', 'CN=Ann'],
  ['String', true, 'True'],
  ['String', 42n, '42'],
];
const bad: readonly [AttributeType, AttributeValue, string][] = [
  ['Boolean', 'yes', 'ImportErrorInvalidBooleanValue'],
  ['Boolean', '', 'ImportErrorInvalidBooleanValue'],
  ['Boolean', ' true', 'ImportErrorInvalidBooleanValue'],
  ['Integer', '9223372036854775808', 'ImportErrorInvalidNumericValue'],
  ['Integer', '1.0', 'ImportErrorInvalidNumericValue'],
  ['Integer', '1e3', 'ImportErrorInvalidNumericValue'],
  ['Integer', '0x10', 'ImportErrorInvalidNumericValue'],
  ['Integer', '', 'ImportErrorInvalidNumericValue'],
  ['Integer', true, 'ImportErrorInvalidNumericValue'],
  ['Integer', 2n ** 63n, 'ImportErrorInvalidNumericValue'],
  ['Binary', 'AAE', 'ImportErrorInvalidBase64Value'],
  ['Binary', 'not base64!', 'ImportErrorInvalidBase64Value'],
  ['String', 'a\u0000b', 'ImportErrorInvalidAttributeValue'],
  ['String', 'a\ud800b', 'ImportErrorInvalidAttributeValue'],
  ['String', Uint8Array.of(1), 'ImportErrorInvalidAttributeValue'],
];

describe('a value', () => {
  test.each(good)('of type %s takes %o as %o', (type, given, value) => {
    expect(coerceValue({ name: 'a', type }, given)).toEqual({ ok: true, value });
  });

  test.each(bad)('of type %s does not take %o', (type, given, importCode) => {
    const coercion = coerceValue({ name: 'a', type }, given);
    expect(coercion).toMatchObject({
      ok: false,
      fault: {
        attribute: 'a',
        importCode,
        exportCode: 'ExportErrorInvalidAttributeValue',
        detail: expect.stringContaining(type),
      },
    });
  });

  test('in its text form comes back as it was', () => {
    const pairs = fc.oneof(
      fc.tuple(fc.constant<AttributeType>('Boolean'), fc.boolean()),
      fc.tuple(fc.constant<AttributeType>('Integer'), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
      fc.tuple(fc.constant<AttributeType>('Binary'), fc.uint8Array()),
    );
    fc.assert(
      fc.property(pairs, ([type, value]) => {
        const coercion = coerceValue({ name: 'a', type }, formatValue(value));
        expect(coercion.ok && sameValue(coercion.value, value)).toBe(true);
      }),
    );
  });

  test('that is long is shortened in the sentence', () => {
    const coercion = coerceValue({ name: 'a', type: 'Integer' }, 'x'.repeat(10_000));
    expect(coercion.ok ? '' : coercion.fault.detail.length).toBeLessThan(120);
  });
});
