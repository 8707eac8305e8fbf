import type { Value } from '../values/value.ts';

/** What `if`, `-and` and `[bool]` make of a value. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'string':
      return value.length !== 0;
    case 'bigint':
      return value !== 0n;
    default:
      return value !== null && value !== undefined;
  }
}
