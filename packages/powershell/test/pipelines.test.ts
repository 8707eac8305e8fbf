import { describe, expect, test } from 'vitest';
import { openRunspace } from './runspace-in-process.ts';

/** Output of a script, then the ids of the errors it showed. */
function outcome(script: string): string[] {
  const { run, errors } = openRunspace();
  return [...run(script), ...errors().map((error) => error.replace(/ \d+:\d+$/, ''))];
}

describe('a pipeline', () => {
  test('runs begin, process, end and clean of its commands in their order', () => {
    const stage = (name: string): string =>
      `function ${name} { begin { $global:o += '${name}b' } process { $global:o += "${name}p$_"; $_ } end { $global:o += '${name}e' } clean { $global:o += '${name}c' } }`;
    expect(outcome(`$global:o = @(); ${stage('A')} ${stage('B')} $null = 1, 2 | A | B; $global:o -join ' '`)).toEqual([
      'Ab Bb Ap1 Bp1 Ap2 Bp2 Ae Be Ac Bc',
    ]);
  });

  test('that is ended early runs what is to be cleaned up, and no end before the command that ended it', () => {
    expect(
      outcome(
        "function U { process { try { $_ } finally { \"f$_\" } } end { 'never' } clean { $global:c = 'cleaned' } } 1..3 | U | Select-Object -First 2; $global:c",
      ),
    ).toEqual(['1', 'f1', 'cleaned']);
  });

  test('gives back $_ and the pipeline variable when it is over', () => {
    expect(
      outcome(
        '$_ = 5; 1 | ForEach-Object { $_ }; $_; 1 | ForEach-Object { $_ } -PipelineVariable p | Out-Null; $null -eq $p',
      ),
    ).toEqual(['1', '5', 'True']);
  });

  test('keeps to the scope it began in while a function of its head runs', () => {
    expect(outcome('function F { $x = "inner"; 1 } $x = "outer"; F | ForEach-Object { $x; $x = "set" }; $x')).toEqual([
      'outer',
      'set',
    ]);
  });
});

describe('$input', () => {
  test('is an enumerator in a simple function, a list and an array in an advanced one', () => {
    const advanced = 'function F { [CmdletBinding()] param([Parameter(ValueFromPipeline)]$x)';
    expect(outcome('function F { $input.GetType().Name; @($input).Count; @($input).Count } 1, 2 | F')).toEqual([
      'ArrayListEnumeratorSimple',
      '2',
      '0',
    ]);
    expect(outcome(`${advanced} process { $input.GetType().Name } } 1 | F`)).toEqual(['ArrayList']);
    expect(outcome(`${advanced} end { $input.GetType().Name; $input.Count; $input.Count } } 1, 2 | F`)).toEqual([
      'Object[]',
      '2',
      '2',
    ]);
  });
});

describe('errors', () => {
  test('that leave an advanced function are its own, at the place of its call', () => {
    const { run } = openRunspace();
    expect(
      run(
        "function G { [CmdletBinding()]param() [int]'x'; 'y' }\ntry { G } catch { $_.FullyQualifiedErrorId; $_.InvocationInfo.ScriptLineNumber }",
      ),
    ).toEqual(['InvalidCastFromStringToInteger,G', '2']);
  });

  test('under Stop end an advanced function but not its caller, unless a command wrote them', () => {
    const head = 'function G { [CmdletBinding()]param()';
    expect(outcome(`${head} 1/0; 'y' } G -ErrorAction Stop; 'z'`)).toEqual(['z', 'RuntimeException,G']);
    expect(() => outcome(`${head} Write-Error 'e'; 'y' } G -ErrorAction Stop; 'z'`)).toThrow('e');
  });

  test('of ThrowTerminatingError pass every catch of the function itself', () => {
    expect(
      outcome(
        "function F { [CmdletBinding()] param() try { $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new([Exception]::new('m'),'id','InvalidData',5)) } catch { 'caught' } finally { 'fin' }; 'after' } F; 'next'",
      ),
    ).toEqual(['fin', 'next', 'id,F']);
  });
});

describe('redirections', () => {
  test('send streams to variables, files and the output', () => {
    expect(outcome("'a','b' > variable:x; 'c' >> variable:x; $x -join ','")).toEqual(['a,b,c']);
    expect(outcome("function F { 'o'; Write-Error 'e' } $r = F 2>&1; $r.Count; F 2>$null")).toEqual(['2', 'o']);
    expect(outcome("'x' > f.txt; 'y' >> f.txt; Get-Content f.txt")).toEqual(['x', 'y']);
  });
});

describe('what is no command', () => {
  test('is refused by name: a background job, an empty head, a missing module', () => {
    expect(outcome('Get-Date &')).toEqual(['BackgroundJobNotSupported']);
    expect(outcome('& $null')).toEqual(['BadExpression']);
    expect(outcome('NoModule\\Get-It')).toEqual(['CouldNotAutoLoadModule']);
  });
});

describe('calls by the fast path', () => {
  test('show the same of themselves as others', () => {
    expect(
      outcome(
        'function F([int]$a, $b = $a + 1) { $PSBoundParameters.Keys; $MyInvocation.MyCommand.Name; $args.Count; "$a $b" } F -a 1; F 5 6',
      ),
    ).toEqual(['a', 'F', '0', '1 2', 'a', 'b', 'F', '0', '5 6']);
  });

  test('keep the type of a parameter for later assignments', () => {
    expect(outcome("function F([int]$n) { $n = '7'; $n.GetType().Name } F 1")).toEqual(['Int32']);
  });

  test('end in a call depth error rather than in the stack of the engine', () => {
    expect(outcome('function F { F } try { F } catch { $_.FullyQualifiedErrorId }')).toEqual(['CallDepthOverflow']);
  });
});
