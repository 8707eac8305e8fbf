import { baseOf } from '../../../conversion/base.ts';
import { changeType } from '../../../conversion/iconvertible.ts';
import { isNumericType } from '../../../conversion/numbers/change-number.ts';
import { parseDecimal, parseDouble, parseInteger } from '../../../conversion/numbers/read-number.ts';
import { netFailure } from '../../../errors/raise.ts';
import { Char, Double, Single } from '../../../values/numbers.ts';
import type { Value } from '../../../values/value.ts';
import { numbersFor } from '../../globalization/culture.ts';
import { netTypes } from '../../intrinsic.ts';
import type { CallContext, NetType } from '../../net-type.ts';
import { netName } from '../../type-display.ts';
import { infoOf } from '../../type-info.ts';
import { providedText } from '../text/provided-text.ts';

/** The value that `Convert` makes of null. */
function zeroOf(type: NetType): Value {
  return type.description.zero?.(type) ?? null;
}

/**
 * What `System.Convert` makes of a value, text read and written as an `IFormatProvider` (or null) has it.
 * Throws `NetFailure` as .NET does: FormatException, InvalidCastException, OverflowException.
 */
export function changeTypeFor(value: Value, type: NetType, provider: Value, context: CallContext): Value {
  const base = baseOf(value);
  if (base === null || base === undefined) return zeroOf(type);
  if (type === netTypes.string) return providedText(provider ?? null, context)(base, undefined);
  if (typeof base === 'string') return fromText(base, type, provider, context);
  return changeType(base, type, context);
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
