import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';

/** `left -eq right` for single values: the right side is converted to the type of the left; what does not convert is not equal. */
export function languageEquals(left: Value, right: Value, ignoreCase: boolean, context: OperatorContext): boolean {
  void ignoreCase;
  void context;
  return left === right;
}

/** Negative, zero or positive, as `-lt` and `-gt` and sorting have it. Throws `Thrown` where the right side does not convert to the type of the left. */
export function languageCompare(left: Value, right: Value, ignoreCase: boolean, context: OperatorContext): number {
  void ignoreCase;
  void context;
  void left;
  void right;
  return 0;
}
