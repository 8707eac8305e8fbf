/** A point in time: 100-nanosecond ticks since 0001-01-01T00:00:00Z, the resolution and range of .NET dates and AD file times. */
export interface DateValue {
  readonly kind: 'date';
  readonly ticks: bigint;
}

/** A reference to another source object; the engine turns it into the target's reference. */
export interface ReferenceValue {
  readonly kind: 'reference';
  /** Object id in the source directory. */
  readonly id: string;
}

/** One assigned application role, an item of `[appRoleAssignments]`. */
export interface RoleValue {
  readonly kind: 'role';
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
}

export type SingleValue = string | bigint | boolean | DateValue | ReferenceValue | RoleValue;

/** What expressions work on (engine sheet 21.2). `null` is an absent attribute; lists hold no null and no list. */
export type Value = null | SingleValue | readonly SingleValue[];

/** The attributes of one source object, by exact name. A missing name reads as null. A `Map` serves. */
export interface SourceAttributes {
  get(name: string): Value | undefined;
}

export function isList(value: Value): value is readonly SingleValue[] {
  return Array.isArray(value);
}

/** True for the tagged values, and not for lists. */
function isTagged(value: Value): value is DateValue | ReferenceValue | RoleValue {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isDate(value: Value): value is DateValue {
  return isTagged(value) && value.kind === 'date';
}

export function isReference(value: Value): value is ReferenceValue {
  return isTagged(value) && value.kind === 'reference';
}

export function isRole(value: Value): value is RoleValue {
  return isTagged(value) && value.kind === 'role';
}

/** Null, the empty text and the empty list: what IsNullOrEmpty and IgnoreFlowIfNullOrEmpty mean by empty. */
export function isEmpty(value: Value): boolean {
  return value === null || value === '' || (isList(value) && value.length === 0);
}

/** A list of many as itself, null and the empty list as none, anything else as a list of one. */
export function toItems(value: Value): readonly SingleValue[] {
  if (value === null) return [];
  return isList(value) ? value : [value];
}
