import { netFailure } from '../../errors/raise.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';

/** Fills a new dictionary from another, as the constructors that take one do. */
export function copyPairs<T extends Dictionary>(target: T, source: Value, parameter: string): T {
  if (source === null || source === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
  }
  for (const item of as(source, Dictionary).items()) {
    if (!target.add(item.key, item.value)) {
      throw netFailure('System.ArgumentException', 'An item with the same key has already been added.');
    }
  }
  return target;
}
