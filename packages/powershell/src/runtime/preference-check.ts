import { runtimeError } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import type { NetType } from '../types/net-type.ts';
import type { Value } from '../values/value.ts';
import type { Session } from './session.ts';

/** The global preference variables hold values of their enum: names and numbers become one, others are refused. */
export function preferenceCheck(session: Session, type: NetType): (value: Value) => Value {
  return (value) => {
    try {
      return session.convert(value, type);
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      throw runtimeError('RuntimeException', error.record.exception.message, {
        type: 'System.Management.Automation.ArgumentTransformationMetadataException',
        category: 'MetadataError',
      });
    }
  };
}
