import { baseOf } from '../../conversion/base.ts';
import type { Session } from '../../runtime/session.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { SeededRandom } from '../../types/system/seeded-random.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { argumentError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { itemsOf } from '../items-of.ts';

const list = ['RandomListItemParameterSet', 'ShuffleParameterSet'];
const number = ['RandomNumberParameterSet'];
const mostInt = 2 ** 31 - 1;

/** What numbers are made of: the chance of the session, or since `-SetSeed` the numbers of a seed. */
type Bytes = (count: number) => Uint8Array;

const seeded = new WeakMap<Session, SeededRandom>();

function cmdlet(
  name: string,
  typeName: string,
  own: readonly CmdletParameter[],
  bytesOf: (call: CmdletCall) => Bytes,
): CmdletDescription {
  return {
    name,
    typeName: `Microsoft.PowerShell.Commands.${typeName}`,
    module: 'Microsoft.PowerShell.Utility',
    defaultSet: 'RandomNumberParameterSet',
    parameters: [
      ...own,
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
        validate: { range: [1, mostInt] },
      },
      { name: 'Shuffle', type: 'switch', sets: ['ShuffleParameterSet'], mandatory: true },
    ],
    start(call) {
      const bytes = bytesOf(call);
      const given = call.get('Count');
      const count = typeof given === 'number' ? given : 1;
      const chosen: Value[] = [];
      let seen = 0;
      return {
        begin() {
          if (call.parameterSet !== 'RandomNumberParameterSet') return;
          const draw = numbers(call, bytes);
          for (let at = 0; at < count; at++) call.write(draw());
        },
        process() {
          if (call.parameterSet === 'RandomNumberParameterSet') return;
          const isShuffle = call.isOn('Shuffle');
          for (const item of call.get('InputObject') === null ? [null] : itemsOf(call.get('InputObject'))) {
            // Of what comes, as many as are wanted are kept; each later one takes the place of another with the right chance.
            if (isShuffle || seen < count) chosen.push(item);
            else if (between(bytes, 0, seen + 1) < count) chosen[between(bytes, 0, chosen.length)] = item;
            seen++;
          }
        },
        end() {
          for (let at = 0; at < chosen.length; at++) {
            const other = between(bytes, at, chosen.length);
            call.write(chosen[other] ?? null);
            if (other !== at) chosen[other] = chosen[at];
          }
        },
      };
    },
  };
}

export const getRandom = cmdlet('Get-Random', 'GetRandomCommand', [{ name: 'SetSeed', type: 'int' }], (call) => {
  const seed = call.get('SetSeed');
  if (typeof seed === 'number') seeded.set(call.session, new SeededRandom(seed));
  const source = seeded.get(call.session) ?? call.session.random;
  return (count) => source.bytes(count);
});

export const getSecureRandom = cmdlet(
  'Get-SecureRandom',
  'GetSecureRandomCommand',
  [],
  (call) => (count) => call.session.random.bytes(count),
);

/** From 0 up to, not including, 1, of four bytes. */
function fraction(bytes: Bytes): number {
  for (;;) {
    const drawn = new DataView(Uint8Array.from(bytes(4)).buffer).getInt32(0, true);
    if (drawn !== mostInt) return (drawn < 0 ? drawn + mostInt : drawn) * (1 / mostInt);
  }
}

function between(bytes: Bytes, from: number, to: number): number {
  const range = to - from;
  if (range <= mostInt) return Math.trunc(fraction(bytes) * range) + from;
  for (;;) {
    const drawn = new DataView(Uint8Array.from(bytes(4)).buffer).getInt32(0, true);
    if (drawn !== mostInt) return Math.trunc((drawn + mostInt) * (1 / (2 * mostInt)) * range) + from;
  }
}

/** Eight bytes, cut to as many bits as the range has, until they fall into it. */
function longBetween(bytes: Bytes, from: bigint, to: bigint): bigint {
  const range = to - from;
  if (range <= BigInt(mostInt)) return from + BigInt(between(bytes, 0, Number(range)));
  const mask = (1n << BigInt(range.toString(2).length)) - 1n;
  for (;;) {
    const drawn = new DataView(Uint8Array.from(bytes(8)).buffer).getBigUint64(0, true) & mask;
    if (drawn < range) return BigInt.asIntN(64, BigInt(Number(from) + Number(drawn)));
  }
}

function doubleBetween(bytes: Bytes, from: number, to: number): number {
  let range = to - from;
  for (;;) {
    const part = fraction(bytes);
    const drawn = Number.isFinite(range) ? from + part * range : from + part * to - part * from;
    range *= part;
    if (drawn < to) return drawn;
  }
}

/** What draws numbers of the type that the bounds ask for. */
function numbers(call: CmdletCall, bytes: Bytes): () => Value {
  const [minimum, maximum] = [bound(call, 'Minimum'), bound(call, 'Maximum')];
  if (minimum instanceof Double || maximum instanceof Double) {
    const [from, to] = [doubleOf(minimum, 0), doubleOf(maximum, Number.MAX_VALUE)];
    check(call, from, to);
    return () => new Double(doubleBetween(bytes, from, to));
  }
  if (typeof minimum === 'bigint' || typeof maximum === 'bigint') {
    const [from, to] = [BigInt(minimum ?? 0), BigInt(maximum ?? 2n ** 63n - 1n)];
    check(call, from, to);
    return () => longBetween(bytes, from, to);
  }
  const [from, to] = [minimum ?? 0, maximum ?? mostInt];
  check(call, from, to);
  return () => between(bytes, from, to);
}

type Bound = undefined | number | bigint | Double;

/** A bound as Int32, Int64 or Double; text is read as a number, other numbers become the smallest of the three that holds them. */
function bound(call: CmdletCall, parameter: string): Bound {
  const given = baseOf(call.get(parameter) ?? null);
  if (given === null || given === undefined) return undefined;
  if (typeof given === 'number' || typeof given === 'bigint' || given instanceof Double) return given;
  const double = call.session.convert(given, netTypes.double);
  const value = double instanceof Double ? double.value : 0;
  if (!Number.isInteger(value) || (typeof given === 'string' && /[.eE]/.test(given))) return new Double(value);
  if (Math.abs(value) <= mostInt) return value;
  return Math.abs(value) < 2 ** 63 ? BigInt(value) : new Double(value);
}

function doubleOf(value: Bound, otherwise: number): number {
  return value instanceof Double ? value.value : Number(value ?? otherwise);
}

function check(call: CmdletCall, from: number | bigint, to: number | bigint): void {
  if (from < to) return;
  const message = `The Minimum value (${from}) cannot be greater than or equal to the Maximum value (${to}).`;
  call.fail(argumentError('MinGreaterThanOrEqualMax', message, 'Minimum', { type: 'System.ArgumentException' }));
}
