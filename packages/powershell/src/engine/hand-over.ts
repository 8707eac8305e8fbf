import { problem } from '@joinery/problems';
import type { EngineValue } from './value.ts';
import { encodeValue, type Wire } from './wire.ts';

/** A value on its way into a script. @throws POWERSHELL_VALUE_INVALID */
export function wireOf(value: EngineValue, place: string): Wire {
  try {
    return encodeValue(value);
  } catch (error) {
    if (error instanceof TypeError) throw problem('POWERSHELL_VALUE_INVALID', error.message, { place, cause: error });
    throw error;
  }
}

export function entriesOf(
  values: Readonly<Record<string, EngineValue>> | ReadonlyMap<string, EngineValue>,
): readonly (readonly [string, EngineValue])[] {
  return values instanceof Map ? [...values] : Object.entries(values);
}
