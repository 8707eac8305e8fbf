import { describe, expect, test } from 'vitest';
import { openRunspace } from './runspace-in-process.ts';

describe('members of values', () => {
  test('keys of a dictionary come before its properties, members that scripts added before both', () => {
    const { run } = openRunspace();
    expect(
      run('$h = @{ Count = 7; x = 1 }; $h.Count; $h.psbase.Count; $h | Add-Member NoteProperty x 99; $h.x; $h["x"]'),
    ).toEqual(['7', '2', '99', '1']);
    expect(
      run('$d = [Collections.Generic.Dictionary[int,string]]::new(); $d[5] = "five"; $null -eq $d.a; $d.Count'),
    ).toEqual(['True', '1']);
  });

  test('names of JavaScript are names like any other', () => {
    const { run } = openRunspace();
    expect(
      run(
        '$o = [pscustomobject]@{ constructor = 1; __proto__ = 2 }; $o.constructor; $o.__proto__; $null -eq $o.hasOwnProperty; $null -eq (5).constructor; $null -eq "x".__proto__',
      ),
    ).toEqual(['1', '2', 'True', 'True', 'True']);
    expect(run('@{}.toString; try { "x".hasOwnProperty("a") } catch { $_.FullyQualifiedErrorId }')).toEqual([
      'string ToString()',
      'MethodNotFound',
    ]);
  });

  test('what items of a collection lack is left out, of custom objects it is null', () => {
    const { run } = openRunspace();
    expect(
      run('@("a", "bb").Nope -eq $null; ([pscustomobject]@{ a = 1 }, [pscustomobject]@{ b = 2 }).a.Count'),
    ).toEqual(['True', '2']);
    expect(run('@("a", "bb").Length; (1, (2, 3)).Count; (@("x", "yy"), "zzz").ForEach("Length") -join ","')).toEqual([
      '2',
      '2',
      '2,3',
    ]);
  });

  test('a method that no item has, on nothing and on null, says what is missing', () => {
    const { run } = openRunspace();
    expect(
      run(
        'foreach ($b in { @().Foo() }, { (1, 2).Foo() }, { @("a", $null).Trim() }, { $null.Foo() }, { $null.x = 1 }) { try { & $b } catch { $_.FullyQualifiedErrorId } }',
      ),
    ).toEqual(['MethodNotFound', 'MethodNotFound', 'InvokeMethodOnNull', 'InvokeMethodOnNull', 'PropertyNotFound']);
  });

  test('methods are values with their overloads, and can be called later', () => {
    const { run } = openRunspace();
    expect(
      run('$m = "abc".Substring; $m.Invoke(1); $m.Name; $m.OverloadDefinitions -join "; "; [math]::Abs.GetType().Name'),
    ).toEqual([
      'bc',
      'Substring',
      'string Substring(int startIndex); string Substring(int startIndex, int length)',
      'PSMethod',
    ]);
  });

  test('indexers and properties are methods too', () => {
    const { run } = openRunspace();
    expect(
      run(
        '"abc".Chars(1); "abc".get_Chars(0); "abc".get_Length(); $l = [Collections.Generic.List[int]](1, 2); $l.set_Item(0, 9); $l.Item(0)',
      ),
    ).toEqual(['b', 'a', '3', '9']);
  });

  test('added members of text are lost where it is handed to a method, those of numbers are kept', () => {
    const { run } = openRunspace();
    expect(
      run(
        '$s = "a" | Add-Member NoteProperty x 1 -PassThru; $l = [Collections.ArrayList]::new(); [void]$l.Add($s); "[$($l[0].x)]"; $h = @{}; $h["k"] = $s; $h.k.x',
      ),
    ).toEqual(['[]', '1']);
  });
});

describe('the choice between overloads', () => {
  const cases: readonly (readonly [script: string, answer: string])[] = [
    ['[math]::Max(1, 2.5)', '2'],
    ['[math]::Max(1.5, 2)', '2'],
    ['[math]::Abs([byte]5).GetType().Name', 'Int16'],
    ['[string]::Join(",", @("a", "b"))', 'a,b'],
    ['[string]::Concat(@("x", "y"))', 'xy'],
    ['"a,b".Split(",").Count', '2'],
    ['"abc".Contains($null)', 'False'],
    ['"abc".IndexOf("c", [StringComparison]::Ordinal)', '2'],
    ['[Convert]::ToString(255, 16)', 'ff'],
    ['"abc".PadLeft(5, "*")', '**abc'],
    ['(5).Equals(5L)', 'False'],
    ['[array]::IndexOf((1, 2, 3), 3)', '2'],
  ];
  test.each(cases)('%s is %s', (script, answer) => {
    expect(openRunspace().run(script)).toEqual([answer]);
  });

  test('text is not taken for an enum where a number fits as well', () => {
    expect(openRunspace().run('try { "abc".IndexOf("c", "Ordinal") } catch { $_.Exception.Message }')).toEqual([
      'Cannot convert argument "startIndex", with value: "Ordinal", for "IndexOf" to type "System.Int32": "Cannot convert value "Ordinal" to type "System.Int32". Error: "The input string \'Ordinal\' was not in a correct format.""',
    ]);
  });
});
