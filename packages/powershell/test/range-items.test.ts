import { expect, test } from 'vitest';
import { BudgetExceeded } from '../src/sandbox/run-budget.ts';
import { openRunspace } from './runspace-in-process.ts';

test.each([
  ['a pipeline', '1..2000000000 | Select-Object -First 2', ['1', '2']],
  ['a pipeline that counts down', '2000000000..1 | Select-Object -First 2', ['2000000000', '1999999999']],
  ['what a function writes', 'function F { 1..2000000000 } F | Select-Object -First 2', ['1', '2']],
  ['foreach', 'foreach ($i in 1..2000000000) { $i; if ($i -eq 2) { break } }', ['1', '2']],
  ['switch', 'switch (1..2000000000) { 2 { $_; break } }', ['2']],
])('a range is counted through and never made: %s', (_, script, output) => {
  expect(openRunspace().run(script)).toEqual(output);
});

test('a pipeline of many numbers through commands of the engine ends with its time', () => {
  for (const command of [
    'Out-Null',
    'Measure-Object',
    'ForEach-Object { }',
    'Where-Object { }',
    'Write-Output | Out-Null',
  ]) {
    expect(() => openRunspace().run(`1..2000000000 | ${command}`, { milliseconds: 100 })).toThrow(BudgetExceeded);
  }
});

test('the ends of a range are evaluated once, whatever they are', () => {
  const { run } = openRunspace();
  const ends = '$n = 0; function End($x) { $script:n++; $x }';
  expect(run(`${ends}; foreach ($i in (End 1L)..(End '3')) { $i }; $n`)).toEqual(['1', '2', '3', '2']);
  expect(run(`${ends}; switch ((End 'a')..(End 'c')) { default { $_ } }; $n`)).toEqual(['a', 'b', 'c', '2']);
  expect(run(`${ends}; (End 1L)..(End 2) | ForEach-Object { $_ }; $n`)).toEqual(['1', '2', '2']);
});

test('a range that is too long fails where it is walked as where it is made', () => {
  const range = '[int]::MinValue..[int]::MaxValue';
  for (const script of [range, `${range} | Out-Null`, `foreach ($i in ${range}) { }`, `$a = ${range}`]) {
    const { run, errors } = openRunspace();
    run(script);
    expect(errors().map((error) => error.split(' ')[0])).toEqual(['System.OverflowException']);
  }
});
