import type { Instance } from '../values/instance.ts';
import { type ExtendedMember, type ExtendedMembers, PSCustomObject, PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';

interface Extension {
  readonly members: ExtendedMembers;
  typeNames: string[] | undefined;
}

/** Members that script code put on objects other than custom objects, by identity; gone with the object. */
const extensions = new WeakMap<Instance, Extension>();

/** The members script code put on a value, `undefined` where there are none. */
export function extendedMembersOf(value: Value): ExtendedMembers | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof PSCustomObject || value instanceof PSObject) return value.members;
  return value.type.hasExtendedInstances ? extensions.get(value)?.members : undefined;
}

/** A member that script code put on a value, by folded name. */
export function extendedMember(value: Value, folded: string): ExtendedMember | undefined {
  const carries = value instanceof PSCustomObject || value instanceof PSObject;
  return carries ? value.member(folded) : extendedMembersOf(value)?.get(folded);
}

/** The members of an object to add to. Bare values cannot carry any: their `PSObject` does. */
export function extendedMembersFor(value: Instance): ExtendedMembers {
  if (value instanceof PSCustomObject || value instanceof PSObject) return value.members;
  return extensionFor(value).members;
}

/** Adds or replaces a member. */
export function addExtendedMember(value: Instance, member: ExtendedMember): void {
  extendedMembersFor(value).set(member.name.toLowerCase(), member);
}

/** Type names that script code gave a value (`PSTypeName`, `.pstypenames.Insert`), `undefined` while it has its CLR's. */
export function extendedTypeNamesOf(value: Value): string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof PSCustomObject || value instanceof PSObject) return value.typeNames;
  return value.type.hasExtendedInstances ? extensions.get(value)?.typeNames : undefined;
}

export function setExtendedTypeNames(value: Instance, names: string[]): void {
  if (value instanceof PSCustomObject || value instanceof PSObject) value.typeNames = names;
  else extensionFor(value).typeNames = names;
}

function extensionFor(value: Instance): Extension {
  let extension = extensions.get(value);
  if (extension === undefined) {
    extension = { members: new Map(), typeNames: undefined };
    extensions.set(value, extension);
    value.type.hasExtendedInstances = true;
  }
  return extension;
}
