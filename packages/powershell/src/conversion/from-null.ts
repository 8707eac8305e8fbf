import { isReference } from '../types/assignable.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Char } from '../values/numbers.ts';
import { PSReference } from '../values/ps-reference.ts';
import { SwitchParameter } from '../values/switch-parameter.ts';
import type { Value } from '../values/value.ts';
import { noConversion } from './cast-error.ts';
import type { ConversionContext } from './context.ts';
import { changeNumber, isNumericType } from './numbers/change-number.ts';
import { integerOf } from './numbers/read-number.ts';

/** What `$null` becomes: empty text, zero, false; null where null can stand. Throws `Thrown` for other value types. */
export function convertNull(value: null | undefined, type: NetType, context: ConversionContext): Value {
  switch (type) {
    case netTypes.string:
      return '';
    case netTypes.int32:
      return 0;
    case netTypes.boolean:
      return false;
    case netTypes.void:
      return undefined;
    case netTypes.char:
      return Char.of(0);
    case netTypes.switchParameter:
      return SwitchParameter.off;
    case netTypes.psReference:
      return PSReference.to(null);
    case netTypes.bigInteger:
      return integerOf(0n, type);
    default:
      if (isNumericType(type)) return changeNumber(0, type);
      if (type.definition === netTypes.nullable) return null;
      if (isReference(type)) return value;
      throw noConversion(null, type, context);
  }
}
