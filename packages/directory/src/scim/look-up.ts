import { type AttributePath, equality, type Predicate } from '@joinery/scim';
import { parseObjectId } from '../object-id.ts';
import { keyed, type Lookup, type Shelf } from './shelf.ts';
import type { TenantType } from './tenant-schema.ts';

/** An equality that an index answers. */
export interface IndexedEquality {
  readonly path: AttributePath;
  readonly key: string;
  readonly lookup: Lookup;
  /** False where the shelf itself knows the look-up, whatever the tenant defined: it can be prepared. */
  readonly custom: boolean;
}

/** The look-up that the predicate as a whole is; undefined where it is more, or another. */
export function wholeLookup(predicate: Predicate, shelf: Shelf, tenantType: TenantType): IndexedEquality | undefined {
  const found = equality(predicate);
  // Empty texts have no row among the keys.
  if (found === undefined || found.operand.key === '') return undefined;
  const { path, operand } = found;
  // An indexed key is text; a case-exact attribute is never compared folded by SCIM, and the other way round.
  const key = String(operand.key);
  const shared = Object.hasOwn(shelf.lookups, path.text) ? shelf.lookups[path.text] : undefined;
  if (shared !== undefined) return { path, key, lookup: shared, custom: false };
  return tenantType.keys.has(path) ? { path, key, lookup: keyed(shelf, path.text), custom: true } : undefined;
}

/**
 * Look-ups that must hold wherever the predicate holds. They stand beside it in the statement, so that an index finds the few rows that
 * the predicate is then asked about.
 */
export function impliedLookups(predicate: Predicate, shelf: Shelf, tenantType: TenantType): readonly IndexedEquality[] {
  if (predicate.kind === 'and') {
    return predicate.operands.flatMap((operand) => impliedLookups(operand, shelf, tenantType));
  }
  // Some element has the value: so has the attribute as a whole.
  if (predicate.kind === 'element') return impliedLookups(predicate.where, shelf, tenantType);
  const found = wholeLookup(predicate, shelf, tenantType);
  if (found === undefined) return [];
  if (found.path.text === 'id' && parseObjectId(found.key) !== found.key) return [];
  return [found];
}
