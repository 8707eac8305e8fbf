import { NetFailure, runtimeError } from '../errors/raise.ts';
import type { Session } from '../runtime/session.ts';
import type { Dictionary } from '../values/dictionary.ts';
import type { Value } from '../values/value.ts';
import { netTypes } from './intrinsic.ts';
import type { MemberAdapter } from './net-type.ts';

/** False where the adapter has no property of that name. @throws Thrown CatchFromBaseAdapterSetValue */
export function setByAdapter(
  adapter: MemberAdapter,
  base: Value,
  name: string,
  value: Value,
  session: Session,
): boolean {
  try {
    return adapter.set(base, name, value, session);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    throw runtimeError('CatchFromBaseAdapterSetValue', `Exception setting "${name}": "${error.exception.message}"`, {
      type: 'System.Management.Automation.SetValueInvocationException',
      inner: error.exception,
    });
  }
}

/** A dictionary never looks for properties: it always sets the key, as far as its types allow. */
export function setKey(dictionary: Dictionary, name: string, value: Value, session: Session): boolean {
  const { keyType, valueType } = dictionary;
  if (keyType !== netTypes.object && keyType !== netTypes.string) return false;
  dictionary.set(name, valueType === netTypes.object ? value : session.convert(value, valueType));
  return true;
}
