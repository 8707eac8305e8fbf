import { baseOf, typeOf } from '../../../conversion/base.ts';
import {
  changeNumber,
  charOf,
  integerValue,
  isNumericType,
  toDouble,
} from '../../../conversion/numbers/change-number.ts';
import { isNumber } from '../../../conversion/numbers/number-text.ts';
import { integerOf, parseDecimal, parseDouble, parseInteger } from '../../../conversion/numbers/read-number.ts';
import { netFailure } from '../../../errors/raise.ts';
import { EnumValue } from '../../../values/enum.ts';
import { Char, Double, Single } from '../../../values/numbers.ts';
import type { Value } from '../../../values/value.ts';
import { numbersFor } from '../../globalization/culture.ts';
import { netTypes } from '../../intrinsic.ts';
import type { CallContext, NetType } from '../../net-type.ts';
import { netName, shortName } from '../../type-display.ts';
import { infoOf } from '../../type-info.ts';
import { providedText } from '../text/provided-text.ts';
import { typeCodeOf } from '../type.ts';

/** The value that `Convert` makes of null. */
function zeroOf(type: NetType): Value {
  return type.description.zero?.(type) ?? null;
}

/** What `IConvertible` makes of a value. Throws `NetFailure` as .NET does. */
export function changeType(value: Value, type: NetType, provider: Value, context: CallContext): Value {
  const base = baseOf(value);
  if (base === null || base === undefined) return zeroOf(type);
  if (typeOf(base) === type) return base;
  if (type === netTypes.string) return providedText(provider ?? null, context)(base, undefined);
  if (typeof base === 'string') return fromText(base, type, provider, context);
  if (type === netTypes.boolean && isNumber(base)) return toDouble(base) !== 0;
  if (typeof base === 'boolean' && isNumericType(type)) return changeNumber(base ? 1 : 0, type);
  if (base instanceof EnumValue && isNumericType(type)) return integerOf(BigInt(base.value), type);
  if (base instanceof Char) {
    const whole =
      isNumericType(type) && type !== netTypes.double && type !== netTypes.single && type !== netTypes.decimal;
    if (whole) return integerOf(BigInt(base.code), type);
  }
  if (type === netTypes.char) {
    const whole = integerValue(base);
    if (whole !== undefined) return charOf(whole);
  }
  if (isNumber(base) && isNumericType(type)) return changeNumber(base, type);
  throw invalidCast(typeOf(base), type);
}

function invalidCast(from: NetType, to: NetType): Error {
  const short = (type: NetType): string => (isBasic(type) ? shortName(type) : netName(type));
  return isBasic(from) && isBasic(to)
    ? netFailure('System.InvalidCastException', `Invalid cast from '${short(from)}' to '${short(to)}'.`)
    : netFailure(
        'System.InvalidCastException',
        isConvertible(from)
          ? `Invalid cast from '${netName(from)}' to '${netName(to)}'.`
          : 'Object must implement IConvertible.',
      );
}

function isBasic(type: NetType): boolean {
  return typeCodeOf(type) > 2 && type.kind !== 'enum';
}

function isConvertible(type: NetType): boolean {
  return isBasic(type) || type.kind === 'enum';
}

function fromText(source: string, type: NetType, provider: Value, context: CallContext): Value {
  const culture = numbersFor(provider);
  switch (type) {
    case netTypes.boolean:
      return readBoolean(source);
    case netTypes.char:
      if (source.length === 1) return Char.of(source.charCodeAt(0));
      throw netFailure('System.FormatException', 'String must be exactly one character long.');
    case netTypes.double:
      return new Double(parseDouble(source, undefined, culture));
    case netTypes.single:
      return new Single(parseDouble(source, undefined, culture));
    case netTypes.decimal:
      return parseDecimal(source, undefined, culture);
    case netTypes.dateTime:
      return readDate(source, provider, context);
    default:
      if (isNumericType(type)) return parseInteger(source, type, undefined, culture);
      throw netFailure('System.InvalidCastException', `Invalid cast from 'System.String' to '${netName(type)}'.`);
  }
}

function readBoolean(source: string): boolean {
  const word = source.trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  throw netFailure('System.FormatException', `String '${source}' was not recognized as a valid Boolean.`);
}

/** Text as a date by `DateTime.Parse`, which lives with the dates. */
function readDate(source: string, provider: Value, context: CallContext): Value {
  const member = infoOf(netTypes.dateTime).statics.get('parse');
  const methods = member?.kind === 'method' ? member.methods : [];
  const parse = methods.find(({ parameters }) => parameters.length === 2 && parameters[1]?.name === 'provider');
  return parse?.overload.invoke(null, [source, provider ?? null], context, parse.declaring, []) ?? null;
}
