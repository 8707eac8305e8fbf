import { type EngineTyped, type EngineValue, isList } from '@joinery/powershell';
import { problem } from '@joinery/problems';

/** The namespace of the object model: the types that cross are named in full. */
const namespace = 'Microsoft.MetadirectoryServices';

export function ecmaName(name: string): string {
  return `${namespace}.${name}`;
}

/** An object of the namespace on its way into a script. */
export function ecmaObject(name: string, ...data: EngineValue[]): EngineTyped {
  return { kind: 'typed', type: ecmaName(name), data };
}

/** True for an object of a type of the namespace, as it comes from a script. */
export function isEcmaObject(value: EngineValue, name: string): value is EngineTyped {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'typed' &&
    value.type === ecmaName(name)
  );
}

/** What came from the process that runs scripts is not what its types send. */
export function nonsense(what: string): Error {
  return problem('POWERSHELL_ENGINE_FAULT', `The process sent something that is no ${what}.`);
}

/** The data of an object that must be of a type. @throws POWERSHELL_ENGINE_FAULT */
export function dataOf(value: EngineValue, name: string): readonly EngineValue[] {
  if (!isEcmaObject(value, name)) throw nonsense(name);
  return listIn(value.data, name);
}

/** @throws POWERSHELL_ENGINE_FAULT */
export function listIn(value: EngineValue | undefined, what: string): readonly EngineValue[] {
  if (value === undefined || !isList(value)) throw nonsense(what);
  return value;
}

/** @throws POWERSHELL_ENGINE_FAULT */
export function textIn(value: EngineValue | undefined, what: string): string {
  if (typeof value !== 'string') throw nonsense(what);
  return value;
}

/** @throws POWERSHELL_ENGINE_FAULT */
export function textOrNullIn(value: EngineValue | undefined, what: string): string | null {
  return value === null ? null : textIn(value, what);
}

/** The label of a number of an enum whose labels count from zero. @throws POWERSHELL_ENGINE_FAULT */
export function labelIn<Label extends string>(
  value: EngineValue | undefined,
  labels: readonly Label[],
  what: string,
): Label {
  const label = typeof value === 'number' ? labels[value] : undefined;
  if (label === undefined) throw nonsense(what);
  return label;
}
