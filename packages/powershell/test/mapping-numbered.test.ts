import { isProblem } from '@joinery/problems';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BlockResult,
  type EngineValue,
  type MappedRow,
  Mapping,
  type MappingNode,
  type MappingRow,
} from '../src/index.ts';

/** A shape as plain data: blocks by their text, trimmed and in braces. */
function plain(node: MappingNode | undefined): unknown {
  switch (node?.kind) {
    case 'table':
      return Object.fromEntries(node.entries.map(({ key, value }) => [String(key), plain(value)]));
    case 'list':
      return node.items.map(plain);
    case 'block':
      return `{${node.block.text.trim()}}`;
    default:
      return node?.value;
  }
}

async function shapeOf(text: string): Promise<unknown> {
  await using mapping = await Mapping.open({ text, file: 'map.psd1' });
  return plain(mapping.shape);
}

/** The refusals of a mapping file, as `id line:column message`; none where it is accepted. */
async function refusals(text: string): Promise<readonly string[]> {
  try {
    await (await Mapping.open({ text, file: 'map.psd1' })).close();
    return [];
  } catch (error) {
    if (!isProblem(error) || error.code !== 'POWERSHELL_REFUSED' || !Array.isArray(error.cause)) throw error;
    return error.cause.map(({ id, line, column, message }) => `${id} ${line}:${column} ${message}`);
  }
}

async function mapped(mapping: Mapping, columns: readonly string[], ...rows: MappingRow[]): Promise<MappedRow[]> {
  const found: MappedRow[] = [];
  for await (const row of mapping.evaluate(columns, rows)) found.push(row);
  return found;
}

describe('mapping files', () => {
  test('P-01 files of the usual shapes are read: LF, no newline at the end', async () => {
    const employees = [
      '@{',
      "    externalId   = 'PersonNumber'",
      '    name         = @{',
      "        familyName = 'Surname'",
      "        givenName  = 'Given'",
      '    }',
      "    active       = { $_.'State' -eq 'Current' }",
      "    userName     = 'Login'",
      '    phoneNumbers = @(',
      "        @{ type = { 'mobile' }; value = 'Cell' }",
      "        @{ type = { 'fax' }; value = 'Telefax' }",
      '    )',
      '    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User" = @{',
      "        department = 'Unit'",
      "        manager    = @{ value = 'Superior' }",
      '    }',
      '}',
    ].join('\n');
    expect(await shapeOf(employees)).toEqual({
      externalId: 'PersonNumber',
      name: { familyName: 'Surname', givenName: 'Given' },
      active: "{$_.'State' -eq 'Current'}",
      userName: 'Login',
      phoneNumbers: [
        { type: "{'mobile'}", value: 'Cell' },
        { type: "{'fax'}", value: 'Telefax' },
      ],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
        department: 'Unit',
        manager: { value: 'Superior' },
      },
    });
    const contractors =
      "@{\n  externalId = 'Badge'\n  displayName = 'Whole name'\n  emails = @(@{ value = 'Mail' })\n}";
    expect(await shapeOf(contractors)).toEqual({
      externalId: 'Badge',
      displayName: 'Whole name',
      emails: [{ value: 'Mail' }],
    });
  });

  test('P-02 semicolons separate entries', async () => {
    expect(await shapeOf("@{ a = 'x'; b = 'y';; c = 'z' }")).toEqual({ a: 'x', b: 'y', c: 'z' });
  });

  test('P-03 keys may be URNs in quotes', async () => {
    expect(await shapeOf(`@{ "urn:x:y" = 'a'; 'urn:x:z' = 'b' }`)).toEqual({ 'urn:x:y': 'a', 'urn:x:z': 'b' });
  });

  test('P-04 comments are left out', async () => {
    expect(await shapeOf("# one\r\n@{ <# two #> a = 'x' # three\r\n}")).toEqual({ a: 'x' });
  });

  test('P-05 the table may be assigned to a variable, with text after it', async () => {
    expect(await shapeOf("$map = @{ a = 'x' }\nGet-Process")).toEqual({ a: 'x' });
  });

  test('P-06 a key twice, in any case, is PSD003', async () => {
    expect(await refusals("@{ a = 'x'; A = 'y' }")).toEqual([
      "PSD003 1:13 Duplicate keys 'A' are not allowed in hash literals.",
    ]);
  });

  test('P-07 an operator in the data is PSD004', async () => {
    expect(await refusals("@{ a = 'a' + 'b' }")).toEqual([
      "PSD004 1:8 dynamic expression not allowed in a data file: 'a' + 'b'",
    ]);
  });

  test('P-08 a table of 500 keys is read, one of 501 is PSD005', async () => {
    const table = (keys: number) => `@{ ${Array.from({ length: keys }, (_, at) => `k${at} = 'x'`).join('; ')} }`;
    expect(await refusals(table(500))).toEqual([]);
    expect(await refusals(table(501))).toEqual(['PSD005 1:1 data file limit exceeded: 500 keys']);
  });

  test('everything that a file is refused for is told at once, with its place', async () => {
    const text = "@{\n  a = 'x' + 'y'\n  b = { Remove-Item x }\n  c = { while ($true) { } }\n  d = $env:X\n}";
    expect((await refusals(text)).map((one) => one.slice(0, 10))).toEqual([
      'PSD004 2:7',
      'PSB001 3:9',
      'PSB005 4:9',
      'PSD004 5:7',
    ]);
  });
});

const columns = ['City', 'Mail', 'Hire', 'First', 'Last', 'False', 'List', 'Sp ace', 'a.b', 'x[1]', 'Phone', 'Empty'];
const cells = ['Paris', 'Ann@X.org', '03/04/2023', 'Ann', 'Lee', 'False', 'a;b;;c', 'sp', 'dot', 'br', '0612', ''];

/** Each behaviour as a block, and what it makes of the row. */
const behaviours: readonly (readonly [title: string, block: string, ...outputs: EngineValue[]])[] = [
  ['P-09 -eq ignores case', `$_.City -eq 'PARIS'`, true],
  ['P-09 -ceq does not', `$_.City -ceq 'PARIS'`, false],
  ['P-10 -in takes a list', `$_.City -in 'Rome', 'paris'`, true],
  ['P-11 -match sets $Matches', `if ($_.Mail -match '^(\\w+)@') { $Matches[1] }`, 'Ann'],
  ['P-12 -replace', `$_.Phone -replace '^0', '+33'`, '+33612'],
  ['P-13 -split and an index', `('one two' -split ' ')[0]`, 'one'],
  ['P-14 methods of text', `$_.Mail.ToLower()`, 'ann@x.org'],
  ['P-15 interpolation', `"$($_.First) $($_.Last)"`, 'Ann Lee'],
  ['P-16 "$_.A" is the row, then text', `"$_.First".EndsWith('}.First')`, true],
  ['P-17 if, elseif, else give a value', `if ($_.Empty) { 1 } elseif ($_.City -eq 'Paris') { 2 } else { 3 }`, 2],
  ['P-18 switch with a default', `switch ($_.City) { 'Rome' { 'R' } default { 'D' } }`, 'D'],
  ['P-18 switch with a match', `switch ($_.City) { 'paris' { 'P' } default { 'D' } }`, 'P'],
  ['P-19 a cast reads the month first', `([datetime]$_.Hire).ToString('yyyy-MM-dd')`, '2023-03-04'],
  ['P-20 ParseExact', `[datetime]::ParseExact($_.Hire, 'dd/MM/yyyy', $null).Month`, 4],
  ['P-21 dates as text', `([datetime]'2020-02-03T04:05:06').ToString('dd.MM.yy HH:mm')`, '03.02.20 04:05'],
  ['P-22 -or and -and bind alike, from the left', `$true -or $true -and $false`, false],
  ['P-23 the text "False" is true', `if ($_.False) { 'yes' } else { 'no' }`, 'yes'],
  ['P-25 an array on the left is filtered', `$_.List -split ';' -ne ''`, 'a', 'b', 'c'],
  ['P-30 names of columns with blanks', `$_.'Sp ace'`, 'sp'],
  ['P-30 with dots', `$_.'a.b'`, 'dot'],
  ['P-30 with brackets', `$_."x[1]"`, 'br'],
  ['a column that is not there is null', `$_.NoSuch`, null],
  ['nothing is nothing', `if ($_.Empty) { 1 }`],
  ['an assignment gives nothing', `$x = 1; [void]$x; $null = 2`],
  ['a block that gives a block means what that one gives', `{ 'inner' }`, 'inner'],
  ['several outputs', `'a'; 1; $true`, 'a', 1, true],
  ['a null is an output', `$null`, null],
  ['whole numbers and others', `[int]'5'; 1.5`, 5, { kind: 'number', type: 'System.Double', text: '1.5' }],
  ['variables of other blocks are not there', `$x`, null],
];

describe('script blocks', () => {
  let mapping: Mapping;
  let results: readonly BlockResult[] = [];

  beforeAll(async () => {
    const text = `@{ all = @(\n${behaviours.map(([, block]) => `{ ${block} }`).join('\n')}\n) }`;
    mapping = await Mapping.open({ text, file: 'map.psd1' });
    results = (await mapped(mapping, columns, cells))[0]?.blocks ?? [];
  });
  afterAll(() => mapping.close());

  test.each(behaviours.map(([title, block, ...outputs], at) => ({ title, block, outputs, at })))(
    '$title: $block',
    ({ outputs, at }) => {
      expect(results[at]).toEqual({ outputs, errors: [], isEnded: false });
    },
  );

  test('P-24 a method of null is PSR001 with row, attribute and place; later statements still run', async () => {
    const text = "@{\n  emails = @(@{ value = { $_.NoSuch.ToLower(); 'after' } })\n}";
    await using failing = await Mapping.open({ text, file: 'map.psd1' });
    const [, row] = await mapped(failing, ['Mail'], ['a'], ['b']);
    const [block] = row?.blocks ?? [];
    expect(block).toMatchObject({
      outputs: ['after'],
      isEnded: false,
      errors: [
        {
          id: 'PSR001',
          row: 2,
          message: 'row 2, attribute emails[0].value: You cannot call a method on a null-valued expression.',
          cause: { id: 'InvokeMethodOnNull', file: 'map.psd1', line: 2, column: 27 },
        },
      ],
    });
  });

  test('an error that ends a block leaves no output, and the next row is mapped', async () => {
    await using failing = await Mapping.open({ text: "@{ a = { 'x'; if ($_.A -eq '1') { throw 'no' } } }" });
    const rows = await mapped(failing, ['A'], ['1'], ['2']);
    expect(rows.map(({ blocks }) => blocks[0])).toMatchObject([
      { outputs: [], isEnded: true, errors: [{ message: 'row 1, attribute a: no' }] },
      { outputs: ['x'], isEnded: false, errors: [] },
    ]);
  });

  test.each([
    ['P-26', '{ Remove-Item x }', "PSB001 1:10 command 'Remove-Item' is not available in mapping script blocks"],
    ['P-27', "{ [System.IO.File]::ReadAllText('x') }", 'PSB002 1:11 type [System.IO.File] is not available'],
    ['P-28', '{ while ($true) { } }', 'PSB005 1:10 loops are not supported'],
  ])('%s %s is refused', async (_, block, refusal) => {
    expect(await refusals(`@{ a = ${block} }`)).toEqual([refusal]);
  });

  test('P-29 a regular expression that runs away ends with PSB006, the row and the place', async () => {
    const text = "@{ a = { $_.A -match '^(a+)+$' } }";
    await using slow = await Mapping.open({ text, file: 'map.psd1' }, { limits: { milliseconds: 500 } });
    const rows = slow.evaluate(['A'], [['aaa'], [`${'a'.repeat(60)}!`]]);
    await expect(rows.next()).rejects.toMatchObject({
      code: 'POWERSHELL_TIME_LIMIT',
      message: expect.stringContaining('PSB006: row 2, script block at line 1, column 8'),
    });
  });
});

describe('rows', () => {
  test('come as they are mapped: memory does not grow, and nothing is read that nobody asks for', async () => {
    await using mapping = await Mapping.open({ text: '@{ a = { $_.N } }' });
    let read = 0;
    function* rows() {
      for (; read < 100_000; read++) yield [`${read}`];
    }
    for await (const row of mapping.evaluate(['N'], rows())) {
      expect(row.blocks[0]?.outputs).toEqual([`${row.number - 1}`]);
      if (row.number === 300) break;
    }
    expect(read).toBeLessThan(1000);
    const [again] = await mapped(mapping, ['N'], ['x']);
    expect(again?.blocks[0]?.outputs).toEqual(['x']);
  });

  test('rows that are too short have nulls', async () => {
    await using mapping = await Mapping.open({ text: '@{ a = { $null -eq $_.B } }' });
    const [row] = await mapped(mapping, ['A', 'B'], ['x']);
    expect(row).toMatchObject({ cells: ['x'], blocks: [{ outputs: [true] }] });
  });
});
