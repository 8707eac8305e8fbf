import type { Instance } from '../../../values/instance.ts';
import type { Value } from '../../../values/value.ts';

/**
 * What is known of an object that was read from Clixml.
 * @property text what its `ToString()` gave where it was written
 * @property adapted names of the properties that were those of its type, folded
 */
export interface Deserialized {
  readonly text: string | undefined;
  readonly adapted: ReadonlySet<string>;
}

const known = new WeakMap<Instance, Deserialized>();

export function deserializedOf(value: Value): Deserialized | undefined {
  return typeof value === 'object' && value !== null ? known.get(value) : undefined;
}

export function rememberDeserialized(value: Instance, about: Deserialized): void {
  known.set(value, about);
}
