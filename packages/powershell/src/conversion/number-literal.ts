import type { NumberLiteral } from '../syntax/tree/index.ts';
import { namedType } from '../types/intrinsic.ts';
import { BigInteger, Decimal, Double, SmallInteger, UInt64 } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';

/** The value that a number literal of a script stands for. */
export function literalValue(literal: NumberLiteral): Value {
  switch (literal.type) {
    case 'System.Int32':
    case 'System.Int64':
      return literal.value;
    case 'System.Double':
      return new Double(literal.value);
    case 'System.Decimal':
      return new Decimal(literal.mantissa, literal.scale);
    case 'System.UInt64':
      return new UInt64(literal.value);
    case 'System.Numerics.BigInteger':
      return new BigInteger(literal.value);
    default:
      return new SmallInteger(namedType(literal.type), literal.value);
  }
}
