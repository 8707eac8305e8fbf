import { describe, expect, test } from 'vitest';
import { openRunspace } from './runspace-in-process.ts';

/** Output of a script, then the ids of the errors it showed. */
function outcome(script: string): string[] {
  const { run, errors } = openRunspace();
  return [...run(script), ...errors().map((error) => error.replace(/ \d+:\d+$/, ''))];
}

describe('names', () => {
  test('a common parameter does not make a declared beginning ambiguous', () => {
    expect(
      outcome('function F { [CmdletBinding()] param($Verb, $V) "$Verb/$V" } F -v 1; F -ver 2; F -verbose'),
    ).toEqual(['/1', '2/', '/']);
  });

  test('-- ends the names, a quoted one is a value', () => {
    expect(outcome('function F($a) { "[$a]$($args.Count)" } F -- -a 1; F \'--\' x; F a -- b -- c')).toEqual([
      '[-a]1',
      '[--]1',
      '[a]3',
    ]);
  });

  test('an unknown name of a simple function takes what follows it along to $args', () => {
    expect(outcome('function F($a) { "a=$a"; $args } F -b:5 1')).toEqual(['a=', '-b:', '5', '1']);
  });

  test('names among $args are names again when splatted on', () => {
    expect(outcome('function G { "$args" } function F { G @args } F -x 5 y; F \'-x\' 5')).toEqual(['-x 5 y', '-x 5']);
  });
});

describe('parameter sets', () => {
  const sets =
    "function F { [CmdletBinding(DefaultParameterSetName='B')] param([Parameter(Mandatory, ParameterSetName='A')]$a, [Parameter(Mandatory, ParameterSetName='B', ValueFromPipeline)]$b, [Parameter(ParameterSetName='C')]$c) process { \"$($PSCmdlet.ParameterSetName) $a $b\" } }";

  test('the pipeline may give what the default set still lacks', () => {
    expect(outcome(`${sets} F -a 1; 1, 2 | F; F`)).toEqual(['A 1 ', 'B  1', 'B  2', 'MissingMandatoryParameter,F']);
  });

  test('two positional parameters of different sets at one position are ambiguous, unless a default decides', () => {
    const body =
      "param([Parameter(ParameterSetName='A',Position=0)]$X,[Parameter(ParameterSetName='B',Position=0)]$Y) $PSCmdlet.ParameterSetName";
    expect(outcome(`function F { ${body} } try { F 1 } catch { $_.FullyQualifiedErrorId }`)).toEqual([
      'AmbiguousParameterSet,F',
    ]);
    expect(outcome(`function F { [CmdletBinding(DefaultParameterSetName='B')] ${body} } F 1; F -X 1`)).toEqual([
      'B',
      'A',
    ]);
  });
});

describe('values', () => {
  test('a script block for a pipeline parameter of another type runs per object, by name only', () => {
    const definition =
      'function F { param([Parameter(ValueFromPipeline)][int]$N,[Parameter(ValueFromPipelineByPropertyName)][string]$S) process { "$N $S" } }';
    expect(outcome(`${definition} 1, 2 | F -S { "x$_" }`)).toEqual(['1 x1', '2 x2']);
    expect(outcome(`${definition} try { 1 | F { $_ * 2 } } catch { $_.FullyQualifiedErrorId }`)).toEqual([
      'PositionalParameterNotFound,F',
    ]);
  });

  test('a bad object of the pipeline is an error of its own, the others go on', () => {
    expect(
      outcome(
        "function F { param([Parameter(ValueFromPipelineByPropertyName)][int]$Id) process { $Id } } [pscustomobject]@{ Id = '7' }, [pscustomobject]@{ Id = 'x' }, [pscustomobject]@{ Id = 8 } | F",
      ),
    ).toEqual(['7', '8', 'ParameterArgumentTransformationError,F']);
  });

  test('advanced functions do not join an array into text', () => {
    expect(
      outcome(
        'function F { [CmdletBinding()] param([string]$s) "[$s]" } try { F @(1, 2) } catch { $_.FullyQualifiedErrorId }',
      ),
    ).toEqual(['ParameterArgumentTransformationError,F']);
    expect(outcome('function F([string]$s) { "[$s]" } F @(1, 2)')).toEqual(['[1 2]']);
  });

  test('validations run from the last written to the first', () => {
    expect(
      outcome(
        "function F { param([ValidateLength(1, 2)][ValidatePattern('^a')]$x) } try { F bcd } catch { $_.Exception.Message }",
      ),
    ).toEqual([
      'Cannot validate argument on parameter \'x\'. The argument "bcd" does not match the "^a" pattern. Supply an argument that matches "^a" and try the command again.',
    ]);
  });

  test('members of objects are no names of parameters beyond those that are declared', () => {
    expect(outcome('function F($a) { "[$a]$args" } F -constructor 1 -__proto__ 2')).toEqual([
      '[]-constructor 1 -__proto__ 2',
    ]);
  });
});

describe('presets', () => {
  test('fill advanced functions, by wildcard too, and give way to arguments', () => {
    expect(
      outcome(
        "function Get-It { [CmdletBinding()] param($x, $y) \"$x $y\" } $PSDefaultParameterValues = @{ 'Get-*:x' = 5 }; Get-It -y 1; Get-It -x 2; $PSDefaultParameterValues['Disabled'] = $true; Get-It",
      ),
    ).toEqual(['5 1', '2 ', ' ']);
  });
});

describe('dynamic parameters', () => {
  const script = `
function F { [CmdletBinding()] param($a) dynamicparam {
  if ($a -eq 1) {
    $d = [System.Management.Automation.RuntimeDefinedParameterDictionary]::new()
    $c = [System.Collections.ObjectModel.Collection[System.Attribute]]::new()
    $c.Add([Parameter]@{ Mandatory = $true })
    $d.Add('Dyn', [System.Management.Automation.RuntimeDefinedParameter]::new('Dyn', [int], $c))
    $d
  } } end { "$a [$($PSBoundParameters['Dyn'])]" } }
`;
  test('are there only when the block makes them, with their type and what is mandatory', () => {
    expect(outcome(`${script} F 2; F 1 -Dyn '5'`)).toEqual(['2 []', '1 [5]']);
    expect(outcome(`${script} try { F 1 } catch { "$_" }`)).toEqual([
      'Cannot process command because of one or more missing mandatory parameters: Dyn.',
    ]);
    expect(outcome(`${script} try { F 2 -Dyn 5 } catch { $_.FullyQualifiedErrorId }`)).toEqual([
      'NamedParameterNotFound,F',
    ]);
  });
});
