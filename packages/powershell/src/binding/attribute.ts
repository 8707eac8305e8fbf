import type { Session } from '../runtime/session.ts';
import type { NetType } from '../types/net-type.ts';
import type { AttributeObject } from '../values/attribute-object.ts';
import type { Value } from '../values/value.ts';

/**
 * An attribute on a parameter, variable or property that acts on values: `[ValidateSet()]`, `[ValidateScript()]`, a type
 * constraint as cast, `[ArgumentTransformation]` kinds.
 */
export interface ParameterAttribute {
  /** Full name of its .NET type, as `Get-Variable` and `Get-Command` show it. */
  readonly typeName: string;
  /** Casts and transformations change a value before it is bound; validations refuse it. */
  readonly kind: 'cast' | 'transformation' | 'validation';
  /**
   * Changes or refuses a value. Throws `NetFailure` with `System.Management.Automation.ValidationMetadataException` (its id
   * in `details.ErrorId`) or `Thrown`; the binder and the variables wrap it each in their own words.
   */
  readonly apply: (value: Value, session: Session) => Value;
  /** The attribute as `Get-Variable` lists it. */
  readonly object?: AttributeObject | undefined;
  /** For a cast, the type. */
  readonly cast?: NetType;
}
