import { baseOf } from '../../conversion/base.ts';
import { isTrue } from '../../conversion/truth.ts';
import { binaryOperator } from '../../operators/binary.ts';
import type { BinaryOperator } from '../../syntax/tree/index.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { argumentError, cmdletError, exceptionOf } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter, CmdletSteps } from '../description.ts';
import { inputErrors } from './input-errors.ts';
import { isProperty, matchMembers, propertyValue } from './member-match.ts';

/** A comparison switch with its parameter set and operator; `token` is how PowerShell names the operator in errors. */
interface Comparison {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly set: string;
  readonly operator: BinaryOperator;
  readonly token: string;
}

const pairs: readonly (readonly [name: string, set: string, folding: BinaryOperator, exact: BinaryOperator])[] = [
  ['EQ', 'EqualSet', '-ieq', '-ceq'],
  ['NE', 'NotEqualSet', '-ine', '-cne'],
  ['GT', 'GreaterThanSet', '-igt', '-cgt'],
  ['LT', 'LessThanSet', '-ilt', '-clt'],
  ['GE', 'GreaterOrEqualSet', '-ige', '-cge'],
  ['LE', 'LessOrEqualSet', '-ile', '-cle'],
  ['Like', 'LikeSet', '-ilike', '-clike'],
  ['NotLike', 'NotLikeSet', '-inotlike', '-cnotlike'],
  ['Match', 'MatchSet', '-imatch', '-cmatch'],
  ['NotMatch', 'NotMatchSet', '-inotmatch', '-cnotmatch'],
  ['Contains', 'ContainsSet', '-icontains', '-ccontains'],
  ['NotContains', 'NotContainsSet', '-inotcontains', '-cnotcontains'],
  ['In', 'InSet', '-iin', '-cin'],
  ['NotIn', 'NotInSet', '-inotin', '-cnotin'],
];

const comparisons: readonly Comparison[] = [
  ...pairs.flatMap(([name, set, folding, exact]) => [
    { name, aliases: [`I${name}`], set, operator: folding, token: tokenOf(folding) },
    { name: `C${name}`, aliases: [], set: `CaseSensitive${set}`, operator: exact, token: tokenOf(exact) },
  ]),
  { name: 'Is', aliases: [], set: 'IsSet', operator: '-is', token: 'Is' },
  { name: 'IsNot', aliases: [], set: 'IsNotSet', operator: '-isnot', token: 'IsNot' },
];

function tokenOf(operator: BinaryOperator): string {
  return operator.charAt(1).toUpperCase() + operator.slice(2);
}

const comparisonSets = comparisons.map((comparison) => comparison.set);
const bySet = new Map(comparisons.map((comparison) => [comparison.set, comparison]));

export const whereObject: CmdletDescription = {
  name: 'Where-Object',
  typeName: 'Microsoft.PowerShell.Commands.WhereObjectCommand',
  module: 'Microsoft.PowerShell.Core',
  defaultSet: 'EqualSet',
  parameters: [
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'FilterScript', type: 'scriptblock', sets: ['ScriptBlockSet'], mandatory: true, position: 0 },
    {
      name: 'Property',
      type: 'string',
      sets: [...comparisonSets, 'Not'],
      mandatory: true,
      position: 0,
      validate: { notNullOrEmpty: true },
    },
    { name: 'Value', type: 'object', sets: comparisonSets, position: 1 },
    ...comparisons.map(
      ({ name, aliases, set }): CmdletParameter => ({
        name,
        type: 'switch',
        aliases,
        sets: [set],
        mandatory: name !== 'EQ',
      }),
    ),
    { name: 'Not', type: 'switch', sets: ['Not'], mandatory: true },
  ],
  start: (call) => {
    const filter = call.get('FilterScript');
    return filter instanceof ScriptBlock ? blockSteps(call, filter) : comparisonSteps(call);
  },
};

function blockSteps(call: CmdletCall, filter: ScriptBlock): CmdletSteps {
  const run = call.prepare(filter);
  let count = 0;
  let first: Value;
  // Two objects or more are true whatever they are, so that only the first is kept.
  const result = {
    write(value: Value) {
      if (count++ === 0) first = value;
    },
  };
  return {
    process() {
      const input = call.get('InputObject');
      count = 0;
      run(input, result);
      if (count > 1 || (count === 1 && isTrue(first))) call.write(input);
    },
  };
}

function comparisonSteps(call: CmdletCall): CmdletSteps {
  const { session } = call;
  const name = session.text(call.get('Property'));
  const comparison = bySet.get(call.parameterSet);
  const bare = comparison?.name === 'EQ' && !call.has('EQ');
  const hasValue = call.has('Value');
  if (comparison === undefined || (bare && !hasValue)) {
    const negate = call.parameterSet === 'Not';
    return {
      process() {
        const left = leftValue(call, name);
        if (left !== undefined && isTrue(left.value) !== negate) call.write(call.get('InputObject'));
      },
    };
  }
  const operate = binaryOperator(comparison.operator);
  let right: Value;
  return {
    begin() {
      right = rightValue(call, comparison);
    },
    process() {
      if (!hasValue) call.fail(valueMissing());
      if (bare) call.fail(operatorMissing());
      const left = leftValue(call, name);
      if (left === undefined) return;
      const input = call.get('InputObject');
      let result: Value;
      try {
        result = operate(left.value, right, session);
      } catch (error) {
        const exception = exceptionOf(error);
        const message = `The '${comparison.token}' operator failed: ${exception.message}.`;
        call.writeError(cmdletError('OperatorFailed', message, { target: input, inner: exception }));
        return;
      }
      if (isTrue(result)) call.write(input);
    },
  };
}

/** `-Is [int]` is written as in scripts: the brackets come as text. */
function rightValue(call: CmdletCall, comparison: Comparison): Value {
  const value = call.get('Value') ?? null;
  if (comparison.operator !== '-is' && comparison.operator !== '-isnot') return value;
  const text = baseOf(value);
  if (typeof text !== 'string') return value;
  return call.session.convert(/^\[.+\]$/.test(text) ? text.slice(1, -1) : text, netTypes.type);
}

/** The value of the property; `undefined` where an error was written instead. */
function leftValue(call: CmdletCall, name: string): { readonly value: Value } | undefined {
  const { session } = call;
  const input = call.get('InputObject');
  const base = baseOf(input);
  if (base === null) {
    if (session.strictVersion < 2) return { value: null };
    call.writeError(inputErrors.nullInput(input));
    return undefined;
  }
  if (base instanceof Dictionary && base.has(name)) return { value: base.get(name) };
  const found = matchMembers(input, name, session).filter(isProperty);
  const [only] = found;
  if (found.length > 1) {
    call.writeError(inputErrors.ambiguous('AmbiguousPropertyName', 'Property', 'members', name, found, input));
    return undefined;
  }
  if (only !== undefined) return { value: propertyValue(input, only.name, session) };
  if (session.strictVersion < 2) return { value: null };
  call.writeError(inputErrors.noProperty(name, input));
  return undefined;
}

function valueMissing() {
  return argumentError(
    'ValueNotSpecifiedForWhereObject',
    'The specified operator requires both the -Property and -Value parameters. Provide values for both parameters, and then try the command again.',
    'Value',
  );
}

function operatorMissing() {
  return argumentError(
    'OperatorNotSpecified',
    'An operator is required to compare the two specified values. Include a valid operator in the command, and then try the command again. For example, Get-Process | Where-Object -Property Name -eq Idle',
    'Operator',
  );
}
