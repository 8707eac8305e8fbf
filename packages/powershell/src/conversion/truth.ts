import { NetArray } from '../values/array.ts';
import { EnumValue } from '../values/enum.ts';
import type { Instance } from '../values/instance.ts';
import { List } from '../values/list.ts';
import { BigInteger, Char, Decimal, Double, Single, SmallInteger, UInt64 } from '../values/numbers.ts';
import { PSObject } from '../values/ps-object.ts';
import { SwitchParameter } from '../values/switch-parameter.ts';
import type { Value } from '../values/value.ts';

/** What `if`, `-and` and `[bool]` make of a value. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'string':
      return value.length !== 0;
    case 'bigint':
      return value !== 0n;
    default:
      return value !== null && value !== undefined && isInstanceTrue(value);
  }
}

function isInstanceTrue(value: Instance): boolean {
  if (value instanceof PSObject) return isTrue(value.base);
  if (value instanceof NetArray || value instanceof List) return areItemsTrue(value.items);
  if (value instanceof Double || value instanceof Single || value instanceof SmallInteger) return value.value !== 0;
  if (value instanceof UInt64 || value instanceof BigInteger) return value.value !== 0n;
  if (value instanceof Decimal) return value.mantissa !== 0n;
  if (value instanceof Char) return value.code !== 0;
  if (value instanceof SwitchParameter) return value.isPresent;
  if (value instanceof EnumValue) return BigInt(value.value) !== 0n;
  return true;
}

/** A list of one is as true as its item; a list in a list of one is true where it has items at all. */
function areItemsTrue(items: readonly Value[]): boolean {
  if (items.length !== 1) return items.length > 1;
  const only = items[0] instanceof PSObject ? items[0].base : items[0];
  return only instanceof NetArray || only instanceof List ? only.items.length > 0 : isTrue(only);
}
