import { expect, test } from 'vitest';
import { BudgetExceeded } from '../src/sandbox/run-budget.ts';
import { cultureOf } from '../src/types/globalization/culture.ts';
import { beginCulture, currentCulture, setCurrentCulture } from '../src/types/globalization/current-culture.ts';
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
  ['Enumerable.Range', '[Linq.Enumerable]::Range(1, 1073741824)'],
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

test('the current culture is what the run has set, in what it calls too, and no other run sees it', () => {
  const { run } = openRunspace();
  const { run: runElsewhere } = openRunspace();
  const culture = "[cultureinfo]::CurrentCulture.Name + '|' + $PSCulture + '|' + (1.5).ToString()";
  const set = "function german { [cultureinfo]::CurrentCulture = 'de-DE' }; & { german }";
  expect(run(`${set}; ${culture}; (New-Module { function g { ${culture} } } | Out-Null); g`)).toEqual([
    'de-DE|de-DE|1,5',
    'de-DE|de-DE|1,5',
  ]);
  expect(run(culture)).toEqual(['||1.5']);
  expect(() => run("german; throw 'ended'")).toThrow('ended');
  expect(run(culture)).toEqual(['||1.5']);
  expect(runElsewhere(culture)).toEqual(['||1.5']);
});

test('a run inside of a run leaves the outer culture as it was', () => {
  const end = beginCulture();
  try {
    const german = cultureOf('de-DE');
    if (german === undefined) throw new Error('German is known');
    setCurrentCulture(german);
    expect(openRunspace().run("(1.5).ToString(); [cultureinfo]::CurrentCulture = 'fr-FR'")).toEqual(['1.5']);
    expect(currentCulture()).toBe(german);
  } finally {
    end();
  }
  expect(currentCulture()).toBeUndefined();
});

test('filters of tables may nest, but not without end', () => {
  const { run, errors } = openRunspace();
  const table = "$t = [Data.DataTable]::new(); [void]$t.Columns.Add('n', [int]); [void]$t.Rows.Add(1)";
  expect(run(`${table}; $t.Select(('(' * 50) + 'n = 1' + (')' * 50)).Count`)).toEqual(['1']);
  run(`${table}; $t.Select(('(' * 100000) + 'n = 1' + (')' * 100000))`);
  expect(errors()).toEqual([expect.stringMatching(/^SyntaxErrorException /)]);
});

test('a search by the rules of language ends with its run', () => {
  const { run } = openRunspace();
  const search = "$t = [string]::new([char]0x4e00, 100000); $t.IndexOf([string]::new([char]0x4e00, 50000) + 'x')";
  expect(() => run(search, { milliseconds: 200 })).toThrow(BudgetExceeded);
  expect(
    run("$t = 'äöü' * 100000 + 'ß'; $t.IndexOf('ÜÄx', [StringComparison]::CurrentCultureIgnoreCase); $t.IndexOf('ü')"),
  ).toEqual(['-1', '2']);
});

test('a thread that sleeps ends with its run', () => {
  const { run } = openRunspace();
  expect(() => run('[Threading.Thread]::Sleep(60000)', { milliseconds: 100 })).toThrow(BudgetExceeded);
});

test('a date among many blanks is read or refused within its run', () => {
  const { run } = openRunspace();
  const script = `$blanks = ' ' * 200000; $date = [datetime]::MinValue
    [datetime]::TryParse("2024-05-06\${blanks}x", [ref]$date); [datetime]::TryParse("\${blanks}x", [ref]$date)
    [datetime]::Parse("2024-05-06\${blanks}10:20").ToString('s')`;
  expect(run(script, { milliseconds: 3_000 })).toEqual(['False', 'False', '2024-05-06T10:20:00']);
});
