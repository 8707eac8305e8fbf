import { indexKey } from '../space/indexed-attribute.ts';
import { type Held, isHeldList } from './object-values.ts';
import { base64Of } from './printed-values.ts';

/** The distinct keys of what an attribute shows: of the first value alone where callers see no list. */
export function keysOfHeld(held: Held, list: boolean, caseExact: boolean): readonly string[] {
  if (held === undefined) return [];
  if (!isHeldList(held)) return keyOf(held, caseExact);
  const shown = list ? held : held.slice(0, 1);
  return [...new Set(shown.flatMap((value) => keyOf(value, caseExact)))];
}

function keyOf(value: Exclude<Held, undefined | readonly unknown[]>, caseExact: boolean): readonly string[] {
  const key = indexKey(value instanceof Uint8Array ? base64Of(value) : value, caseExact);
  return key === undefined ? [] : [key];
}
