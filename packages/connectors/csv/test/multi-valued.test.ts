import type { AttributeModificationType, CSEntryChange } from '@joinery/connector';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinCell, splitCell } from '../src/cell-values.ts';
import { connect } from './csv-fixture.ts';
import { codes, entry, Folder } from './folder.ts';

/** A change of one attribute: `+` values are added, `-` values removed. */
function change(
  kind: 'Add' | 'Replace' | 'Update',
  id: string,
  name: string,
  values: readonly string[],
  modificationType: AttributeModificationType = kind === 'Update' ? 'Update' : 'Add',
): CSEntryChange {
  const valueChanges = values.map((value) => ({
    value: value.slice(1),
    modificationType: value.startsWith('-') ? ('Delete' as const) : ('Add' as const),
  }));
  return { ...entry(kind, id), attributeChanges: [{ name, modificationType, valueChanges }] };
}

const parameters = { MultiValued: 'Tags:|', ColumnTypes: '' };

async function tagsOf(folder: Folder): Promise<readonly unknown[]> {
  const { entries } = await folder.import();
  return entries.map((one) =>
    one.attributeChanges.find(({ name }) => name === 'Tags')?.valueChanges.map(({ value }) => value),
  );
}

describe('several values in a cell', () => {
  test('written are read back, whatever separators, backslashes and delimiters are in them', () => {
    const separators = fc.constantFrom(';', ',', '|', '\t', ':', ' ', '.', '$');
    const texts = fc.array(
      fc.string({ unit: fc.constantFrom('\\', ';', ',', '|', '\t', ':', '"', '$', '&', 'a', 'é'), minLength: 1 }),
    );
    fc.assert(
      fc.property(texts, separators, (values, separator) => {
        expect(splitCell(joinCell(values, separator), separator)).toEqual(values);
      }),
    );
  });

  test('are split at the separator; a backslash takes its meaning, and that of a backslash, away', async () => {
    const cells = ['a|b', 'a\\|b|c', 'CONTOSO\\ada|x', 'a\\\\|b', '|a||b|', ' a | b', 'a|a', '', '||'];
    await using folder = await Folder.with(
      `AzureObjectID;Tags\n${cells.map((cell, n) => `${n};${cell}\n`).join('')}`,
      parameters,
    );
    expect(await tagsOf(folder)).toEqual([
      ['a', 'b'],
      ['a|b', 'c'],
      ['CONTOSO\\ada', 'x'],
      ['a\\', 'b'],
      ['a', 'b'],
      [' a ', ' b'],
      ['a'],
      undefined,
      undefined,
    ]);
    expect((await folder.schema()).types[0]?.attributes.map(({ isMultiValued }) => isMultiValued)).toEqual([
      false,
      true,
    ]);
  });

  test('have the type of their column each, and one bad value is the row’s fault', async () => {
    await using folder = await Folder.with('AzureObjectID;Tags\n1;1|2\n2;1|x\n', {
      ...parameters,
      ColumnTypes: 'Tags:Integer',
    });
    const { entries } = await folder.import();
    expect(entries[0]?.attributeChanges[1]?.valueChanges.map(({ value }) => value)).toEqual([1n, 2n]);
    expect(entries[1]).toMatchObject({
      errorCodeImport: 'ImportErrorInvalidNumericValue',
      errorDetail: expect.stringContaining('line 3, column 2 ("Tags")'),
    });
  });

  test('of any kind survive an export and an import', async () => {
    const values = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('\\', ';', '|', '"', '\n', '\r', 'a', 'é', ' '), minLength: 1 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(values, async (list) => {
        await using folder = await Folder.with('AzureObjectID;Tags\n', parameters);
        expect(
          codes(
            await folder.export([
              change(
                'Add',
                '1',
                'Tags',
                list.map((value) => `+${value}`),
              ),
            ]),
          ),
        ).toEqual(['Success']);
        expect(await tagsOf(folder)).toEqual([list]);
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['in another order leave the cell as it is', 'b|a|a', 'Replace', ['+a', '+b'], 'b|a|a'],
    ['that stay keep their place, new ones come behind', 'c|b|a', 'Replace', ['+x', '+a', '+c'], 'c|a|x'],
    ['that go leave the others', 'c|b|a', 'Replace', ['+b'], 'b'],
    ['added by a delta come behind those that are there', 'b|a', 'Update', ['+c', '+a'], 'b|a|c'],
    ['removed by a delta go, and only those', 'b|a|c', 'Update', ['-a', '-x'], 'b|c'],
    ['removed and added by one delta are there', 'b|a', 'Update', ['-a', '+a', '-b', '+c'], 'a|c'],
    ['removed to the last leave an empty cell', 'a', 'Update', ['-a'], ''],
  ] as const)('%s', async (_, cell, kind, values, expected) => {
    await using folder = await Folder.with(`AzureObjectID;Tags\n1;${cell}\n`, parameters);
    expect(codes(await folder.export([change(kind, '1', 'Tags', values)]))).toEqual(['Success']);
    expect(await folder.text()).toBe(`AzureObjectID;Tags\n1;${expected}\n`);
  });

  test('with the delimiter as separator are written in quotes, as the sample does', async () => {
    await using folder = await Folder.with('AzureObjectID;Tags\n', { MultiValued: 'Tags' });
    await folder.export([change('Add', '1', 'Tags', ['+a', '+b;c'])]);
    expect(await folder.text()).toBe('AzureObjectID;Tags\n1;"a;b\\;c"\n');
    expect(await tagsOf(folder)).toEqual([['a', 'b;c']]);
  });

  test('are found by each of them, also in a row that cannot be read', async () => {
    await using folder = await Folder.with(
      'AzureObjectID;Tags\n1;a|b\n2;b\\|c\n3;b\n4;a|b;x\n5;abc;x\n6;"a|b"x\n',
      parameters,
    );
    const find = async (value: string) => {
      const query = { schema: await folder.schema(), objectType: 'Person', attribute: 'Tags', value };
      const found = await folder.connector.lookup?.(query, AbortSignal.timeout(5000));
      return found?.map((one) => one.errorCodeImport ?? one.anchorAttributes[0]?.value);
    };
    expect(await find('b')).toEqual(['1', '3', 'ImportErrorParseError', 'ImportErrorParseError']);
    expect(await find('b|c')).toEqual(['2']);
  });

  test.each([
    [':|', /does not have the form/],
    ['Tags:a', /does not have the form/],
    ['Tags:"', /does not have the form/],
    ['Tags, tags:|', /given twice/],
  ])('%j is refused with a sentence', (MultiValued, message) => {
    expect(() => connect('/nowhere', { MultiValued })).toThrow(
      expect.objectContaining({ code: 'CONNECTOR_CONFIGURATION_INVALID', message: expect.stringMatching(message) }),
    );
  });

  test('may be separated by a comma or a tab, written with a backslash', async () => {
    await using folder = await Folder.with('AzureObjectID;A;B;C:D\n1;x,y;x\ty;x:y\n', {
      MultiValued: 'A:\\,, B:\\t, C:D::',
    });
    const [one] = (await folder.import()).entries;
    expect(one?.attributeChanges.map(({ valueChanges }) => valueChanges.length)).toEqual([1, 2, 2, 2]);
  });

  test('a column that is not there, or is the anchor, cannot have them', async () => {
    for (const MultiValued of ['Tagz', 'AzureObjectID']) {
      await using folder = await Folder.with('AzureObjectID;Tags\n', { MultiValued });
      await expect(folder.schema()).rejects.toMatchObject({ code: 'CSV_HEADER_INVALID' });
    }
  });
});
