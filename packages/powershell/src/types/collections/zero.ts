import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';

/** `default(T)`: zero, false or null. */
export function zeroOf(type: NetType): Value {
  switch (type) {
    case netTypes.int32:
      return 0;
    case netTypes.int64:
      return 0n;
    case netTypes.boolean:
      return false;
    default:
      return type.description.zero?.(type) ?? null;
  }
}
