import { describe, expect, test } from 'vitest';
import { Thrown } from '../src/errors/thrown.ts';
import { ParseFailure } from '../src/runtime/runspace.ts';
import { BudgetExceeded } from '../src/sandbox/run-budget.ts';
import { openRunspace } from './runspace-in-process.ts';

describe('a runspace', () => {
  test('keeps variables and functions from one script to the next', () => {
    const { run } = openRunspace();
    run('$x = 1; function Twice { $args[0] * 2 }');
    expect(run('$x += 1; Twice $x')).toEqual(['4']);
  });

  test('gives each script its own arguments', () => {
    const { run } = openRunspace();
    const script = 'param($Name) "$Name ($args) $($MyInvocation.MyCommand.Name)"';
    expect(run(script, { named: new Map([['Name', 'first']]), args: ['a'] })).toEqual(['first (a) ']);
    expect(run(script, { named: new Map([['Name', 'second']]) })).toEqual(['second () ']);
    expect(run('"($args)"', { args: ['b', 'c'] })).toEqual(['(b c)']);
  });

  test('runs nothing of a script that does not parse', () => {
    const { run } = openRunspace();
    expect(() => run('$made = 1; if (')).toThrow(ParseFailure);
    expect(run('$null -eq $made')).toEqual(['True']);
  });

  test('throws the error that ended a script and works on', () => {
    const { run } = openRunspace();
    expect(() => run('try { throw "lost" } finally { $cleaned = 1 }')).toThrow(Thrown);
    expect(run('"$cleaned $($Error.Count) $Error"')).toEqual(['1 1 lost']);
  });

  test('forgets what a script was in the middle of when its budget ended it', () => {
    const { run, errors } = openRunspace();
    run('function Forever { try { while ($true) { } } catch { "never" } }');
    expect(() => run('Forever', { milliseconds: 20 })).toThrow(BudgetExceeded);
    expect(run('1 / 0; "the script goes on"')).toEqual(['the script goes on']);
    expect(errors()).toEqual(['RuntimeException 1:1']);
  });

  test('ends at exit, at a return and at a break that no loop takes', () => {
    const { run } = openRunspace();
    for (const word of ['exit', 'exit 3', 'return', 'break', 'continue', 'break nowhere']) {
      expect(run(`'before'; & { ${word} }; 'after'`)).toEqual(word === 'return' ? ['before', 'after'] : ['before']);
      expect(run(`'before'; ${word}; 'after'`)).toEqual(['before']);
    }
  });

  test('ends recursion without end as PowerShell does, and works on', () => {
    const { run } = openRunspace();
    expect(run('function Deeper { Deeper }; try { Deeper } catch { $_.FullyQualifiedErrorId }')).toEqual([
      'CallDepthOverflow',
    ]);
    expect(run('"fine"')).toEqual(['fine']);
  });
});
