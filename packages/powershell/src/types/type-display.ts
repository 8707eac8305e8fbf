import type { NetType } from './net-type.ts';

const assembly = ', System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e';
const automationAssembly =
  ', System.Management.Automation, Version=7.6.0.500, Culture=neutral, PublicKeyToken=31bf3856ad364e35';

/** `Type.FullName`: type arguments with their assemblies. */
export function fullName(type: NetType): string {
  if (type.element !== undefined) return `${fullName(type.element)}[${','.repeat(type.rank - 1)}]`;
  if (type.typeArguments.length === 0) return type.name;
  return `${type.name}[${type.typeArguments.map((one) => `[${fullName(one)}${assemblyOf(one)}]`).join(',')}]`;
}

function assemblyOf(type: NetType): string {
  return type.name.startsWith('System.Management.Automation.') ? automationAssembly : assembly;
}

/** `Type.ToString()`: type arguments by full name. */
export function netName(type: NetType): string {
  if (type.element !== undefined) return `${netName(type.element)}[${','.repeat(type.rank - 1)}]`;
  if (type.typeArguments.length > 0) return `${type.name}[${type.typeArguments.map(netName).join(',')}]`;
  const { typeParameters = [] } = type.isDescribed ? type.description : {};
  return typeParameters.length === 0 ? type.name : `${type.name}[${typeParameters.join(',')}]`;
}

/** `Type.Name`: the last part. */
export function shortName(type: NetType): string {
  if (type.element !== undefined) return `${shortName(type.element)}[${','.repeat(type.rank - 1)}]`;
  return lastPart(type.name);
}

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('+')) + 1);
}

/** `Type.Namespace`; empty for types of scripts. */
export function namespaceOf(type: NetType): string {
  if (type.element !== undefined) return namespaceOf(type.element);
  return type.name.slice(0, Math.max(type.name.lastIndexOf('.'), 0));
}

/** As PowerShell writes a type: short names where there are any, `System.Collections.Generic.List[string]`. */
export function languageName(type: NetType): string {
  if (type.element !== undefined) return `${languageName(type.element)}[${','.repeat(type.rank - 1)}]`;
  if (type.typeArguments.length === 0) return shortNameOf(type) ?? type.name;
  const name = type.name.replace(/`\d+$/, '');
  return `${name}[${type.typeArguments.map(languageName).join(',')}]`;
}

/** PowerShell's first short name of a type: what it prints for it. */
function shortNameOf(type: NetType): string | undefined {
  return type.isDescribed ? type.description.accelerators?.[0] : undefined;
}
