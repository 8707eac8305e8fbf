import { netFailure } from '../../errors/raise.ts';
import { Decimal, Double, Single } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import type { Overload } from '../net-type.ts';
import { itemsOf } from './items-of.ts';
import type { Items } from './linq-sequences.ts';
import { compareDefault } from './order.ts';

export function noElements(): Error {
  return netFailure('System.InvalidOperationException', 'Sequence contains no elements');
}

const numeric = ['int', 'long', 'float', 'double', 'decimal'] as const;

/** `Sum`, `Average`, `Max`, `Min` of one type of number. */
export function reducing(
  name: string,
  returns: (type: string) => string,
  run: (items: Items) => Value,
): readonly Overload[] {
  return numeric.map((type) => ({
    signature: `static ${returns(type)} ${name}(System.Collections.Generic.IEnumerable[${type}] source)`,
    invoke: (_self, [items], context) => run(itemsOf(items, context, 'source')),
  }));
}

function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Double || value instanceof Single) return value.value;
  if (value instanceof Decimal) return Number(value.mantissa) / 10 ** value.scale;
  return 0;
}

export function sum(items: Items): Value {
  const [first] = items;
  if (typeof first === 'bigint') {
    return checked(
      items.reduce((all: bigint, item) => all + (typeof item === 'bigint' ? item : 0n), 0n),
      63n,
    );
  }
  if (first instanceof Decimal) {
    const scale = Math.max(...items.map((item) => (item instanceof Decimal ? item.scale : 0)));
    const total = items.reduce(
      (all: bigint, item) => all + (item instanceof Decimal ? item.mantissa * 10n ** BigInt(scale - item.scale) : 0n),
      0n,
    );
    return new Decimal(total, scale);
  }
  const total = items.reduce((all: number, item) => all + numberOf(item), 0);
  if (first instanceof Double) return new Double(total);
  if (first instanceof Single) return new Single(total);
  checked(BigInt(total), 31n);
  return total;
}

function checked(total: bigint, bits: bigint): bigint {
  const limit = 1n << bits;
  if (total < limit && total >= -limit) return total;
  throw netFailure('System.OverflowException', 'Arithmetic operation resulted in an overflow.');
}

export function average(items: Items): Value {
  if (items.length === 0) throw noElements();
  return new Double(items.reduce((all: number, item) => all + numberOf(item), 0) / items.length);
}

export function extreme(items: Items, sign: 1 | -1): Value {
  if (items.length === 0) throw noElements();
  return items.reduce((best, item) => (compareDefault(item, best) * sign > 0 ? item : best));
}
