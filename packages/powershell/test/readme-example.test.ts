import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { check } from '../src/check/index.ts';
import { badgeDescription } from './example/badge.ts';
import { measureBadge } from './example/measure-badge.ts';
import { openRunspace } from './runspace-in-process.ts';

const registration = { types: [badgeDescription], cmdlets: [measureBadge] };

test('the README shows the example type and cmdlet as they are', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const name of ['badge', 'measure-badge']) {
    expect(readme).toContain(readFileSync(new URL(`./example/${name}.ts`, import.meta.url), 'utf8'));
  }
});

test('a type of a few lines has members, conversions of arguments and errors; a cmdlet has binding', () => {
  const { run, errors } = openRunspace({ registration });
  expect(run('$b = [badge]::Parse("OSL-7"); $b.Office; "$b"')).toEqual(['OSL', 'badge of OSL']);
  expect(run('try { [badge]::Parse("x") } catch [FormatException] { $_.FullyQualifiedErrorId }')).toEqual([
    'FormatException',
  ]);
  expect(run('$b, [badge]::Parse("PAR-1") | Measure-Badge -Office OSL; Measure-Badge $b')).toEqual(['1', '1']);
  run('Measure-Badge 5');
  expect(errors()).toEqual(['CannotConvertArgumentNoMessage,Contoso.Commands.MeasureBadgeCommand 1:15']);
});

test('the check knows both', () => {
  const script = { text: 'Measure-Badge ([badge]::Parse("OSL-7")) -Office OSL', file: undefined };
  expect(check([script], registration).findings.filter(({ state }) => state === 'missing')).toEqual([]);
  expect(check([script]).findings.filter(({ state }) => state === 'missing')).toHaveLength(2);
});
