import { baseOf, typeOf } from '../conversion/base.ts';
import { convertTo, tryConvert } from '../conversion/convert.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { toNetText } from '../conversion/text.ts';
import type { NetException } from '../errors/net-exception.ts';
import { NetFailure, runtimeError } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import type { Session } from '../runtime/session.ts';
import { isInstance } from '../types/assignable.ts';
import { netTypes } from '../types/intrinsic.ts';
import { getMember } from '../types/members.ts';
import { type NetType, notConvertible } from '../types/net-type.ts';
import { NetArray } from '../values/array.ts';
import { List } from '../values/list.ts';
import { BigInteger, Char, Decimal, Double, Single, SmallInteger, UInt64 } from '../values/numbers.ts';
import { PSReference } from '../values/ps-reference.ts';
import { SwitchParameter } from '../values/switch-parameter.ts';
import type { Value } from '../values/value.ts';
import { collectionKind } from './collection-kind.ts';

/** A value that does not convert, before the binder says for which parameter. */
export function invalidCast(id: string, message: string): Thrown {
  return runtimeError(id, message, {
    type: 'System.Management.Automation.PSInvalidCastException',
    category: 'InvalidArgument',
  });
}

/** The .NET name of a type as error messages print it. */
export function typeText(type: NetType): string {
  const { typeArguments } = type;
  return typeArguments.length === 0 ? type.name : `${type.name}[${typeArguments.map(typeText).join(',')}]`;
}

const isBoolean = (type: NetType): boolean =>
  type === netTypes.boolean || (type.name === netTypes.nullable.name && type.typeArguments[0] === netTypes.boolean);
const isBooleanOrSwitch = (type: NetType): boolean => type === netTypes.switchParameter || isBoolean(type);

/** Any of the .NET number types. */
export function isNumber(value: Value): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof Double ||
    value instanceof SmallInteger ||
    value instanceof Decimal ||
    value instanceof Single ||
    value instanceof UInt64 ||
    value instanceof BigInteger
  );
}

/**
 * Converts an argument to the type that a function's parameter declares: as a cast, but texts are no Booleans, a `[ref]`
 * is looked through unless one is wanted, and advanced functions do not join arrays into text.
 */
export function castArgument(value: Value, type: NetType, isAdvanced: boolean, session: Session): Value {
  if (type === netTypes.int32 ? typeof value === 'number' : type === netTypes.string && typeof value === 'string') {
    return value;
  }
  let given = baseOf(value) === null ? null : value;
  const base = baseOf(given);
  const isReference = base instanceof PSReference;
  if (type === netTypes.psReference) {
    if (isReference) return given;
    throw invalidCast('InvalidCastExceptionReferenceTypeExpected', 'Reference type is expected in argument.');
  }
  if (isReference) given = getMember(given, 'Value', session);
  if (isAdvanced && type === netTypes.string && baseOf(given) instanceof NetArray) {
    throw invalidCast('InvalidCastFromAnyTypeToString', 'Cannot convert value to type System.String.');
  }
  if (isBooleanOrSwitch(type)) return castBoolean(given, type, session);
  if (isAdvanced) {
    const { element } = collectionKind(type);
    if (element !== undefined && isBooleanOrSwitch(element)) {
      for (const item of listItems(given) ?? [given]) checkBoolean(item, element);
    }
  }
  return convertTo(given, type, session);
}

function castBoolean(value: Value, type: NetType, session: Session): Value {
  checkBoolean(value, type);
  if (type === netTypes.switchParameter) {
    if (value === null) return SwitchParameter.off;
    if (typeof value === 'boolean') return SwitchParameter.of(value);
    if (value instanceof SwitchParameter) return value;
  }
  return convertTo(value, type, session);
}

function checkBoolean(value: Value, type: NetType): void {
  const base = baseOf(value);
  if (base === null || base === undefined) {
    if (type === netTypes.boolean) throw noBoolean('', type);
    return;
  }
  if (typeof base === 'boolean' || base instanceof SwitchParameter || isNumber(base)) return;
  throw noBoolean(typeText(typeOf(base)), type);
}

function noBoolean(given: string, type: NetType): Thrown {
  return invalidCast(
    'InvalidCastExceptionUnsupportedParameterType',
    `Cannot convert value "${given}" to type "${typeText(type)}". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.`,
  );
}

/** What keeps an argument from a cmdlet's parameter: an id and the text that follows `Cannot bind parameter 'x'. `. */
export class CannotConvert extends Error {
  readonly id:
    | 'CannotConvertArgument'
    | 'CannotConvertArgumentNoMessage'
    | 'ParameterArgumentValidationErrorNullNotAllowed';
  readonly inner: NetException | undefined;
  readonly shown: string;
  constructor(
    id: CannotConvert['id'],
    message: string,
    { inner, shown = '' }: { inner?: NetException | undefined; shown?: string } = {},
  ) {
    super(message);
    this.id = id;
    this.inner = inner;
    this.shown = shown;
  }
}

const notSupported = 'Specified method is not supported.';

/** Converts an argument to the type of a cmdlet's parameter. Throws `CannotConvert`. */
export function coerceArgument(value: Value, type: NetType, session: Session): Value {
  const base = baseOf(value);
  if (base === null || base === undefined) {
    if (type === netTypes.boolean) throw new CannotConvert('ParameterArgumentValidationErrorNullNotAllowed', '');
    return type === netTypes.switchParameter ? SwitchParameter.on : null;
  }
  if (type === netTypes.object || type === netTypes.psObject || isInstance(value, type)) return value;
  if (isBooleanOrSwitch(type)) return coerceBoolean(base, type, session);
  const { kind, element } = collectionKind(type);
  if (kind === 'generic' || kind === 'list') {
    const converted = isInstance(base, type) ? base : convertsDirectly(base, type, session);
    if (converted !== undefined) return converted;
  }
  if (kind !== 'none') return encodeCollection(value, type, kind, element, session);
  if (listItems(base) !== undefined && !isEnum(type)) {
    throw new CannotConvert('CannotConvertArgument', notSupported, { shown: toNetText(base, undefined, session) });
  }
  return convertOrFail(value, type, session);
}

const isEnum = (type: NetType): boolean => type.description.kind === 'enum';

function coerceBoolean(base: Value, type: NetType, session: Session): Value {
  const wanted = (on: boolean): Value => (type === netTypes.switchParameter ? SwitchParameter.of(on) : on);
  if (typeof base === 'boolean') return wanted(base);
  if (base instanceof SwitchParameter) return wanted(base.isPresent);
  if (isNumber(base)) return wanted(convertTo(base, netTypes.boolean, session) === true);
  throw new CannotConvert('CannotConvertArgument', '', {
    shown: base === null || base === undefined ? '' : typeText(typeOf(base)),
  });
}

function convertsDirectly(base: Value, type: NetType, session: Session): Value | undefined {
  if (listItems(base) !== undefined) return undefined;
  const converted = typeof base === 'string' ? notConvertible : tryConvert(base, type, session);
  return converted === notConvertible ? undefined : converted;
}

/** Puts one value or the items of a list into a new collection of the parameter's type. */
function encodeCollection(
  value: Value,
  type: NetType,
  kind: 'array' | 'list' | 'generic',
  element: NetType | undefined,
  session: Session,
): Value {
  const given = listItems(value) ?? [value];
  const items = element === undefined ? [...given] : given.map((item) => coerceElement(item, element, session));
  const array = new NetArray(element ?? netTypes.object, items);
  return kind === 'array' ? array : convertOrFail(array, type, session);
}

function coerceElement(item: Value, element: NetType, session: Session): Value {
  const base = baseOf(item);
  if (base === null && element === netTypes.string) return null;
  return coerceArgument(item, element, session);
}

function convertOrFail(value: Value, type: NetType, session: Session): Value {
  try {
    return convertTo(value, type, session);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    throw new CannotConvert('CannotConvertArgumentNoMessage', error.record.exception.message, {
      inner: error.record.exception,
    });
  }
}

/** The items of a value that is an `IList`. */
function listItems(value: Value): readonly Value[] | undefined {
  const base = baseOf(value);
  if (base instanceof NetArray || base instanceof List) return base.items;
  return undefined;
}

/** A value fits a parameter as it is: what the first round of pipeline and positional binding asks. */
export function fitsUncoerced(value: Value, type: NetType, session: Session): { readonly value: Value } | undefined {
  const base = baseOf(value);
  if (base === null || base === undefined) {
    return isReferenceButText(type) ? { value: null } : undefined;
  }
  if (type === netTypes.object || type === netTypes.psObject || isInstance(value, type)) return { value };
  const { kind, element } = collectionKind(type);
  if (kind === 'none') return undefined;
  const given = listItems(base) ?? [value];
  if (element !== undefined && !given.every((item) => baseOf(item) === null || isInstance(item, element)))
    return undefined;
  if (kind !== 'array') {
    const converted = tryConvert(new NetArray(element ?? netTypes.object, [...given]), type, session);
    return converted === notConvertible ? undefined : { value: converted };
  }
  return { value: new NetArray(element ?? netTypes.object, [...given]) };
}

function isReferenceButText(type: NetType): boolean {
  if (type === netTypes.string) return false;
  const { kind } = type.description;
  return kind !== 'struct' && kind !== 'enum';
}

/** The exception of an error that a cast or an attribute raised; what is no error of a script goes on. */
export function exceptionOf(error: unknown): NetException {
  if (error instanceof Thrown) return error.record.exception;
  if (error instanceof NetFailure) return error.exception;
  throw error;
}

/** The items of a value for attributes that look at each element. */
export function elements(value: Value, session: Session): Iterable<Value> | undefined {
  return enumerable(value, session);
}

/** The bare text of a char or string; `undefined` for other values. */
export function textOf(value: Value): string | undefined {
  const base = baseOf(value);
  if (typeof base === 'string') return base;
  return base instanceof Char ? base.text : undefined;
}
