/** A JSON value of a SCIM resource. 64-bit integers outside the safe range are bigint; U+0000 never occurs (refused at the edge). */
export type ScimValue = string | number | bigint | boolean | null | readonly ScimValue[] | ScimObject;

export interface ScimObject {
  readonly [name: string]: ScimValue;
}

/** A resource while it is being built; afterwards it is passed on as {@link ScimObject}. */
export type ScimDraft = Record<string, ScimValue>;

export function isList(value: ScimValue | undefined): value is readonly ScimValue[] {
  return Array.isArray(value);
}

export function isObject(value: ScimValue | undefined): value is ScimObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own member; never one that it inherits, so that an attribute may be called `constructor`. */
export function member(object: ScimObject, name: string): ScimValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/**
 * Unassigned in the sense of RFC 7643 2.5: absent, null and the empty array are one state. The empty object joins them,
 * because an attribute with nothing in it carries no value either.
 */
export function isUnassigned(value: ScimValue | undefined): value is undefined | null {
  if (value === undefined || value === null) return true;
  if (isList(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** Null and the empty list: what takes a value away in a PATCH. An object without members names nothing, and so changes nothing. */
export function isCleared(value: ScimValue | undefined): value is undefined | null {
  return isUnassigned(value) && !isObject(value);
}

/** Structural equality; member order does not count, list order does. */
export function sameValue(a: ScimValue | undefined, b: ScimValue | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]))
    );
  }
  return false;
}
