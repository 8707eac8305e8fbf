import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';

/** The value itself, without a `PSObject` around it; AutomationNull becomes null. */
export function baseOf(value: Value): Value {
  if (value instanceof PSObject) return value.base;
  return value === undefined ? null : value;
}

/** The .NET type of a value that is not null, the `PSObject` around it left out. */
export function typeOf(value: Exclude<Value, null | undefined>): NetType {
  switch (typeof value) {
    case 'string':
      return netTypes.string;
    case 'number':
      return netTypes.int32;
    case 'boolean':
      return netTypes.boolean;
    case 'bigint':
      return netTypes.int64;
    default: {
      if (!(value instanceof PSObject)) return value.type;
      const base = baseOf(value);
      return base === null || base === undefined ? netTypes.psObject : typeOf(base);
    }
  }
}
