import { NetFailure, netFailure } from '../../errors/raise.ts';
import { parseNumber } from '../../syntax/number.ts';
import { netTypes } from '../../types/intrinsic.ts';
import type { NetType } from '../../types/net-type.ts';
import { BigInteger, Double, Single } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { isCastError, wrapped } from '../cast-error.ts';
import type { ConversionContext } from '../context.ts';
import type { Conversion } from '../conversion.ts';
import { literalValue } from '../number-literal.ts';
import { changeNumber, isNumericType } from './change-number.ts';
import { isNumber } from './number-text.ts';
import { parseDecimal, parseDouble, parseInteger, Style } from './read-number.ts';

/**
 * Text as an operator takes it where it needs a number: what the language reads as a number, of that number's own type;
 * empty text is 0. Other text goes through a cast to `type`, which mostly throws.
 */
export function scanNumber(text: string, type: NetType, context: ConversionContext): Value {
  return (
    scanned(text) ?? context.convert(text.trim(), isNumericType(type) || type.kind === 'enum' ? type : netTypes.int32)
  );
}

/** The number that the language reads in text, `undefined` where it is none. */
export function scanned(text: string): Value {
  const trimmed = text.trim();
  if (trimmed === '') return 0;
  const literal = parseNumber(trimmed);
  return literal === undefined ? undefined : literalValue(literal);
}

/** The number in text by the language's own rules, as the target type; `undefined` where it is none or does not fit. */
function scan(text: string, type: NetType, context: ConversionContext): Value {
  const number = scanned(text);
  if (number === undefined || !isNumber(number)) return undefined;
  try {
    if (type === netTypes.bigInteger || number instanceof BigInteger) return context.convert(number, type);
    return changeNumber(number, type);
  } catch (error) {
    if (error instanceof NetFailure || isCastError(error)) return undefined;
    throw error;
  }
}

function isFormatError(error: unknown): boolean {
  return error instanceof NetFailure && error.exception.type.name === 'System.FormatException';
}

export const textToInteger: Conversion = (value, type, context) => {
  const text = typeof value === 'string' ? value : '';
  const number = scan(text, type, context);
  if (number !== undefined) return number;
  try {
    return type === netTypes.bigInteger
      ? parseInteger(text, type, Style.integer | Style.thousands)
      : convertInteger(text, type);
  } catch (error) {
    const viaDouble = isFormatError(error) ? throughDouble(text, type) : undefined;
    if (viaDouble !== undefined) return viaDouble;
    throw wrapped('InvalidCastFromStringToInteger', value, type, error, context);
  }
};

/** What .NET's type converters read: decimal digits, or hexadecimal ones after `#`, `0x` or `&h`. */
function convertInteger(text: string, type: NetType): Value {
  const trimmed = text.trim();
  const digits = /^(?:#|0x|&h)(.*)$/is.exec(trimmed)?.[1];
  if (digits === undefined) return parseInteger(trimmed, type);
  if (!/^[0-9a-f]/i.test(digits)) {
    throw netFailure('System.FormatException', 'Could not find any recognizable digits.');
  }
  if (!/^[0-9a-f]+$/i.test(digits)) {
    throw netFailure('System.FormatException', 'Additional non-parsable characters are at the end of the string.');
  }
  return parseHexadecimal(digits, type);
}

function parseHexadecimal(digits: string, type: NetType): Value {
  const unsigned = type === netTypes.int64 || type === netTypes.uint64 ? netTypes.uint64 : netTypes.uint32;
  parseInteger(digits, unsigned, Style.hexadecimal);
  return parseInteger(digits, type, Style.hexadecimal);
}

function throughDouble(text: string, type: NetType): Value {
  try {
    return changeNumber(new Double(parseDouble(text)), type);
  } catch (error) {
    if (error instanceof NetFailure) return undefined;
    throw error;
  }
}

export const textToDecimal: Conversion = (value, type, context) => {
  const text = typeof value === 'string' ? value : '';
  const number = scan(text, type, context);
  if (number !== undefined) return number;
  try {
    return parseDecimal(text);
  } catch (error) {
    const viaDouble = isFormatError(error) ? throughDouble(text, type) : undefined;
    if (viaDouble !== undefined) return viaDouble;
    throw wrapped('InvalidCastFromStringToDecimal', value, type, error, context);
  }
};

export const textToReal: Conversion = (value, type, context) => {
  const text = typeof value === 'string' ? value : '';
  const number = scan(text, type, context);
  if (number !== undefined) return number;
  try {
    const read = parseDouble(text);
    return type === netTypes.single ? new Single(read) : new Double(read);
  } catch (error) {
    throw wrapped('InvalidCastFromStringToDoubleOrSingle', value, type, error, context);
  }
};
