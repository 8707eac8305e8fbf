import { enumerable } from '../conversion/enumerate.ts';
import { joinItems, toText } from '../conversion/text.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';

/** `left -join separator` */
export function join(left: Value, separator: Value, context: OperatorContext): string {
  const between = toText(separator, context);
  const items = enumerable(left, context);
  return items === undefined ? toText(left, context) : joinItems(items, between, context);
}
