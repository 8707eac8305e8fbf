import { runtimeError } from '../errors/raise.ts';
import { toThrown } from '../errors/to-thrown.ts';
import type { Value } from '../values/value.ts';

/** A check of a variable whose failed casts are errors of the variable's metadata; failed validations stay as they are. */
export function metadataCheck(check: (value: Value) => Value): (value: Value) => Value {
  return (value) => {
    try {
      return check(value ?? null);
    } catch (error) {
      const thrown = toThrown(error);
      if (thrown === undefined || thrown.record.errorId === 'ValidateSetFailure') throw error;
      const { exception } = thrown.record;
      throw runtimeError('RuntimeException', exception.message, {
        type: 'System.Management.Automation.ArgumentTransformationMetadataException',
        category: 'MetadataError',
        inner: exception,
      });
    }
  };
}
