import { type CSEntryChange, validateEntry } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { adds, entryOf, typeWith } from './example.ts';

const type = typeWith('String');
const anchor = { name: 'id0', value: '1' };

/** The entry in normal form; a refusal fails the test. */
function normal(entry: CSEntryChange): CSEntryChange {
  const validation = validateEntry(entry, type);
  if (!validation.ok) throw new Error(validation.fault.detail);
  return validation.entry;
}

describe('an entry', () => {
  test.each([
    ['among the anchors alone', { anchorAttributes: [anchor] }],
    ['among the attributes alone', { attributeChanges: [adds('id0', '1')] }],
    ['in both places', { anchorAttributes: [anchor], attributeChanges: [adds('id0', '1')] }],
    [
      'in both places with different values, where the anchor wins',
      { anchorAttributes: [anchor], attributeChanges: [adds('id0', '2')] },
    ],
  ])('may have its anchor %s', (_, more) => {
    const entry = normal(entryOf(more));
    expect(entry.anchorAttributes).toEqual([anchor]);
    expect(entry.attributeChanges).toEqual([adds('id0', '1')]);
  });

  test('to be added may leave its anchor to the target', () => {
    expect(normal(entryOf({ attributeChanges: [adds('title', 'x')] })).anchorAttributes).toEqual([]);
  });

  test.each(['Replace', 'Update', 'Delete'] as const)('to %s something needs its anchor', (objectModificationType) => {
    const validation = validateEntry(entryOf({ objectModificationType }), type);
    expect(validation).toMatchObject({ ok: false, fault: { exportCode: 'ExportErrorMissingAnchorComponent' } });
  });

  test('gets the names of the schema and values of its types', () => {
    const entry = normal(
      entryOf({
        objectType: 'PERSON',
        anchorAttributes: [{ name: 'ID0', value: '1' }],
        attributeChanges: [adds('ACTIVE', 'TRUE'), adds('Number', '7')],
      }),
    );
    expect(entry).toMatchObject({
      objectType: 'Person',
      anchorAttributes: [anchor],
      attributeChanges: [adds('id0', '1'), adds('active', true), adds('number', 7n)],
    });
  });

  test('keeps several values where the attribute takes them, each once', () => {
    expect(normal(entryOf({ attributeChanges: [adds('phones', '1', '2', '1')] })).attributeChanges).toEqual([
      adds('phones', '1', '2'),
    ]);
  });

  test('with tens of thousands of values is not compared each with each', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => `+${index}`);
    const twice = {
      ...adds('phones'),
      valueChanges: adds('phones', ...values).valueChanges.concat(adds('phones', ...values).valueChanges),
    };
    expect(normal(entryOf({ attributeChanges: [twice] })).attributeChanges[0]?.valueChanges).toHaveLength(100_000);
  });

  test('may replace a single value by one taken and one given', () => {
    const swap = {
      name: 'title',
      modificationType: 'Update',
      valueChanges: [
        { value: 'new', modificationType: 'Add' },
        { value: 'old', modificationType: 'Delete' },
      ],
    } as const;
    expect(
      normal(entryOf({ objectModificationType: 'Update', anchorAttributes: [anchor], attributeChanges: [swap] }))
        .attributeChanges,
    ).toEqual([swap]);
  });

  const refused: readonly [string, Partial<CSEntryChange>, string][] = [
    ['of another type', { objectType: 'Group' }, 'ImportErrorMissingObjectType'],
    ['with an unknown attribute', { attributeChanges: [adds('nobody', 'x')] }, 'ImportErrorInvalidAttributeValue'],
    [
      'with an attribute twice',
      { attributeChanges: [adds('title', 'x'), adds('TITLE', 'y')] },
      'ImportErrorInvalidAttributeValue',
    ],
    ['with an anchor twice', { anchorAttributes: [anchor, anchor] }, 'ImportErrorInvalidAttributeValue'],
    [
      'with an anchor that is none',
      { anchorAttributes: [{ name: 'title', value: 'x' }] },
      'ImportErrorInvalidAttributeValue',
    ],
    [
      'with two values for an anchor',
      { attributeChanges: [adds('id0', '1', '2')] },
      'ImportErrorInvalidAttributeValue',
    ],
    ['with two values for one', { attributeChanges: [adds('title', 'x', 'y')] }, 'ImportErrorInvalidAttributeValue'],
    [
      'with a value of another type',
      { attributeChanges: [adds('active', 'perhaps')] },
      'ImportErrorInvalidBooleanValue',
    ],
    [
      'to be deleted that carries changes',
      { objectModificationType: 'Delete', anchorAttributes: [anchor], attributeChanges: [adds('title', 'x')] },
      'ImportErrorInvalidAttributeValue',
    ],
  ];
  test.each(refused)('%s is refused, alone', (_, more, importCode) => {
    expect(validateEntry(entryOf(more), type)).toMatchObject({ ok: false, fault: { importCode } });
  });
});
