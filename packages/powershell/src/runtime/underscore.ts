import type { Value } from '../values/value.ts';
import type { Scope } from './scope.ts';
import { Variable } from './variable.ts';

/** Runs something with `$_` set in a scope, and puts back what was there. */
export function withUnderscore<T>(scope: Scope, value: Value, run: () => T): T {
  const before = scope.own('_');
  if (before === undefined) {
    scope.add(new Variable('_', value));
    try {
      return run();
    } finally {
      scope.remove('_');
    }
  }
  const saved = before.value;
  before.value = value;
  try {
    return run();
  } finally {
    before.value = saved;
  }
}
