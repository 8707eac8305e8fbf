import { baseOf, typeOf } from '../conversion/base.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { EnumValue } from '../values/enum.ts';
import { Decimal } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { codeOf, isPrimitiveCode } from './type-code.ts';

/** The type of an operand, `object` for null. */
export function operandType(value: Value): NetType {
  const base = baseOf(value);
  return base === null || base === undefined ? netTypes.object : typeOf(base);
}

/** The right operand of a numeric left one as a primitive value; `undefined` for text and objects, which go other ways. */
export function primitiveOperand(right: Value, left: Value, context: OperatorContext): Value {
  if (right === null || right === undefined) return 0;
  if (right instanceof EnumValue) return context.convert(right, operandType(left));
  if (!isPrimitiveCode(codeOf(right))) return undefined;
  if (typeof right === 'boolean' && left instanceof Decimal) return new Decimal(right ? 1n : 0n, 0);
  return right;
}
