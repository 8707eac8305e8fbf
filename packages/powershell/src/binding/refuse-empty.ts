import { baseOf } from '../conversion/base.ts';
import type { Session } from '../runtime/session.ts';
import { isValueType } from '../types/assignable.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import type { Value } from '../values/value.ts';
import type { Bindable } from './bindable.ts';
import { elements } from './coerce.ts';

interface Refusal {
  readonly id: string;
  readonly message: string;
}

/** Why a mandatory parameter does not take a value: null, empty text, an empty collection, or one of these inside. */
export function refuseEmpty(value: Value, parameter: Bindable, session: Session): Refusal | undefined {
  const { type } = parameter.declaration;
  const own = refuseOne(value, type, parameter);
  if (own !== undefined || type === netTypes.string || baseOf(value) === null) return own;
  const { kind, element } = parameter.collection;
  if (kind === 'none') return undefined;
  let isEmpty = true;
  for (const item of elements(value, session) ?? []) {
    isEmpty = false;
    if (element !== undefined && isValueType(element)) break;
    const refused = refuseOne(item, element ?? netTypes.object, parameter);
    if (refused !== undefined) return refused;
  }
  if (!isEmpty || parameter.declaration.allowEmptyCollection) return undefined;
  return kind === 'array'
    ? refusal('EmptyArray', 'an empty array', parameter)
    : refusal('EmptyCollection', 'an empty collection', parameter);
}

function refuseOne(value: Value, type: NetType, { declaration, name }: Bindable): Refusal | undefined {
  const base = baseOf(value);
  if (base === null) {
    if (declaration.allowNull || isNullableBoolean(type)) return undefined;
    return {
      id: 'ParameterArgumentValidationErrorNullNotAllowed',
      message: `Cannot bind argument to parameter '${name}' because it is null.`,
    };
  }
  if (type !== netTypes.string || base !== '' || declaration.allowEmptyString) return undefined;
  return refusal('EmptyString', 'an empty string', { name });
}

function refusal(what: string, words: string, { name }: { readonly name: string }): Refusal {
  return {
    id: `ParameterArgumentValidationError${what}NotAllowed`,
    message: `Cannot bind argument to parameter '${name}' because it is ${words}.`,
  };
}

function isNullableBoolean(type: NetType): boolean {
  return type.name === netTypes.nullable.name && type.typeArguments[0] === netTypes.boolean;
}
