import type { Scope } from '../runtime/scope.ts';
import { Variable } from '../runtime/variable.ts';
import { EnumeratorObject } from '../types/collections/enumerator.ts';
import { namedType } from '../types/intrinsic.ts';
import type { Value } from '../values/value.ts';

/** The enumerator that scripts see as `$foreach` and `$switch`. */
export function enumeratorOf(items: Iterable<Value>): EnumeratorObject {
  return new EnumeratorObject(namedType('System.ArrayEnumerator'), () => items[Symbol.iterator]());
}

/** Runs a loop with its enumerator in `$foreach` or `$switch`, and puts back what was there. */
export function withEnumerator<T>(scope: Scope, name: 'foreach' | 'switch', enumerator: Value, run: () => T): T {
  const before = scope.own(name);
  const saved = before?.value;
  const variable = before ?? new Variable(name, enumerator);
  if (before === undefined) scope.add(variable);
  else before.value = enumerator;
  try {
    return run();
  } finally {
    if (before === undefined) scope.remove(name);
    else variable.value = saved;
  }
}
