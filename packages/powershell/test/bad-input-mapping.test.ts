import { describe, expect, test } from 'vitest';
import { builtInAliases } from '../src/commands/built-in-aliases.ts';
import { cmdlets } from '../src/commands/registry.ts';
import { type InvokeOptions, Mapping } from '../src/index.ts';
import { allowedCommands, allowedTypes, foldedTypeName } from '../src/mapping/allowed.ts';
import { checkBlock } from '../src/mapping/code-zone.ts';
import { Collector, nowhere } from '../src/runtime/output.ts';
import { Runspace } from '../src/runtime/runspace.ts';
import { RunBudget } from '../src/sandbox/run-budget.ts';
import { parse } from '../src/syntax/parse.ts';
import { descriptions } from '../src/types/registered.ts';
import { createWorld } from '../src/world/world.ts';
import { openEngine, outputOf } from './open-engine.ts';

function refusals(text: string): string[] {
  const source = { text, file: undefined };
  const { ast, errors } = parse(source);
  expect(errors, text).toEqual([]);
  return checkBlock(source, ast).map(({ id }) => id);
}

describe('nothing outside of the lists passes the check of mappings', () => {
  const names = [
    ...cmdlets.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
    ...builtInAliases.map((a) => a.name),
  ];

  test('no other command, under any of its names', () => {
    for (const name of names.filter((each) => !allowedCommands.has(each.toLowerCase()))) {
      expect(refusals(`${name} x`), name).toContain('PSB001');
      expect(refusals(`1 | ${name}`), name).toContain('PSB001');
      expect(refusals(`Microsoft.PowerShell.Utility\\${name}`), name).toContain('PSB001');
    }
  });

  test('no other type, under any of its names, in any place', () => {
    const types = descriptions.flatMap(({ name, accelerators = [] }) => [name.replace(/`.*/, ''), ...accelerators]);
    for (const type of types.filter((each) => !allowedTypes.has(foldedTypeName(each)))) {
      for (const text of [`[${type}]`, `[${type}]::x`, `[${type}] $x`, `$x -as [${type}]`, `[${type}[]] $x`]) {
        expect(refusals(text), text).toContain('PSB002');
      }
      expect(refusals(`$x -as '${type}'`), type).toContain('PSB002');
    }
  });
});

describe('what the check should overlook does not run all the same', () => {
  function mapping(script: string): readonly unknown[] {
    const out = new Collector();
    const error = new Collector();
    const limits = { milliseconds: 5_000, callDepth: 100, valueBytes: 1e6, memoryBytes: 1e9, outputBytes: 1e6 };
    const streams = {
      error,
      warning: nowhere,
      verbose: nowhere,
      debug: nowhere,
      information: nowhere,
      progress: nowhere,
    };
    const world = createWorld({ grants: [], profile: 'mapping' });
    Runspace.open({ world, budget: new RunBudget(limits), location: '/', streams }).invoke(script, { out });
    return out.items;
  }

  test.each([
    ["'1' -as 'scriptblock'"],
    ["[scriptblock]::Create('1')"],
    ["$a = [array]::CreateInstance('scriptblock', 1); $a[0] = '1'; $a[0]"],
    ["1 | Where-Object -FilterScript 'Set-Variable x 1; $true'"],
    ["$ExecutionContext.InvokeCommand.NewScriptBlock('1')"],
    ["Invoke-Expression '1'"],
    ['Get-ChildItem /'],
    ['& (Get-Command Get-Location)'],
    ['gci'],
  ])('%s', (script) => {
    expect(mapping(`try { ${script} } catch { }`).filter((value) => value !== null)).toEqual([]);
  });
});

describe('a mapping that is refused or breaks its budget', () => {
  const endings: readonly (readonly [string, string, RegExp, InvokeOptions])[] = [
    ['a command', 'Get-Process', /PSB001/, {}],
    ['a loop', 'while ($true) { }', /PSB005/, {}],
    [
      'a regular expression that runs away',
      "('a' * 60 + '!') -match '^(a+)+$'",
      /PSB006/,
      { limits: { milliseconds: 300 } },
    ],
    ['a pipeline without an end', '1..2147483646 | ForEach-Object { }', /PSB006/, { limits: { milliseconds: 300 } }],
    ['a giant text', "'x' * 1000000000", /PSB006/, {}],
  ];

  test.each(endings)('ends with its id, and the engine goes on: %s', async (_, script, id, options) => {
    const engine = await openEngine({ profile: 'mapping' });
    await expect(outputOf(await engine.run(), script, {}, options)).rejects.toThrow(id);
    expect(await outputOf(await engine.run(), "'usable'")).toEqual(['usable']);
  });
});

describe('a mapping file that is hostile', () => {
  const files: readonly (readonly [title: string, text: string, id: RegExp])[] = [
    ['too many parts', `@{ a = @(${Array.from({ length: 6000 }, () => '1').join(',')}) }`, /PSD005: .*5000 parts/],
    ['too many levels', `@{ a = ${'@('.repeat(70)}1${')'.repeat(70)} }`, /PSD005: .*64 levels/],
    ['more than a mebibyte', `@{ a = '${'x'.repeat(2 ** 20)}' }`, /PSD005: .*1 MiB/],
    ['parentheses without an end', '('.repeat(100_000), /PSD001/],
    ['nested blocks without an end', `@{ a = ${'{'.repeat(50_000)}`, /PSD001/],
    ['a deep table', `@{ a = ${'@{ b = '.repeat(5_000)}1${' }'.repeat(5_001)}`, /PSD00[15]/],
    ['a cast that fails', "@{ a = [int]'x' }", /PSD004/],
    ['an index on nothing', '@{ a = @(1)[0][5][7] }', /PSD00/],
    ['nothing at all', '', /PSD002/],
    ['zeros', '\0'.repeat(1000), /PSD00/],
  ];

  test.each(files)('is refused with its id: %s', async (_, text, id) => {
    await expect(Mapping.open({ text, file: 'm.psd1' }, { limits: { milliseconds: 5_000 } })).rejects.toThrow(id);
  });

  test('a key is no way to the prototype of a table, a column none to that of a row', async () => {
    const text = '@{ __proto__ = { $_.__proto__ }; constructor = { $_.constructor.name }; a = { $_.hasOwnProperty } }';
    await using mapping = await Mapping.open({ text });
    expect(mapping.shape.entries.map(({ key }) => key)).toEqual(['__proto__', 'constructor', 'a']);
    const values: unknown[] = [];
    for await (const row of mapping.evaluate(['__proto__', 'b'], [['x', 'y']])) {
      values.push(...row.blocks.map(({ outputs }) => outputs));
    }
    expect(values).toEqual([['x'], [null], [null]]);
  });

  test('a block without an end is ended for its row, and told with its place', async () => {
    await using mapping = await Mapping.open(
      { text: '@{ a = { 1..2147483646 | ForEach-Object { } } }', file: 'm.psd1' },
      { limits: { milliseconds: 300 } },
    );
    await expect(mapping.evaluate(['A'], [['x']]).next()).rejects.toThrow(
      /PSB006: row 1, script block at line 1, column 8/,
    );
  });
});
