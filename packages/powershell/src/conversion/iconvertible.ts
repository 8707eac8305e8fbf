import { type NetFailure, netFailure } from '../errors/raise.ts';
import { namedType, netTypes } from '../types/intrinsic.ts';
import type { CallContext, NetType } from '../types/net-type.ts';
import { fullName, netName, shortName } from '../types/type-display.ts';
import { EnumValue } from '../values/enum.ts';
import { Char, Decimal } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { typeOf } from './base.ts';
import { isCastError, noConversion, wrapped } from './cast-error.ts';
import type { Conversion } from './conversion.ts';
import { enumNumber } from './enum-text.ts';
import { changeNumber, charOf, integerValue, isNumericType } from './numbers/change-number.ts';
import { isNumber, type NetNumber } from './numbers/number-text.ts';
import { toNetText } from './text.ts';
import { isTrue } from './truth.ts';

/** True for the types that implement `IConvertible`. */
export function isConvertible(type: NetType): boolean {
  return (
    isNumericType(type) ||
    type === netTypes.string ||
    type === netTypes.boolean ||
    type === netTypes.char ||
    type === netTypes.dateTime ||
    type.kind === 'enum'
  );
}

/**
 * What `IConvertible` makes of a value that is no text: the one table of which types turn into which, for casts as for
 * `System.Convert`. Throws `NetFailure`: InvalidCastException where the types do not go together, OverflowException.
 */
export function changeType(value: Value, type: NetType, context: CallContext): Value {
  if (value === null || value === undefined) return null;
  if (typeOf(value) === type || type === netTypes.object) return value;
  if (type === netTypes.string) return toNetText(value, undefined, context);
  if (typeof value === 'boolean') return isNumericType(type) ? changeNumber(value ? 1 : 0, type) : refuse(value, type);
  if (value instanceof Char) return changeChar(value, type);
  if (value instanceof EnumValue) {
    const number = enumNumber(value);
    const isTarget = isNumericType(type) || type === netTypes.char || type === netTypes.boolean;
    return isNumber(number) && isTarget ? changeNumeric(number, type) : refuse(value, type);
  }
  if (isNumber(value) && isNumericType(typeOf(value))) return changeNumeric(value, type);
  if (isConvertible(typeOf(value))) return refuse(value, type);
  throw notConvertible();
}

/** Of a value that `Convert.ChangeType` cannot ask for another form of itself. */
export function notConvertible(): NetFailure {
  return netFailure('System.InvalidCastException', 'Object must implement IConvertible.');
}

/** The same where .NET itself casts the value to the interface: in `Convert.ToInt32(object)` and its kin, and in ranges. */
export function noConvertibleCast(from: NetType): NetFailure {
  return netFailure(
    'System.InvalidCastException',
    `Unable to cast object of type '${netName(from)}' to type 'System.IConvertible'.`,
  );
}

function changeChar(value: Char, type: NetType): Value {
  const isWhole =
    isNumericType(type) && type !== netTypes.double && type !== netTypes.single && type !== netTypes.decimal;
  return isWhole ? changeNumber(value.code, type) : refuse(value, type);
}

function changeNumeric(value: NetNumber, type: NetType): Value {
  if (isNumericType(type)) return changeNumber(value, type);
  if (type === netTypes.boolean) return isTrue(value);
  if (type === netTypes.char && !(value instanceof Decimal)) {
    const whole = integerValue(value);
    if (whole !== undefined) return charOf(whole);
  }
  return refuse(value, type);
}

/** Types that `IConvertible` names are told by their short names, others in full. */
const convertibleTargets: ReadonlySet<NetType> = new Set([netTypes.boolean, netTypes.char, netTypes.dateTime]);

function refuse(value: Exclude<Value, null | undefined>, type: NetType): never {
  const from = typeOf(value);
  // The one conversion that `Enum` refuses in a name of its own.
  throw invalidCast(from.kind === 'enum' && type === netTypes.dateTime ? namedType('System.Enum') : from, type);
}

function invalidCast(from: NetType, to: NetType): NetFailure {
  const isNamed = convertibleTargets.has(to) || isNumericType(to);
  const [source, target] = isNamed ? [shortName(from), shortName(to)] : [fullName(from), fullName(to)];
  return netFailure('System.InvalidCastException', `Invalid cast from '${source}' to '${target}'.`);
}

/** The conversion by `IConvertible`. */
export const changeTypeOf: Conversion = (value, type, context) => {
  try {
    return changeType(value, type, context);
  } catch (error) {
    throw wrapped('InvalidCastIConvertible', value, type, error, context);
  }
};

/** Numbers turn into types that know nothing of numbers by way of their text. */
export const throughText: Conversion = (value, type, context) => {
  try {
    return context.convert(context.text(value), type);
  } catch (error) {
    const isImpossible = isCastError(error) && error.record.errorId === 'ConvertToFinalInvalidCastException';
    throw isImpossible ? noConversion(value, type, context) : error;
  }
};
