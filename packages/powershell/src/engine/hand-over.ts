import { problem } from '@joinery/problems';
import { encodeFrame } from '../sandbox/frames.ts';
import type { Request } from '../sandbox/protocol.ts';
import { received } from './failure.ts';
import type { EngineValue } from './value.ts';
import { decodeValue, encodeValue, type Wire } from './wire.ts';

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

/** A request as a frame. @throws POWERSHELL_VALUE_INVALID where the values in it are larger than a frame, or than a text, can be */
export function encodeRequest(request: Request): Buffer {
  try {
    return encodeFrame(request);
  } catch (error) {
    if (error instanceof RangeError) {
      throw problem('POWERSHELL_VALUE_INVALID', 'The values are too large to be handed over.', { cause: error });
    }
    throw error;
  }
}

/** A value as it came from the process that runs scripts. @throws POWERSHELL_ENGINE_FAULT for what is no value */
export function receivedValue(wire: unknown): EngineValue {
  return received(() => decodeValue(wire));
}
