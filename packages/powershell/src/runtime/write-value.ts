import { enumerable } from '../conversion/enumerate.ts';
import { NetArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import type { Output } from './output.ts';
import type { Session } from './session.ts';

/** Writes the value of an expression statement: the items of what enumerates, AutomationNull not at all. */
export function writeEnumerated(value: Value, out: Output, session: Session): void {
  if (typeof value !== 'object' || value === null) {
    if (value !== undefined) out.write(value);
    return;
  }
  const { budget } = session;
  if (value instanceof NetArray) {
    const { items } = value;
    for (let index = 0; index < items.length; index++) {
      budget.step();
      out.write(items[index] ?? null);
    }
    return;
  }
  const items = enumerable(value, session);
  if (items === undefined) out.write(value);
  else writeItems(items, out, session);
}

/** Writes items one by one, which may be without end. */
export function writeItems(items: Iterable<Value>, out: Output, { budget }: Session): void {
  for (const item of items) {
    budget.step();
    out.write(item ?? null);
  }
}
