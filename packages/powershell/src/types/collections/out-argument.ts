import { PSReference } from '../../values/ps-reference.ts';
import type { Value } from '../../values/value.ts';

/** Sets an `out` argument; one that is no reference is left alone, as PowerShell leaves it. */
export function setReference(argument: Value, value: Value): void {
  if (argument instanceof PSReference) argument.value = value ?? null;
}
