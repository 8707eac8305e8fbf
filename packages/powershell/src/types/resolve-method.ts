import { EnumValue } from '../values/enum.ts';
import { Double } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { netTypes } from './intrinsic.ts';
import type { NetType, Overload, ParameterInfo } from './net-type.ts';
import { readSignature, type Signature } from './signature.ts';
import type { Method } from './type-info.ts';
import { described, lookUp, type Placeholders, placeholder } from './type-lookup.ts';

/** Looks up what an overload's signature names. */
export function resolveMethod(overload: Overload, declaring: NetType, isStatic: boolean): Method {
  if (overload.parameters !== undefined) {
    return methodOf(
      overload,
      overload.name ?? '',
      declaring,
      isStatic,
      overload.parameters,
      overload.returnType ?? netTypes.void,
      [],
    );
  }
  const signature = readSignature(overload.signature);
  const typeParameters = signature.typeParameters.map(placeholder);
  const names = new Map(signature.typeParameters.map((name, index) => [name, typeParameters[index]]));
  return methodOf(
    overload,
    signature.name,
    declaring,
    isStatic,
    resolveParameters(signature, declaring, names),
    signature.returnType === undefined ? declaring : lookUp(signature.returnType, declaring, names),
    typeParameters,
  );
}

export function methodOf(
  overload: Overload,
  name: string,
  declaring: NetType,
  isStatic: boolean,
  parameters: readonly ParameterInfo[],
  returnType: NetType,
  typeParameters: readonly NetType[],
): Method {
  const hasParamArray = parameters.at(-1)?.isParamArray === true;
  const required = parameters.filter((one) => !one.isOptional && !one.isParamArray).length;
  return { overload, name, declaring, isStatic, parameters, returnType, typeParameters, hasParamArray, required };
}

function resolveParameters(signature: Signature, declaring: NetType, names: Placeholders): ParameterInfo[] {
  return signature.parameters.map((parameter) => {
    const type = lookUp(parameter.type, declaring, names);
    const { name, isReference, isParamArray, defaultText } = parameter;
    return {
      name,
      type,
      isReference,
      isParamArray,
      isOptional: defaultText !== undefined,
      defaultValue: defaultText === undefined ? null : defaultValue(defaultText, type),
    };
  });
}

/** A default as signatures write it: `null`, `true`, `1`, `"text"`, `System.StringSplitOptions.None`, `default`. */
function defaultValue(text: string, type: NetType): Value {
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.startsWith('"')) return text.slice(1, -1);
  if (text === 'default') return described(type).description.zero?.(type) ?? null;
  if (described(type).kind === 'enum') {
    const label = text.slice(text.lastIndexOf('.') + 1);
    const number = type.description.labels?.[label];
    if (number !== undefined) return new EnumValue(type, number);
  }
  const number = Number(text);
  if (Number.isNaN(number)) throw new TypeError(`not a default: ${text}`);
  return type === netTypes.double ? new Double(number) : type === netTypes.int64 ? BigInt(text) : number;
}
