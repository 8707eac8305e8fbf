import { expect, test } from 'vitest';
import { runVector } from '../src/vectors/run-vector.ts';
import { realAnswers } from './real/answers.ts';

/* Corners that no recorded vector has, asked of the PowerShell that is installed here. */

const scripts = [
  // Text and numbers
  `"$(1.0)$(1e20)$(1.50d)$(0.1+0.2)"; (0.1+0.2).ToString(); [string]1e-7; 1e15; 123456789012345678d`,
  `1/3; 10/4; 7/7; [int]2.5; [int]3.5; [int]-2.5; -7 % 3; 7 % -3; 5.5 % 2`,
  `[int]::MaxValue + 1; [long]::MaxValue + 1; 2147483647 * 2; -[int]::MinValue; 1kb; 1.5mb; 0x7fffffff; 0xffffffff`,
  `'5' + 3; 3 + '5'; '5' * 3; '5' - '3'; 'a' * 0; @(1, 2) + 3; @(1, 2) * 2; @{ a = 1 } + @{ b = 2 }`,
  `[byte]255 + 1; [decimal]1.10 + 1; 1d / 3; [double]::NaN -eq [double]::NaN; [char]'a' + 1; 'a' + [char]'b'`,
  `[int]'0x10'; [int]' 12 '; [double]'1e3'; [bool]'False'; [bool]''; [bool]@(0); [bool]@(0, 0); [int]$true; [int][char]'A'`,
  `'{0:N2}|{0,10:F1}|{1:X4}|{2:yyyy}' -f 1234.567, 255, [datetime]'2020-02-03'`,
  `"a\`tb\`u{1F600}'\`"$([char]0x41)"; 'it''s'; "a""b"`,
  `'abc'[0]; 'abc'[-1]; 'abc'[0, 2]; -join 'abc'[2..0]; 'abc'[5] -eq $null`,
  `'a,b;c' -split '[,;]'; 'a1b2' -split '\\d'; 'abc' -split ''; ' a  b ' -split ' '; -split ' a  b '; 'a,b,c' -split ',', 2`,
  `'Hello' -replace 'l', 'L'; 'Hello' -creplace 'L', 'x'; 'a.b' -replace '.', '-'; 'abc' -replace '(b)', '[$1]'; 'abc' -replace 'b', { $_.Value.ToUpper() }`,
  `'abc' -like 'A*'; 'abc' -clike 'A*'; 'a[b' -like 'a\`[b'; 'abc' -match '^a(?<x>.)'; $Matches.x; $Matches[0]; 'ABC' -cmatch 'abc'`,
  `'a' -lt 'B'; 'a' -clt 'A'; 'é' -eq "e\`u{301}"; 'ß' -eq 'ss'; '' -eq $null; $null -lt 1; 'a-b' -lt 'ab'`,
  // Arrays and dictionaries
  `@(); @(1).Count; , 1 | ForEach-Object { $_.GetType().Name }; @(, 1).Count; (1, 2), 3 | ForEach-Object { $_.Count }; @($null).Count`,
  `$a = 1, 2, 3; $a[1..5]; $a[-1, 0]; $a[3] -eq $null; $a -contains 2; $a -eq 2; $a -ne 2; ($a -eq 9).Count; $a -join '-'`,
  `$h = @{ b = 1; A = 2 }; $h['a']; $h.B; $h.Keys | Sort-Object; $h.Count; $h.ContainsKey('B'); $h.Remove('a'); $h.Count; $h.x -eq $null`,
  `$o = [ordered]@{ z = 1; a = 2 }; $o[0]; $o['a']; $o.Keys -join ','; $o.Insert(1, 'm', 3); $o.Values -join ','; $o.Contains('M')`,
  `$l = [System.Collections.Generic.List[int]]::new(); $l.Add(1); $l.Add('2'); $l.Count; $l[1]; try { $l.Add('x') } catch { $_.FullyQualifiedErrorId }`,
  `$a = 1..3; $b = $a; $b += 4; $a.Count; $b.Count; $x, $y, $z = 1, 2, 3, 4; $z.Count; $x, $y = 1; $y -eq $null`,
  `$m = [int[,]]::new(2, 2); $m[1, 1] = 5; $m[1, 1]; $m.Length; $m.Rank`,
  // Control
  `foreach ($i in 1..3) { if ($i -eq 2) { continue }; $i }; :out foreach ($i in 1..3) { foreach ($j in 1..3) { if ($j -eq 2) { continue out }; "$i$j" } }`,
  `switch (1, 2, 'a') { 1 { 'one' } { $_ -is [int] } { 'int' } 'A' { 'letter'; break } default { 'none' } }`,
  `switch -Regex ('abc') { '^a(.)' { $Matches[1] } 'c$' { 'end' } }; switch -Wildcard ('abc') { 'a*' { 1 } '?b?' { 2 } }`,
  `$i = 0; do { $i++ } while ($i -lt 3); $i; do { $i-- } until ($i -le 0); $i; for ($i = 0, 5; $i[0] -lt 2; $i[0]++) { $i[0] }`,
  `$x = if ($false) { 1 }; $null -eq $x; $y = foreach ($i in 1..2) { $i }; $y.Count; $z = while ($false) { }; @($z).Count`,
  `try { try { throw 'a' } finally { 'f' } } catch { "c $_" }; try { 1 / 0 } catch [DivideByZeroException] { 'div' } catch { 'other' }`,
  `function f { return 1, 2; 3 }; (f).Count; function g { , @(1, 2) }; (g).Count; function h { 'a'; return; 'b' }; h`,
  // Functions and binding
  `function f([int] $a, [string[]] $b, [switch] $c) { "$a|$($b -join ',')|$c" }; f 1 x, y; f -b q -a 3 -c; f '4'; f -c:$false 2; try { f x } catch { $_.FullyQualifiedErrorId }`,
  `function f { param([Parameter(Mandatory)] $x, [Parameter(ValueFromPipeline)] $p) process { "$x$p" } }; 1, 2 | f -x a; try { f -x a -zz 1 } catch { $_.FullyQualifiedErrorId }`,
  `function f { [CmdletBinding(DefaultParameterSetName = 'A')] param([Parameter(ParameterSetName = 'A')] $a, [Parameter(ParameterSetName = 'B')] $b) $PSCmdlet.ParameterSetName }; f; f -b 1; try { f -a 1 -b 2 } catch { $_.FullyQualifiedErrorId }`,
  `function f { param([ValidateRange(1, 5)] [int] $n, [ValidateSet('a', 'b')] $s) "$n$s" }; f 3 A; try { f 9 } catch { $_.FullyQualifiedErrorId }; try { f 1 c } catch { $_.Exception.Message }`,
  `function f { $args.Count; $args[0] }; f 1 -x 2; f -a:1; $p = @{ a = 1 }; f @p; $q = 1, 2; f @q`,
  `function f { begin { 'b' } process { $_ * 2 } end { 'e' } }; 1, 2 | f; filter g { $_ + 1 }; 1, 2 | g; function i { @($input).Count }; 1, 2 | i`,
  `$b = { param($x) $x * $y }; $y = 3; & $b 2; $c = $b.GetNewClosure(); $y = 5; & $c 2; & $b 2; . { $z = 9 }; $z; & { $z = 1 }; $z`,
  `function f { $x = 1; g }; function g { $x; $script:x; $x = 2 }; $x = 0; f; $x; & { $local:x = 7; $global:x; $x }`,
  // Pipelines and cmdlets
  `1..5 | Where-Object { $_ % 2 } | ForEach-Object { $_ * 10 } | Select-Object -First 2; 3, 1, 2 | Sort-Object -Descending; 'b', 'a' | Sort-Object`,
  `1..4 | Group-Object { $_ % 2 } | ForEach-Object { "$($_.Name):$($_.Count)" }; 1, 2, 3 | Measure-Object -Sum -Average | ForEach-Object { $_.Sum; $_.Average }`,
  `[pscustomobject]@{ a = 1; b = 2 } | Select-Object a, @{ n = 'c'; e = { $_.b * 2 } }; [pscustomobject]@{ a = 1 } | Get-Member -MemberType NoteProperty | ForEach-Object Name`,
  `'a', 'b' | ForEach-Object -Begin { 'x' } -Process { $_ } -End { 'y' }; 1..3 | ForEach-Object ToString; @{ a = 1 }.GetEnumerator() | ForEach-Object { $_.Key }`,
  `1, 2 | Tee-Object -Variable t | Out-Null; $t; $r = 1, 2 | ForEach-Object { $_ } -OutVariable o; $o.Count; 'a' | Write-Output -OutVariable p | Out-Null; $p`,
  `$null | ForEach-Object { 'once' }; @() | ForEach-Object { 'never' }; (@($null, 1) | ForEach-Object { 1 }).Count; 1 | & { process { $_ } end { 'e' } }`,
  `Write-Error 'e' -ErrorAction SilentlyContinue; $?; $Error[0].ToString(); Write-Warning 'w'; Write-Verbose 'v' -Verbose; Write-Information 'i'; 1 2>&1; Get-Nothing 2>&1 | ForEach-Object { $_.FullyQualifiedErrorId }`,
  `$ErrorActionPreference = 'Stop'; try { Get-Item ./none } catch { $_.CategoryInfo.Category; $_.Exception.GetType().Name }; 1 / 1`,
  // Objects and types
  `$o = [pscustomobject]@{ a = 1 }; $o | Add-Member s -Value { $this.a + 1 } -MemberType ScriptMethod; $o.s(); $o | Add-Member ScriptProperty p { $this.a * 5 }; $o.p; $o.psobject.Properties.Name -join ','; "$o"`,
  `class P { [string] $N; static [int] $C; P([string] $n) { $this.N = $n; [P]::C++ } [string] ToString() { return "<$($this.N)>" } }; class Q : P { Q() : base('q') { } [string] Up() { return $this.N.ToUpper() } }; "$([P]::new('x'))"; [Q]::new().Up(); [P]::C; [Q]::new() -is [P]`,
  `enum E { A; B = 5; C }; [E]::C; [int][E]::B; [E]'a'; 5 -as [E]; 'z' -as [E]; [E].IsEnum; [enum]::GetNames([E]) -join ','; [E]::A -eq 'a'`,
  `[int] -is [type]; 1 -is [int]; 1 -is [object]; 'a' -is [string]; @() -is [array]; $null -is [object]; { } -is [scriptblock]; 1 -as [string]; 'x' -as [int]; [int].FullName`,
  `$x = 5; $x.GetType().Name; [math]::Max(1, 2.5); [math]::Round(2.5); [math]::Round(1.005, 2); [string]::Join('-', 1, 2); 'a'.PadLeft(3, '*'); 'abc'.Substring(1)`,
  `[datetime]'2024-02-29' | ForEach-Object { $_.AddYears(1).ToString('yyyy-MM-dd'); $_.DayOfWeek; $_.DayOfYear }; ([datetime]'2024-03-01' - [datetime]'2024-02-28').Days; [timespan]'1:30' | ForEach-Object TotalMinutes`,
  `$null.Foo -eq $null; try { $null.Foo() } catch { $_.FullyQualifiedErrorId }; try { 'a'.Foo() } catch { $_.FullyQualifiedErrorId }; 'a'.Foo -eq $null; $null ?? 'd'; $u?.Length -eq $null; $v ??= 3; $v`,
  `Set-StrictMode -Version 3; try { $undefined } catch { $_.FullyQualifiedErrorId }; try { @{ a = 1 }.b } catch { $_.FullyQualifiedErrorId }; try { @(1)[5] } catch { $_.FullyQualifiedErrorId }; try { 'a'.zz } catch { $_.FullyQualifiedErrorId }`,
  `$x = @{ a = @{ b = @(1, @{ c = 2 }) } }; $x.a.b[1].c; $x['a']['b'][0]; $x.a.b.c; ($x.a.b | ForEach-Object { $_ }).Count`,
  `$true -and 'x'; 0 -or ''; -not 1; 1 -xor 1; 5 -band 3; 5 -bor 3; -bnot 5; 1 -shl 4; -1 -shr 1; !$null; (1 -eq 1) + 1`,
  `1 -in 1, 2; 'A' -in 'a'; 'A' -cin 'a'; 1, 2 -notcontains 3; 'b' -gt 'a'; 10 -gt '9'; '10' -gt 9; $true -eq 'x'; 'x' -eq $true; 0 -eq ''`,
  `"$($x = 5; $x)$x"; "@(1,2)"; "$(@(1,2))"; $OFS = '-'; "$(1..3)"; "$([pscustomobject]@{a=1})"; "$(@{a=1})"; "\${x}y"; "$x.Length"; "$($x.GetType())"`,
  `Invoke-Expression '1 + 1'; & ([scriptblock]::Create('param($a) $a * 2')) 4; try { Invoke-Expression '1 +' } catch { $_.FullyQualifiedErrorId }; $ExecutionContext.InvokeCommand.ExpandString('$(1+1)')`,
];

const vectors = realAnswers(scripts);

test('the installed PowerShell answered every script', () => {
  expect(vectors.map(({ script }) => script)).toEqual(scripts);
});

test.each(vectors.map((vector) => [vector.script, vector] as const))('%s', (_, vector) => {
  expect(runVector(vector).differences).toEqual([]);
});
