import { formatInvariant } from '../dates/format.ts';
import { isDate, isReference, isRole, type SingleValue } from './value.ts';

/**
 * The text of one value as the language prints it (engine sheet 21.2): `True`/`False`, decimal integers,
 * dates as `M/d/yyyy h:mm:ss tt` in UTC, references as the object id, roles as their name.
 */
export function printValue(value: SingleValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return value.toString();
  if (isDate(value)) return formatInvariant(value);
  if (isReference(value)) return value.id;
  if (isRole(value)) return roleName(value);
  return value satisfies never;
}

/**
 * What the sheet calls the role name. The display name where there is one: that is what published mappings
 * (profile names, for instance) compare with; `value` is often a key of the target.
 */
export function roleName(role: { readonly value: string; readonly displayName: string }): string {
  return role.displayName === '' ? role.value : role.displayName;
}
