import { enumerable } from '../conversion/enumerate.ts';
import { currentItemText, joinItems, toText } from '../conversion/text.ts';
import { PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';

/** `left -join separator` */
export function join(left: Value, separator: Value, context: OperatorContext): string {
  const between = toText(separator, context);
  const items = enumerable(left, context);
  return items === undefined ? writtenText(left, context) : joinItems(items, between, context, currentItemText);
}

/** A number as it was written where that is known. */
function writtenText(value: Value, context: OperatorContext): string {
  return value instanceof PSObject ? (value.written ?? toText(value, context)) : toText(value, context);
}
