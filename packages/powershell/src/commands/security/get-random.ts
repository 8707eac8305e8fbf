import { baseOf } from '../../conversion/base.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { argumentError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { itemsOf } from '../items-of.ts';

const list = ['RandomListItemParameterSet', 'ShuffleParameterSet'];
const number = ['RandomNumberParameterSet'];

export const getRandom: CmdletDescription = {
  name: 'Get-Random',
  typeName: 'Microsoft.PowerShell.Commands.GetRandomCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'RandomNumberParameterSet',
  parameters: [
    {
      name: 'SetSeed',
      type: 'int',
      coverage: { state: 'approximated', why: 'accepted and without effect: the numbers of .NET are not repeated' },
    },
    { name: 'Maximum', type: 'object', sets: number, position: 0 },
    { name: 'Minimum', type: 'object', sets: number },
    {
      name: 'InputObject',
      type: 'object[]',
      sets: list,
      mandatory: true,
      position: 0,
      fromPipeline: true,
      allowNull: true,
    },
    {
      name: 'Count',
      type: 'int',
      sets: ['RandomNumberParameterSet', 'RandomListItemParameterSet'],
      validate: { range: [1, 2 ** 31 - 1] },
    },
    { name: 'Shuffle', type: 'switch', sets: ['ShuffleParameterSet'], mandatory: true },
  ],
  start: (call) => {
    const items: Value[] = [];
    return {
      process() {
        if (call.has('InputObject')) items.push(...itemsOf(call.get('InputObject')));
      },
      end() {
        const given = call.get('Count');
        const count = call.isOn('Shuffle') ? items.length : typeof given === 'number' ? given : 1;
        if (call.parameterSet !== 'RandomNumberParameterSet') {
          for (const item of pick(call, items, count)) call.write(item);
        } else for (let at = 0; at < count; at++) call.write(randomNumber(call));
      },
    };
  },
};

/** A number from 0 up to, not including, 1. */
function fraction(call: CmdletCall): number {
  const bytes = call.session.random.bytes(7);
  let value = 0;
  for (const byte of bytes) value = (value * 256 + byte) % 2 ** 53;
  return value / 2 ** 53;
}

/** Some of the items, each once, in an order of chance. */
function pick(call: CmdletCall, items: readonly Value[], count: number): Value[] {
  const left = [...items];
  const picked: Value[] = [];
  while (picked.length < count && left.length > 0) {
    const at = Math.floor(fraction(call) * left.length);
    picked.push(...left.splice(at, 1));
  }
  return picked;
}

function randomNumber(call: CmdletCall): Value {
  const minimum = baseOf(call.get('Minimum') ?? null);
  const maximum = baseOf(call.get('Maximum') ?? null);
  if ([minimum, maximum].some((bound) => bound instanceof Double)) {
    const from = minimum === null ? 0 : doubleOf(call, minimum);
    const to = maximum === null ? Number.MAX_VALUE : doubleOf(call, maximum);
    check(call, from, to);
    return new Double(from + fraction(call) * (to - from));
  }
  const isLong = typeof minimum === 'bigint' || typeof maximum === 'bigint';
  const from = minimum === null ? 0 : wholeOf(call, minimum);
  const to = maximum === null ? 2 ** 31 - 1 : wholeOf(call, maximum);
  check(call, from, to);
  const value = from + Math.floor(fraction(call) * (to - from));
  return isLong ? BigInt(value) : value;
}

function doubleOf(call: CmdletCall, value: Value): number {
  const converted = call.session.convert(value, netTypes.double);
  return converted instanceof Double ? converted.value : 0;
}

function wholeOf(call: CmdletCall, value: Value): number {
  return typeof value === 'number' ? value : Math.trunc(doubleOf(call, value));
}

function check(call: CmdletCall, from: number, to: number): void {
  if (from < to) return;
  const message = `The Minimum value (${from}) cannot be greater than or equal to the Maximum value (${to}).`;
  call.fail(argumentError('MinGreaterThanOrEqualMax', message, 'Minimum', { type: 'System.ArgumentException' }));
}
