import { expect, test } from 'vitest';
import { BudgetExceeded } from '../src/sandbox/run-budget.ts';
import { openRunspace } from './runspace-in-process.ts';

/** A text of 2³⁰ units is more than a run may make at once. */
const tooLarge: readonly (readonly [what: string, script: string])[] = [
  ['PadLeft', "'a'.PadLeft(1073741824)"],
  ['PadRight', "'a'.PadRight(1073741824, 'x')"],
  ['new string', "[string]::new('x', 1073741824)"],
  ['StringBuilder.Append of a repeated character', "[Text.StringBuilder]::new().Append([char]'x', 1073741824)"],
  ['StringBuilder.Insert of a repeated text', "[Text.StringBuilder]::new().Insert(0, 'ab', 536870912)"],
  ['StringBuilder.Length', '$b = [Text.StringBuilder]::new(); $b.Length = 1073741824'],
  ['String.Replace', "$t = 'a' * 1048576; $u = 'b' * 1024; $t.Replace('a', $u)"],
  ['String.Replace without case', "$t = 'a' * 1048576; $u = 'b' * 1024; $t.Replace('A', $u, 'OrdinalIgnoreCase')"],
  ['StringBuilder.Replace', "$b = [Text.StringBuilder]::new('a' * 1048576); $b.Replace('a', 'b' * 1024)"],
  ['String.Join', "$u = 'b' * 1048576; [string]::Join($u, (1..1025))"],
  ['Enumerable.Repeat', "[Linq.Enumerable]::Repeat('x', 1073741824)"],
  ['ReplaceLineEndings', '$t = "`n" * 1048576; $t.ReplaceLineEndings("b" * 1024)'],
];

test.each(tooLarge)('%s asks the budget before it makes a large value', (_what, script) => {
  const { run } = openRunspace();
  expect(() => run(script)).toThrow(BudgetExceeded);
});

test('what one script changes of a culture no other sees', () => {
  const { run } = openRunspace();
  const script = "$c = [cultureinfo]::new('de-DE'); $c.NumberFormat.NumberDecimalSeparator = 'x'; (1.5).ToString($c)";
  expect(run(script)).toEqual(['1x5']);
  expect(run("(1.5).ToString([cultureinfo]'de-DE'); (1.5).ToString([cultureinfo]::GetCultureInfo('de-DE'))")).toEqual([
    '1,5',
    '1,5',
  ]);
});

test('filters of tables may nest, but not without end', () => {
  const { run, errors } = openRunspace();
  const table = "$t = [Data.DataTable]::new(); [void]$t.Columns.Add('n', [int]); [void]$t.Rows.Add(1)";
  expect(run(`${table}; $t.Select(('(' * 50) + 'n = 1' + (')' * 50)).Count`)).toEqual(['1']);
  run(`${table}; $t.Select(('(' * 100000) + 'n = 1' + (')' * 100000))`);
  expect(errors()).toEqual([expect.stringMatching(/^SyntaxErrorException /)]);
});

test('a thread that sleeps ends with its run', () => {
  const { run } = openRunspace();
  expect(() => run('[Threading.Thread]::Sleep(60000)', { milliseconds: 100 })).toThrow(BudgetExceeded);
});
