import { GenericDictionary } from '../types/collections/dictionary.ts';
import { namedType, netTypes } from '../types/intrinsic.ts';
import { ignoreCaseComparer } from '../values/key-comparer.ts';
import type { Value } from '../values/value.ts';

const type = namedType('System.Management.Automation.PSBoundParametersDictionary');

/** `$PSBoundParameters`: a dictionary of its own, which scripts change and splat on. */
export function boundParametersDictionary(values: ReadonlyMap<string, Value>): GenericDictionary {
  const dictionary = new GenericDictionary(type, {
    comparer: ignoreCaseComparer,
    keyType: netTypes.string,
    valueType: netTypes.object,
  });
  for (const [name, value] of values) dictionary.set(name, value ?? null);
  return dictionary;
}
