import { NetFailure, runtimeError } from '../errors/raise.ts';
import type { Session } from '../runtime/session.ts';
import type { Value } from '../values/value.ts';
import type { ParameterAttribute } from './attribute.ts';
import { castArgument } from './coerce.ts';

/**
 * What every later value of a variable with attributes goes through: its casts and transformations, then its validations.
 * `undefined` where there are none. Throws `Thrown`: the error of the cast, or `ValidateSetFailure`.
 */
export function variableCheck(
  name: string,
  attributes: readonly ParameterAttribute[],
  session: Session,
): ((value: Value) => Value) | undefined {
  if (attributes.length === 0) return undefined;
  const changing = attributes.filter((one) => one.kind !== 'validation');
  const validations = attributes.filter((one) => one.kind === 'validation');
  return (given) => {
    let value = given;
    for (const attribute of changing) {
      value =
        attribute.cast === undefined
          ? attribute.apply(value, session)
          : castArgument(value, attribute.cast, false, session);
    }
    for (const attribute of validations) {
      try {
        attribute.apply(value, session);
      } catch (error) {
        if (!(error instanceof NetFailure)) throw error;
        throw notValid(name, value, session, error);
      }
    }
    return value;
  };
}

function notValid(name: string, value: Value, session: Session, cause: NetFailure): Error {
  return runtimeError(
    'ValidateSetFailure',
    `The variable cannot be validated because the value ${value === null ? '' : session.text(value)} is not a valid value for the ${name} variable.`,
    {
      type: 'System.Management.Automation.ValidationMetadataException',
      category: 'MetadataError',
      inner: cause.exception,
    },
  );
}
