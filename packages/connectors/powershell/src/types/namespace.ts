import { type EnumValue, enumOf, type NetType, namedType } from '@joinery/powershell/registration';

/** The namespace of ECMA 2's object model. PowerShell finds it in any case. */
export const ecma = 'Microsoft.MetadirectoryServices';

/** A type of the namespace. */
export function ecmaType(name: string): NetType {
  return namedType(`${ecma}.${name}`);
}

/** A value of an enum of the namespace. */
export function ecmaEnum(name: string, value: number): EnumValue {
  return enumOf(`${ecma}.${name}`, value);
}
