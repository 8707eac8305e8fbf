import { describe, expect, test } from 'vitest';
import { checkBlock } from '../src/mapping/code-zone.ts';
import { checkDataFile } from '../src/mapping/data-zone.ts';
import { parse } from '../src/syntax/parse.ts';

/** The refusals of a data file as `id line:column`. */
function data(text: string): string[] {
  const source = { text, file: 'mapping.psd1' };
  const { ast, errors } = parse(source);
  return checkDataFile(source, ast, errors).refusals.map(({ id, line, column }) => `${id} ${line}:${column}`);
}

/** The refusals of a script block as `id line:column message`. */
function code(text: string): string[] {
  const source = { text, file: undefined };
  const { ast, errors } = parse(source);
  expect(errors).toEqual([]);
  return checkBlock(source, ast).map(({ id, line, column, message }) => `${id} ${line}:${column} ${message}`);
}

describe('a data file is accepted', () => {
  test.each([
    [
      'bare, quoted and number keys, nested tables',
      `@{ externalId = 'WorkerID'; "urn:x:y" = @{ manager = @{ value = 'M' } }; 1 = 'x' }`,
    ],
    ['P-02 newlines and semicolons between entries', `@{ a = 'x'; b = 'y';; c = 'z'\n d = 1 }`],
    ['P-04 comments', `# c\n@{ <# c #> a = 'x' # c\n}`],
    ['P-05 a table that is assigned or returned', `$mapping = @{ a = 'x' }`],
    ['text after the table, which is ignored', `@{ a = 'x' }\nGet-Process`],
    [
      'arrays, constants, unary operators, casts to primitive types',
      `@{ a = @('x', 'y'); b = $true; c = $null; d = -1; e = [int]'5'; f = -not $true; g = ('x') }`,
    ],
    ['here-strings and interpolated literals', `@{ a = @'\nx\n'@; b = "$true $(1)" }`],
    ['an index on a safe value', `@{ a = @('x', 'y')[0] }`],
    ['script blocks with expressions', `@{ a = { 'work' }; emails = @(@{ value = { $_.Mail.ToLower() } }) }`],
  ])('%s', (_, text) => {
    expect(data(text)).toEqual([]);
  });
});

describe('a data file is refused', () => {
  test.each([
    ['PSD001: a syntax error', `@{ a = `, 'PSD001'],
    ['PSD002: no hashtable', `'a'`, 'PSD002 1:1'],
    ['PSD002: a hashtable only in a script block', `{ @{ a = 1 } }`, 'PSD002 1:1'],
    ['PSD003: P-06 a key twice, in any case', `@{ a = 1; A = 2 }`, 'PSD003'],
    ['PSD004: P-07 an operator', `@{\n  a = 'a' + 'b' }`, 'PSD004 2:7'],
    ['PSD004: a variable', `@{ a = $PSScriptRoot }`, 'PSD004 1:8'],
    ['PSD004: a method', `@{ a = 'x'.ToUpper() }`, 'PSD004 1:8'],
    ['PSD004: a type', `@{ a = [int] }`, 'PSD004 1:8'],
    ['PSD004: a cast that is not to a primitive type', `@{ a = [datetime]'2020-01-01' }`, 'PSD004 1:8'],
    ['PSD004: a command', `@{ a = Get-Date }`, 'PSD004 1:8'],
    ['PSD004: a statement', `@{ a = if ($true) { 'x' } }`, 'PSD004 1:8'],
    ['PSD004: interpolation of what is not safe', `@{ a = "$(Get-Date)" }`, 'PSD004 1:11'],
    [
      'PSD005: P-08 more than 500 keys',
      `@{ ${Array.from({ length: 501 }, (_, at) => `k${at} = 1`).join('; ')} }`,
      'PSD005 1:1',
    ],
    ['PSD005: more than 5,000 parts', `@{ a = @(${Array.from({ length: 5001 }, () => '1').join(',')}) }`, 'PSD005'],
    ['PSD005: more than 64 levels', `@{ a = ${'@('.repeat(70)}1${')'.repeat(70)} }`, 'PSD005'],
    ['a script block inside, at its own place', `@{ a = 'x'\n  b = { Remove-Item x } }`, 'PSB001 2:9'],
  ])('%s', (_, text, first) => {
    expect(data(text)[0]).toMatch(new RegExp(`^${first}`));
  });
});

describe('a script block is accepted', () => {
  test.each([
    [`$_.'WorkerStatus' -eq 'Active'`],
    [`$_."Legal Last Name" -in @('A', 'B') -and -not $_.X`],
    [`"$($_.First) $($_.Last)"`],
    [`$_.Phone -replace '^0', '+33'`],
    [`if ($_.A -match '^(\\d+)') { $Matches[1] } elseif ($_.B) { 'b' } else { $null }`],
    [`switch ($_.Type) { 'A' { 'x'; break } default { 'y' } }`],
    [`$v = $_.Name.Split(' ')[0..1]; ($v -join '-').ToUpper().PadLeft(10)`],
    [`[datetime]::ParseExact($_.D, 'dd/MM/yyyy', [cultureinfo]::InvariantCulture).AddDays(1).ToString('yyyy-MM-dd')`],
    [`Get-Date $_.HireDate -Format 'yyyy-MM-ddTHH:mm:ssZ'`],
    [`Get-Date -Format 'yyyy' -Date $_.HireDate`],
    [`$_.People | Where-Object Status -EQ 'Active' | Where-Object -Property Name -notlike 'x*'`],
    [`$_.List -split ';' | Where-Object { $_ } | ForEach-Object { @{ value = $_.Trim() } }`],
    [`[string]::IsNullOrEmpty($_.X) ? 'a' : ($_.Y ?? 'b')`],
    [`[System.Math]::Round(1.5); [int[]]@(1, 2); [pscustomobject]@{ a = 1 }; [ordered]@{ b = 2 }`],
    [`try { [int]$_.N } catch { 0 }`],
    [`return "$_ \${x}"`],
  ])('%s', (text) => {
    expect(code(text)).toEqual([]);
  });
});

describe('a script block is refused', () => {
  test.each([
    [`1; Remove-Item x`, `PSB001 1:4 command 'Remove-Item' is not available in mapping script blocks`],
    [`/bin/ls`, `PSB001 1:1 command '/bin/ls' is not available in mapping script blocks`],
    [`Get-Date`, `PSB001 1:1 command 'Get-Date' without a date is not available in mapping script blocks`],
    [`Get-Date -Format yyyy`, `PSB001 1:1 command 'Get-Date' without a date is not available in mapping script blocks`],
    [
      `'x' | ForEach-Object Trim`,
      `PSB001 1:7 command 'ForEach-Object' takes only script blocks in mapping script blocks`,
    ],
    [`iex '1'`, `PSB001 1:1 command 'iex' is not available in mapping script blocks`],
    [`[System.IO.File]::ReadAllText('x')`, `PSB002 1:2 type [System.IO.File] is not available`],
    [`[scriptblock]::Create('1')`, `PSB002 1:2 type [scriptblock] is not available`],
    [`$_ -as [type]`, `PSB002 1:9 type [type] is not available`],
    [
      `[System.Collections.Generic.List[string]]::new()`,
      `PSB002 1:2 type [System.Collections.Generic.List[string]] is not available`,
    ],
    [`$x.GetType()`, `PSB003 1:4 method 'GetType' on values is not available`],
    [`$x.psobject.Methods`, `PSB003 1:4 property 'psobject' on values is not available`],
    [`$x.$m()`, `PSB003 1:4 method '$m' on values is not available`],
    [`[datetime]::Now`, `PSB003 1:13 property 'Now' on [datetime] is not available`],
    [`$t::Now`, `PSB003 1:5 property 'Now' on $t is not available`],
    [`$x.$p`, `PSB003 1:4 property '$p' on values is not available`],
    [`$x.('ps' + 'object')`, `PSB003 1:4 property '('ps' + 'object')' on values is not available`],
    [`$x.'psobject'`, `PSB003 1:4 property 'psobject' on values is not available`],
    [`[datetime]::get_Now()`, `PSB003 1:13 method 'get_Now' on [datetime] is not available`],
    [`[array]::CreateInstance('scriptblock', 1)`, `PSB003 1:10 method 'CreateInstance' on [array] is not available`],
    [`[hashtable]::new(1)`, `PSB003 1:14 method 'new' on [hashtable] is not available`],
    [
      `[cultureinfo]::CurrentCulture = 'de-DE'`,
      `PSB004 1:1 '[cultureinfo]::CurrentCulture =' is not supported in mapping script blocks`,
    ],
    [
      `$x, [cultureinfo]::CurrentCulture = 1, 'de-DE'`,
      `PSB004 1:5 '[cultureinfo]::CurrentCulture =' is not supported in mapping script blocks`,
    ],
    [
      `([cultureinfo]::CurrentCulture) = 'de-DE'`,
      `PSB004 1:2 '[cultureinfo]::CurrentCulture =' is not supported in mapping script blocks`,
    ],
    [`[int]::MaxValue++`, `PSB004 1:1 '[int]::MaxValue =' is not supported in mapping script blocks`],
    [`'Get-Process' -as 'scriptblock'`, `PSB002 1:19 a type named by 'scriptblock' is not available`],
    [`$x -as $t`, `PSB002 1:8 a type named by $t is not available`],
    [`$x -is 'uri'`, `PSB002 1:8 a type named by 'uri' is not available`],
    [
      `Get-Date 2020-01-01 -OutVariable global:x`,
      `PSB001 1:21 '-OutVariable' of command 'Get-Date' is not available in mapping script blocks`,
    ],
    [`Get-Date @x`, `PSB001 1:10 '@x' of command 'Get-Date' is not available in mapping script blocks`],
    [`1 | Where-Object @x`, `PSB001 1:18 '@x' of command 'Where-Object' is not available in mapping script blocks`],
    [
      `1 | Where-Object { $_ } -PipelineVariable p`,
      `PSB001 1:25 '-PipelineVariable' of command 'Where-Object' is not available in mapping script blocks`,
    ],
    [
      `$PSDefaultParameterValues = @{ 'ForEach-Object:MemberName' = 'GetType' }`,
      `PSB004 1:1 '$PSDefaultParameterValues' is not supported in mapping script blocks`,
    ],
    [`$variable:x`, `PSB004 1:1 '$variable:x' is not supported in mapping script blocks`],
    [`switch (1) { 1 { break outer } }`, `PSB004 1:18 'break' is not supported in mapping script blocks`],
    [
      `'a' -replace 'a', { Remove-Item x }`,
      `PSB001 1:21 command 'Remove-Item' is not available in mapping script blocks`,
    ],
    [`"$(Remove-Item x)"`, `PSB001 1:4 command 'Remove-Item' is not available in mapping script blocks`],
    [`$(1 > x)`, `PSB004 1:5 '> x' is not supported in mapping script blocks`],
    [`[ValidateScript({ 1 })] $x = 1`, `PSB004 1:1 '[ValidateScript()]' is not supported in mapping script blocks`],
    [`{ 1 }.Invoke()`, `PSB003 1:7 method 'Invoke' on values is not available`],
    [`@(1).ForEach('GetType')`, `PSB003 1:6 method 'ForEach' on values is not available`],
    [`& $x`, `PSB004 1:1 '&' is not supported in mapping script blocks`],
    [`. $x`, `PSB004 1:1 '.' is not supported in mapping script blocks`],
    [`'x' > out.txt`, `PSB004 1:5 '> out.txt' is not supported in mapping script blocks`],
    [`$env:PATH`, `PSB004 1:1 '$env:PATH' is not supported in mapping script blocks`],
    [`$global:x = 1`, `PSB004 1:1 '$global:x' is not supported in mapping script blocks`],
    [`$ExecutionContext`, `PSB004 1:1 '$ExecutionContext' is not supported in mapping script blocks`],
    [`function f { }`, `PSB004 1:1 'function' is not supported in mapping script blocks`],
    [`class C { }`, `PSB004 1:1 'class' is not supported in mapping script blocks`],
    [`param($x) $x`, `PSB004 1:1 'param' is not supported in mapping script blocks`],
    [`begin { 1 } end { 2 }`, `PSB004 1:1 'begin' is not supported in mapping script blocks`],
    [`trap { } 1`, `PSB004 1:1 'trap' is not supported in mapping script blocks`],
    [`continue`, `PSB004 1:1 'continue' is not supported in mapping script blocks`],
    [`exit`, `PSB004 1:1 'exit' is not supported in mapping script blocks`],
    [`switch -File x { 1 { } }`, `PSB004 1:1 'switch -File' is not supported in mapping script blocks`],
    [`while ($true) { }`, `PSB005 1:1 loops are not supported`],
    [`foreach ($i in 1) { $i }`, `PSB005 1:1 loops are not supported`],
    [`do { } until (1)`, `PSB005 1:1 loops are not supported`],
    [`for (;;) { }`, `PSB005 1:1 loops are not supported`],
    [`$_.X -match '${'a'.repeat(1001)}'`, `PSB007 1:13 regular expression rejected: longer than 1000 characters`],
    [
      `[regex]::IsMatch($_.X, '${'a'.repeat(1001)}')`,
      `PSB007 1:24 regular expression rejected: longer than 1000 characters`,
    ],
  ])('%s', (text, expected) => {
    expect(code(text)[0]).toBe(expected);
  });
});
