import { netFailure } from '../errors/raise.ts';
import { divideByZero } from '../values/decimal.ts';

/** Arithmetic and bit operations of BigInteger. Throws `NetFailure` (DivideByZeroException, OverflowException). */
export function computeBigIntegers(sign: string, left: bigint, right: bigint): bigint {
  switch (sign) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      if (right === 0n) throw divideByZero();
      return left / right;
    case '%':
      if (right === 0n) throw divideByZero();
      return left % right;
    case '-band':
      return left & right;
    case '-bor':
      return left | right;
    case '-bxor':
      return left ^ right;
    case '-shl':
      return left << shiftCount(right);
    default:
      return left >> shiftCount(right);
  }
}

/** A count that could still be held: beyond, memory ends. */
function shiftCount(count: bigint): bigint {
  if (count < 10_000_000n) return count;
  throw netFailure('System.OverflowException', 'Value was either too large or too small for an Int32.');
}
