import { type AttributeChange, type AttributeValue, type CSEntryChange, validateEntry } from '@joinery/connector';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { share } from '../../../testing/fuzz-runs.ts';
import { withDefaults } from '../src/configuration/connector-file.ts';
import { compiledType } from '../src/object/compiled-type.ts';
import { tellableIndexes } from '../src/object/key-sources.ts';
import { readEntry } from '../src/object/read-entry.ts';
import { shapeOf, typeOfResource } from '../src/object/shape.ts';
import type { SpaceRow } from '../src/space/row.ts';
import { storedKeys } from '../src/space/stored-json.ts';

const shape = shapeOf(
  withDefaults({
    name: 'x',
    connector: 'x',
    types: [
      {
        objectType: 'person',
        anchor: 'key',
        attributes: [
          { name: 'key' },
          { name: 'title' },
          { name: 'mail', multiValued: true },
          { name: 'nick', multiValued: true, treatAsSingleValue: true },
          { name: 'number', type: 'Integer' },
          { name: 'numbers', type: 'Integer', multiValued: true },
          { name: 'on', type: 'Boolean' },
          { name: 'picture', type: 'Binary' },
          { name: 'manager', type: 'Reference' },
          { name: '-dn-' },
        ],
      },
    ],
  }),
  {
    traits: {
      distinguishedNameStyle: 'Ldap',
      exportType: 'AttributeUpdate',
      exportDuringImport: true,
      batchSize: 1,
      rename: true,
      exportPasswordInFirstPass: false,
    },
    fullImport: () => Promise.reject(new Error('not asked for')),
  },
);
const type = typeOfResource(shape, 'User');

const text = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'A',
    '1',
    'true',
    'AQ==',
    'half \ud800',
    'nul \u0000',
    '"\\\n',
    'ß ﬁ',
    '😀',
    '12345678901234567890',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constantFrom(1n, 9007199254740993n, 2n ** 63n, -5n),
  fc.boolean(),
  fc.uint8Array({ maxLength: 3 }),
);
const names = type.schemaType.attributes.map(({ name }) => name);
const change: fc.Arbitrary<AttributeChange> = fc.record({
  name: fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...names) }, fc.constantFrom('TITLE', 'Key', 'other')),
  modificationType: fc.oneof(
    { weight: 9, arbitrary: fc.constant('Add' as const) },
    fc.constantFrom('Replace', 'Update', 'Delete'),
  ),
  valueChanges: fc.array(
    fc.record({
      value,
      modificationType: fc.oneof(
        { weight: 15, arbitrary: fc.constant('Add' as const) },
        fc.constant('Delete' as const),
      ),
    }),
    { maxLength: 3 },
  ),
});
const entry: fc.Arbitrary<CSEntryChange> = fc.record({
  identifier: fc.constant('1'),
  objectType: fc.constantFrom('person', 'Person'),
  objectModificationType: fc.oneof(
    { weight: 9, arbitrary: fc.constant('Add' as const) },
    fc.constantFrom('Replace' as const, 'Update' as const),
  ),
  dn: fc.constantFrom('cn=a,o=b', 'cn=Ä,o=b'),
  anchorAttributes: fc.array(fc.record({ name: fc.constantFrom('key', 'KEY', 'title'), value }), { maxLength: 2 }),
  attributeChanges: fc.uniqueArray(change, {
    maxLength: 8,
    selector: ({ name }) => name,
    comparator: (a, b) => a === b && a !== 'mail',
  }),
});

/** The whole rule in as few words as it has: normal form, then values as callers see them. */
function bySpecification(found: CSEntryChange): unknown {
  const validation = validateEntry(found, type.schemaType);
  if (!validation.ok || validation.entry.anchorAttributes.length === 0) return undefined;
  const shown = (item: AttributeValue): unknown =>
    item instanceof Uint8Array ? Buffer.from(item).toString('base64') : item;
  const seen: Record<string, unknown> = {};
  for (const { name, valueChanges } of validation.entry.attributeChanges) {
    const items = valueChanges.flatMap((each) =>
      each.modificationType === 'Add' && each.value !== '' ? [shown(each.value)] : [],
    );
    if (items.length > 0) seen[name] = name === 'mail' || name === 'numbers' ? items : items[0];
  }
  for (const { name, value: anchor } of validation.entry.anchorAttributes) seen[name] = shown(anchor);
  return seen;
}

/** A row as the same record; integers as they are in the text. */
function shownBy({ body, references }: SpaceRow): unknown {
  const resource = JSON.parse(body, (_, item, { source }: { source?: string } = {}) =>
    typeof item === 'number' ? BigInt(source ?? item) : item,
  );
  const { '-dn-': _, ...block } = resource[type.urn];
  const [manager] = references?.manager ?? [];
  return manager === undefined ? block : { ...block, manager };
}

test('an entry becomes the row that its normal form says, however it is spelled, and no row where it has none', () => {
  fc.assert(
    fc.property(entry, (found) => {
      const reading = readEntry(shape, (identity) => identity, found);
      const row = reading !== undefined && 'row' in reading ? reading.row : undefined;
      expect(row && shownBy(row)).toEqual(bySpecification(found));
    }),
    share(0.03),
  );
});

test('a value that cannot be stored is refused also where callers would not see it', () => {
  const values = ['one', 'half \ud800'].map((each) => ({ value: each, modificationType: 'Add' as const }));
  const reading = readEntry(shape, (identity) => identity, {
    identifier: '1',
    objectType: 'person',
    objectModificationType: 'Add',
    anchorAttributes: [{ name: 'key', value: 'a' }],
    attributeChanges: [{ name: 'nick', modificationType: 'Add', valueChanges: values }],
  });
  expect(reading).toMatchObject({ fault: { code: 'CONNECTOR_ENTRY_INVALID' } });
});

test('a row tells the entries that its JSON has in every index', () => {
  const indexes = new Map(shape.indexable.map(({ name }, at) => [name, at + 1]));
  const told = tellableIndexes(shape, indexes);
  const plan = compiledType(type).rows.plan(told, new Set(told.map(({ number }) => number)));
  expect(told.map(({ steps }) => steps.at(-1))).toEqual(
    expect.arrayContaining(['key', 'mail', 'number', 'on', '-dn-']),
  );
  fc.assert(
    fc.property(entry, (found) => {
      const reading = readEntry(
        shape,
        (identity) => identity,
        found,
        () => plan,
      );
      if (reading === undefined || !('row' in reading)) return;
      const { body, keys } = reading.row;
      const inJson = [
        ...storedKeys(
          body,
          told.map((each) => ({ ...each, name: '' })),
        ),
      ].map(([{ number }, key]) => `${number} ${key}`);
      expect(keys?.entries.map(([number, key]) => `${number} ${key}`).sort()).toEqual(inJson.sort());
    }),
    { numRuns: 1000 },
  );
});
