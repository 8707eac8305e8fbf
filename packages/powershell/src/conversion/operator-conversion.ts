import { type NetType, notConvertible } from '../types/net-type.ts';
import type { Value } from '../values/value.ts';
import { wrapped } from './cast-error.ts';
import type { ConversionContext } from './context.ts';
import { inherited } from './inherited.ts';

type OperatorConversion = (value: Value, type: NetType, context: ConversionContext) => Value | typeof notConvertible;

/** The conversion by what the target, or else the source, says it can do: implicit and explicit operators of .NET. */
export function findOperatorConversion(from: NetType, to: NetType): OperatorConversion | undefined {
  const { convertFrom } = to.description;
  const convertInto = inherited(from, 'convertTo');
  if (convertFrom === undefined && convertInto === undefined) return undefined;
  return (value, type, context) => {
    try {
      const converted = convertFrom?.(value, context, type) ?? notConvertible;
      if (converted !== notConvertible || convertInto === undefined) return converted;
      return convertInto(value, type, context);
    } catch (error) {
      throw wrapped('InvalidCastTargetInvocationExceptionop_Explicit', value, type, error, context);
    }
  };
}
