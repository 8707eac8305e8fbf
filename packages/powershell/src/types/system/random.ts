import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, long } from '../../values/narrow.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import { putBytes } from '../io/byte-range.ts';
import { overloadList } from '../method-table.ts';
import type { CallContext, NetType, TypeDescription } from '../net-type.ts';
import { SeededRandom } from './seeded-random.ts';

const name = 'System.Random';
const most = 2_147_483_647;

/** `System.Random`: the numbers of a seed, or without one those of chance. */
class RandomSource extends Instance {
  readonly #seeded: SeededRandom | undefined;
  readonly #chance: (count: number) => Uint8Array;

  constructor(chance: (count: number) => Uint8Array, seed?: number) {
    super();
    this.#chance = chance;
    this.#seeded = seed === undefined ? undefined : new SeededRandom(seed);
  }
  get type(): NetType {
    return namedType(name);
  }
  /** From 0 up to, not including, 1. */
  fraction(): number {
    if (this.#seeded !== undefined) return this.#seeded.sample() * (1 / most);
    return fractionOf(this.#chance(7));
  }
  bytes(count: number): Uint8Array {
    return this.#seeded?.bytes(count) ?? this.#chance(count);
  }
  sample(): number {
    return this.#seeded?.sample() ?? Math.floor(this.fraction() * most);
  }
  between(from: number, to: number): number {
    const range = to - from;
    if (range <= most || this.#seeded === undefined) return Math.floor(this.fraction() * range) + from;
    // .NET joins two samples where one does not reach.
    const value = this.#seeded.sample();
    const signed = this.#seeded.sample() % 2 === 0 ? -value : value;
    return Math.floor(((signed + (most - 1)) / (2 * most - 1)) * range) + from;
  }
}

/** A number from 0 up to, not including, 1 of seven bytes. */
export function fractionOf(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = (value * 256 + byte) % 2 ** 53;
  return value / 2 ** 53;
}

const self = (value: Value): RandomSource => as(value, RandomSource);
const chance = (context: CallContext) => (count: number) => context.random.bytes(count);

function below(value: Value, to: number): number {
  if (to < 0) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      `maxValue ('${to}') must be a non-negative value. (Parameter 'maxValue')\nActual value was ${to}.`,
    );
  }
  return self(value).between(0, to);
}

function between(value: Value, from: number, to: number): number {
  if (from > to) {
    const message = "'minValue' cannot be greater than maxValue.";
    throw netFailure('System.ArgumentOutOfRangeException', message, { parameter: 'minValue' });
  }
  return self(value).between(from, to);
}

/** In the place where they stand, each order as likely as the others. */
function shuffle(value: Value, target: Value): undefined {
  const { items } = as(target, NetArray);
  for (let at = 0; at < items.length - 1; at++) {
    const other = self(value).between(at, items.length);
    const item = items[at] ?? null;
    items[at] = items[other] ?? null;
    items[other] = item;
  }
  return undefined;
}

export const randomDescription: TypeDescription = {
  name,
  kind: 'class',
  constructors: overloadList({
    [`${name} new()`]: (_self, _none, context) => new RandomSource(chance(context)),
    [`${name} new(int Seed)`]: (_self, [seed], context) => new RandomSource(chance(context), int(seed)),
  }),
  staticProperties: { Shared: { type: name, get: (_self, context) => new RandomSource(chance(context)) } },
  methods: {
    Next: overloadList({
      'int Next()': (value) => self(value).sample(),
      'int Next(int maxValue)': (value, [to]) => below(value, int(to)),
      'int Next(int minValue, int maxValue)': (value, [from, to]) => between(value, int(from), int(to)),
    }),
    NextBytes: overloadList({
      'void NextBytes(byte[] buffer)': (value, [buffer]) => {
        const array = as(buffer, NetArray);
        putBytes(array, 0, self(value).bytes(array.items.length));
        return undefined;
      },
    }),
    NextDouble: overloadList({ 'double NextDouble()': (value) => new Double(self(value).fraction()) }),
    NextInt64: overloadList({
      'long NextInt64(long maxValue)': (value, [to]) => BigInt(below(value, Number(long(to)))),
      'long NextInt64(long minValue, long maxValue)': (value, [from, to]) =>
        BigInt(between(value, Number(long(from)), Number(long(to)))),
    }),
    Shuffle: overloadList({ 'void Shuffle[T](T[] values)': (value, [values]) => shuffle(value, values) }),
  },
};
