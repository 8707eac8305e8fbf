import { describe, expect, test } from 'vitest';
import { openRunspace } from './runspace-in-process.ts';

/** Output of a script, then the errors it showed. */
function outcome(script: string): string[] {
  const { run, errors } = openRunspace();
  return [...run(script), ...errors()];
}

describe('jumps', () => {
  test('a return inside of a value leaves the function with all that was written', () => {
    expect(outcome('function F { $x = if ($true) { 1; return 5 }; "after" } F')).toEqual(['1', '5']);
    expect(outcome('function F { $x = $(1; 2; return 3); "after" } F')).toEqual(['1', '2', '3']);
  });

  test('a break inside of a value ends the loop that is the value', () => {
    expect(outcome('$x = foreach ($i in 1..3) { $i; if ($i -eq 2) { break } }; "$x"')).toEqual(['1 2']);
  });

  test('break and continue reach loops of the caller through functions and script blocks', () => {
    expect(outcome('function Stop-It { break } foreach ($i in 1..3) { $i; if ($i -eq 2) { Stop-It } } "end"')).toEqual([
      '1',
      '2',
      'end',
    ]);
    expect(outcome('foreach ($i in 1..3) { & { continue }; "no" } "end"')).toEqual(['end']);
  });

  test('a label is found by its name in any case, or by what an expression gives', () => {
    expect(
      outcome(':Outer foreach ($i in 1..2) { foreach ($j in 1..2) { if ($j -eq 2) { continue OUTER }; "$i$j" } }'),
    ).toEqual(['11', '21']);
    expect(outcome('$l = "a"; :a while ($true) { while ($true) { break $l } } "end"')).toEqual(['end']);
  });

  test('continue in a switch goes on with the next item, with a label too', () => {
    expect(outcome(':s switch (1, 2) { 1 { continue s; "no" } 2 { "two" } }')).toEqual(['two']);
  });
});

describe('errors', () => {
  test('one in a catch block ends it, whoever is around', () => {
    expect(outcome('try { throw 1 } catch { 1 / 0; "no" } "next"')).toEqual(['next', 'RuntimeException 1:25']);
  });

  test('a trap has a scope of its own and goes on after the statement of its own list', () => {
    expect(
      outcome(
        'function F { trap { $own = 5; $script:q = 1; continue } $own = 1; if ($true) { throw 1; "no" } "$own $q" } F',
      ),
    ).toEqual(['1 1']);
  });

  test('a block called by its method ends at an error, one called by & goes on', () => {
    expect(outcome('try { { 1 / 0; "no" }.Invoke() } catch { $_.FullyQualifiedErrorId }')).toEqual([
      'RuntimeException',
    ]);
    expect(outcome('& { 1 / 0; "yes" }')).toEqual(['yes', 'RuntimeException 1:5']);
  });

  test('names, types and keys have their errors where they stand', () => {
    expect(outcome('Set-StrictMode -Version 2; $x = 1 + $nope')).toEqual(['VariableIsUndefined 1:37']);
    expect(outcome('$x = [no.such]')).toEqual(['TypeNotFound 1:6']);
    expect(outcome('$x = [no.such]5')).toEqual(['TypeNotFound 1:7']);
    expect(outcome("$k = 'a'\n@{ a = 1; $k = 2 }")).toEqual(['DuplicateKeyInHashLiteral 2:11']);
    expect(outcome('@{ $null = 1 }')).toEqual(['InvalidNullKey 1:4']);
  });

  test('a loop goes on after an error in its body and ends with one in its head', () => {
    expect(outcome('foreach ($i in 1, 2) { 1 / 0; $i }')).toEqual([
      '1',
      '2',
      'RuntimeException 1:24',
      'RuntimeException 1:24',
    ]);
    expect(outcome('while (1 / 0) { "no" } "end"')).toEqual(['end', 'RuntimeException 1:8']);
    expect(outcome('for ($i = 1 / 0; $true; ) { "no" } "end"')).toEqual(['end', 'RuntimeException 1:6']);
  });

  test('what a statement wrote before its error is output, but not into a variable', () => {
    expect(outcome('function F { 1; throw "x" } try { (F) } catch { "c" }')).toEqual(['1', 'c']);
    expect(outcome('function F { 1; throw "x" } try { $x = F } catch { "c[$x]" }')).toEqual(['c[]']);
    expect(outcome('function F { 1; throw "x" } try { $(F) } catch { "c" }')).toEqual(['1', 'c']);
  });

  test('a lone catch gets the error as thrown, a typed one what it names', () => {
    const thrown = 'throw [System.IO.IOException]::new("io", [System.ArgumentException]::new("arg"))';
    expect(
      outcome(`try { ${thrown} } catch [System.ArgumentException] { "arg" } catch [System.IO.IOException] { "io" }`),
    ).toEqual(['io']);
    expect(outcome('try { [int]"x" } catch { $_.Exception.GetType().Name }')).toEqual(['RuntimeException']);
  });
});

describe('assignments', () => {
  test('+= and ??= read only the scope they set, ++ what a read sees', () => {
    const set = '$n = 1; function F';
    expect(outcome(`${set} { $n += 5; $n } F; $n`)).toEqual(['5', '1']);
    expect(outcome(`${set} { $n ??= 5; $n } F; $n`)).toEqual(['5', '1']);
    expect(outcome(`${set} { $n++; $n } F; $n`)).toEqual(['2', '1']);
    expect(outcome(`${set} { . { $n += 5; $n } } F; $n`)).toEqual(['6', '1']);
    expect(outcome('$n = 1; & { $n += 7; $n }; . { $n += 7; $n }')).toEqual(['7', '8']);
  });

  test('several targets take one item each, the last one the rest', () => {
    expect(outcome('$a, $b = 1, 2, 3; "$a|$b"')).toEqual(['1|2 3']);
    expect(outcome('$a, $b, $c = 1, 2; "$a|$b|$c"')).toEqual(['1|2|']);
    expect(outcome('$a, ($b, $c) = 1, (2, 3); "$a $b $c"')).toEqual(['1 2 3']);
    expect(outcome('$a = $b = 0; $a, $b = @(); "[$a][$b]"')).toEqual(['[][]']);
  });

  test('properties and items are counted, added to and filled where they are', () => {
    expect(outcome('$h = @{ a = 1 }; $h.a++; $h.a; $h["b"]++; $h.b; ($h.a++); $h.a')).toEqual(['2', '1', '2', '3']);
    expect(outcome('$h = @{}; $h.x += 5; $h.x; $h["y"] += "z"; $h.y; $h.k ??= 7; $h.k ??= 8; $h.k')).toEqual([
      '5',
      'z',
      '7',
    ]);
  });

  test('an Int32 over its range becomes a Double', () => {
    expect(outcome('$i = 2147483647; $i++; $i.GetType().Name; $j = -2147483648; $j--; $j; 2147483647 + 1')).toEqual([
      'Double',
      '-2147483649',
      '2147483648',
    ]);
  });

  test('names of JavaScript objects are variables and keys like any other', () => {
    expect(outcome('$constructor; $__proto__ = 1; $__proto__; $h = @{}; $h.__proto__; $h.toString')).toEqual([
      '',
      '1',
      '',
      'string ToString()',
    ]);
  });
});

describe('$?', () => {
  test('tells of the last command, also through parentheses, but never of a condition', () => {
    const missing = 'Get-Variable nosuch -ErrorAction SilentlyContinue';
    expect(outcome(`$x = 1; $?; ${missing}; $?; $?`)).toEqual(['True', 'False', 'True']);
    expect(outcome(`(${missing}); $?; $(${missing}); $?; @(${missing}); $?; $y = ${missing}; $?`)).toEqual([
      'False',
      'False',
      'False',
      'False',
    ]);
    expect(outcome(`if (${missing}) { }; $?`)).toEqual(['True']);
  });
});
