import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/check/index.ts';
import { refusedCommands } from '../src/commands/refused.ts';
import { cmdlets } from '../src/commands/registry.ts';
import { openRunspace } from './runspace-in-process.ts';

/** The output of a script, then the ids of its errors. */
function outcome(script: string): string[] {
  const { run, errors } = openRunspace();
  return [...run(script), ...errors().map((one) => one.replace(/ \S+$/, ''))];
}

const objects = '1..20000 | ForEach-Object { $n++; [pscustomobject]@{ a = $_; b = "x$_" } }';

describe('what is formatted streams', () => {
  test('a list shows each object at once', () => {
    expect(outcome(`$n = 0; ${objects} | Format-List | Out-String -Stream | Select-Object -First 2; $n`)).toEqual([
      '',
      'a : 1',
      '1',
    ]);
  });

  test('a table waits for the rows that decide about its widths, no longer', () => {
    const [, header, , row, , , count] = outcome(
      `$n = 0; ${objects} | Out-String -Stream | Select-Object -First 6; $n`,
    );
    expect(header).toMatch(/^ +a b$/);
    expect(row).toMatch(/^ +1 x1$/);
    expect(count).toBe('5000');
  });

  test('a table with widths waits for nothing', () => {
    const script = `$n = 0; ${objects} | Format-Table @{ e = 'a'; width = 5 }, b | Out-String -Stream | Select-Object -First 4; $n`;
    expect(outcome(script).at(-1)).toBe('1');
  });

  test('-AutoSize waits for all', () => {
    const script = `$n = 0; ${objects} | Format-Table -AutoSize | Out-String -Stream | Select-Object -First 4; $n`;
    expect(outcome(script).at(-1)).toBe('20000');
  });

  test('a file is there line by line', () => {
    expect(
      outcome(`1..20000 | ForEach-Object { "line $_ with some text" } > o.txt; (Get-Item o.txt).Length -gt 400000`),
    ).toEqual(['True']);
  });
});

describe('giant widths and deep objects end as errors of the run or not at all', () => {
  const row = "[pscustomobject]@{ name = 'n'; v = 1 }";
  test.each([
    ['a column', `${row} | Format-Table @{ e = 'name'; width = 2000000000 }, v | Out-String -Width 2147483647`],
    ['a screen', `@{ a = 1 } | Format-Table -Wrap | Out-String -Width 2147483647`],
    ['a wide list', `${row} | Format-Wide -Column 2147483647 | Out-String -Width 2147483647`],
    [
      'aligned text',
      `${row} | Format-Table @{ e = 'v'; width = 2000000000; align = 'right' } | Out-String -Width 2147483647`,
    ],
  ])('%s', (_, script) => {
    const { run } = openRunspace();
    let shown = 0;
    try {
      shown = run(script).join('').length;
    } catch (error) {
      expect(String(error)).toMatch(/limit|memory|large|bytes/i);
    }
    expect(shown).toBeLessThan(1000);
    expect(run("'usable'")).toEqual(['usable']);
  });

  test('more columns than fit are left out', () => {
    expect(
      outcome(
        "(1..3 | ForEach-Object { [pscustomobject]@{ n = $_ } } | Format-Wide n -Column 2147483647 | Out-String).Trim() -replace ' +', ' '",
      ),
    ).toEqual(['1 2 3']);
  });

  test('an object that holds itself is shown to a depth', () => {
    const script =
      '$o = [pscustomobject]@{ name = 1; me = $null }; $o.me = $o; ($o | Format-Custom -Depth 2147483647 | Out-String).Length -gt 100; ($o | Format-List | Out-String).Length -lt 200';
    expect(outcome(script)).toEqual(['True', 'True']);
  });

  test('thousands of properties take linear time', () => {
    const script =
      '$h = [ordered]@{}; 1..20000 | ForEach-Object { $h["p$_"] = $_ }; $o = [pscustomobject]$h; ($o | Format-Table * | Out-String -Width 40).Length; ($o | Out-String).Length -gt 100000';
    const [table, list] = outcome(script);
    expect(Number(table)).toBeLessThan(500);
    expect(list).toBe('True');
  });
});

describe('Select-String', () => {
  test('reads no further than it must', () => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'big.txt'), `first\n${'x'.repeat(99)}\n`.repeat(20_000));
    expect(
      run('Select-String first big.txt -List | ForEach-Object LineNumber; Select-String first big.txt -Quiet'),
    ).toEqual(['1', 'True']);
    expect(run('(Select-String first big.txt | Select-Object -First 2).LineNumber')).toEqual(['1', '3']);
  });

  test('gives lines of any context in linear memory of the context', () => {
    const { run } = openRunspace();
    expect(run("(1..3000 | ForEach-Object { 'x' } | Select-String x -Context 5 | Measure-Object).Count")).toEqual([
      '3000',
    ]);
  });
});

describe('commands that are deliberately absent', () => {
  test('are named with a reason by the check', () => {
    const { findings } = check([
      { text: 'Start-Job { 1 }; sajb { 1 }; Microsoft.PowerShell.Utility\\Read-Host x', file: 's.ps1' },
    ]);
    const missing = findings.filter(({ state }) => state === 'missing');
    expect(missing.map(({ why = '' }) => why.replace(/:.*/, ''))).toEqual([
      'Start-Job is not here',
      'Start-Job is not here',
      'Microsoft.PowerShell.Utility\\Read-Host is not here',
    ]);
  });

  test('are not among those that are there', () => {
    expect(cmdlets.map(({ name }) => name).filter((name) => refusedCommands.has(name.toLowerCase()))).toEqual([]);
  });

  test('Add-Type takes names of assemblies, and code is missing', () => {
    const states = (text: string) =>
      check([{ text, file: 's.ps1' }])
        .findings.map(({ state }) => state)
        .includes('missing');
    expect(states('Add-Type -AssemblyName System.Web')).toBe(false);
    expect(states("Add-Type 'class X {}'")).toBe(true);
    expect(states("Add-Type -TypeDefinition 'class X {}'")).toBe(true);
    expect(outcome('Add-Type -AssemblyName System.Xml; 1')).toEqual(['1']);
    expect(outcome("Add-Type 'class X {}'; 1")).toEqual([
      '1',
      'NotSupported,Microsoft.PowerShell.Commands.AddTypeCommand',
    ]);
  });
});

test('type data belongs to its runspace', () => {
  const script = "Update-TypeData -TypeName System.String -MemberType NoteProperty -MemberName Mine -Value 5; 'x'.Mine";
  expect(outcome(script)).toEqual(['5']);
  expect(outcome("$null -eq 'x'.Mine")).toEqual(['True']);
});
