import { expect, test } from 'vitest';
import type { CheckReport } from '../src/check/index.ts';
import { check, referencedFiles } from '../src/check/index.ts';

function checkText(...texts: readonly string[]): CheckReport {
  return check(texts.map((text, at) => ({ text, file: `script${at}.ps1` })));
}

/** What is not covered, as `line:column state name`. */
function open(...texts: readonly string[]): string[] {
  return checkText(...texts)
    .findings.filter(({ state }) => state !== 'covered')
    .map(({ line, column, state, name }) => `${line}:${column} ${state} ${name}`);
}

test('an unknown command, type, static member and method are each missing, at their place', () => {
  expect(
    open(`$x = 1
Get-Nothing $x
[Nothing.AtAll]::Go()
  [string]::Nothing('a')
'a'.Nothing()`),
  ).toEqual([
    '2:1 missing Get-Nothing',
    '3:1 missing [Nothing.AtAll]',
    '4:13 missing [string]::Nothing()',
    '5:5 missing [string].Nothing()',
  ]);
});

test('functions, filters, aliases, classes and enums of any checked script are known to all', () => {
  expect(
    open(
      `Get-Mine; gm2; [Mine]::new().Say(); [Colour]::Red`,
      `function Get-Mine { }; Set-Alias gm2 Get-Mine; class Mine { [void] Say() { } }; enum Colour { Red }`,
    ),
  ).toEqual([]);
});

test('a parameter that a cmdlet does not have is missing; an abbreviation and a common parameter are covered', () => {
  const { findings } = checkText(`Write-Output 1 -NoEn -ErrorAction Stop -Nothing`);
  expect(findings.filter(({ kind }) => kind === 'parameter').map(({ name, state }) => [name, state])).toEqual([
    ['Write-Output -NoEnumerate', 'covered'],
    ['Write-Output -ErrorAction', 'covered'],
    ['Write-Output -Nothing', 'missing'],
  ]);
});

test('what is known only when it runs is approximated', () => {
  expect(open(`& $command; Invoke-Expression $text; $x.$method(); New-Object $type`)).toEqual([
    '1:3 approximated $command',
    '1:13 approximated Invoke-Expression',
    '1:41 approximated $method',
    '1:63 approximated $type',
  ]);
});

test('workflows, jobs and drives that do not exist are missing', () => {
  expect(open(`Get-Variable &`)).toEqual(['1:1 missing background job (&)']);
  expect(open(`$hklm:x`)).toEqual(['1:1 missing $hklm:x']);
});

test('a member of an unknown value is looked for among all types; a property of one never fails', () => {
  expect(open(`param($x) $x.Anything; $x.ToUpper(); $x.Nothing()`)).toEqual(['1:41 missing .Nothing()']);
});

test('a method of an unknown value is sure where common types have it, else it is known only when it runs', () => {
  expect(open(`param($x) $x.Add(1); $x.Trim(); $x.SelectNodes('a'); $x.Close()`)).toEqual([
    '1:57 approximated .Close()',
  ]);
});

test('a parameter that is left out is missing with the reason; the cmdlet without it is covered', () => {
  expect(open(`1 | ForEach-Object { $_ }; New-Object -TypeName object; 1 | ForEach-Object -Parallel { $_ }`)).toEqual([
    '1:76 missing ForEach-Object -Parallel',
  ]);
});

test('a variable whose every value has one type is of that type', () => {
  expect(open(`$s = 'a'; $s.Add(1)`)).toEqual(['1:14 missing [string].Add()']);
  expect(open(`$s = 'a'; $s = Get-Variable; $s.Add(1)`)).toEqual([]);
  expect(open(`param([string] $s) $s.Add(1)`)).toEqual(['1:23 missing [string].Add()']);
});

test('a script that does not parse says why and does not run', () => {
  const report = checkText(`if ($x {`);
  expect(report.runs).toBe(false);
  expect(report.syntaxErrors[0]).toMatchObject({ file: 'script0.ps1', line: 1 });
});

test('names like constructor and __proto__ are unknown names like any other', () => {
  expect(open(`constructor; __proto__; [__proto__]::hasOwnProperty(); 'a'.constructor(); 'a'.__proto__()`)).toEqual([
    '1:1 missing constructor',
    '1:14 missing __proto__',
    '1:25 missing [__proto__]',
    '1:60 missing [string].constructor()',
    '1:79 missing [string].__proto__()',
  ]);
});

test('what may come from a file or module that was not checked is not called missing; the module itself is', () => {
  expect(open(`. $PSScriptRoot/other.ps1; Get-Other; [Other]::new()`)).toEqual([
    '1:3 approximated $PSScriptRoot/other.ps1',
    '1:3 approximated ./other.ps1',
    '1:28 approximated Get-Other',
    '1:39 approximated [Other]',
  ]);
  expect(open('Import-Module ActiveDirectory')).toContain('1:15 missing ActiveDirectory');
  expect(open('Import-Module Microsoft.PowerShell.Utility')).not.toContain('missing');
});

test('the files that a script names are found', () => {
  const text = `
using module ./a.psm1
. $PSScriptRoot/b.ps1
& "$PSScriptRoot/c.ps1" -X 1
. (Join-Path $PSScriptRoot 'd/d.ps1')
Import-Module -Name ($PSScriptRoot + '/e.psm1')
./f.ps1
. $somewhere
Import-Module Plain`;
  expect(referencedFiles({ text, file: '/scripts/main.ps1' })).toEqual(
    ['a.psm1', 'b.ps1', 'c.ps1', 'd/d.ps1', 'f.ps1'].map((name) => `/scripts/${name}`),
  );
});
