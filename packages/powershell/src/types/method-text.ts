import { EnumValue, enumLabel } from '../values/enum.ts';
import type { Value } from '../values/value.ts';
import type { ParameterInfo } from './net-type.ts';
import { languageName } from './type-display.ts';
import type { Method } from './type-info.ts';

/** A signature as PowerShell prints it: `static bool TryParse(string s, [ref] int result)`. */
export function methodText({ name, parameters, returnType, isStatic, typeParameters, declaring }: Method): string {
  const generic = typeParameters.length === 0 ? '' : `[${typeParameters.map((one) => one.name).join(', ')}]`;
  const isConstructor = name === 'new';
  const head = isStatic && !isConstructor ? 'static ' : '';
  const answer = languageName(isConstructor ? declaring : returnType);
  return `${head}${answer} ${name}${generic}(${parameters.map(parameterText).join(', ')})`;
}

function parameterText({ name, type, isReference, isParamArray, isOptional, defaultValue }: ParameterInfo): string {
  const kind = isParamArray ? 'Params ' : isReference ? '[ref] ' : '';
  const initial = isOptional ? ` = ${defaultText(defaultValue)}` : '';
  return `${kind}${languageName(type)} ${name}${initial}`;
}

function defaultText(value: Value): string {
  if (value instanceof EnumValue) return `${value.type.name}.${enumLabel(value)}`;
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null || value === undefined ? 'null' : String(value);
}
