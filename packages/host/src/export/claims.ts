import { formatValue } from '@joinery/connector';
import { fold } from '@joinery/scim';
import { nameKeyOf, parentKeyOf } from '../object/dn-form.ts';
import type { HostedObject, ObjectState } from '../object/hosted-object.ts';
import { anchorsOf, identityOf } from '../object/identity.ts';
import { keysIn } from '../object/object-state.ts';
import type { ObjectShape } from '../object/shape.ts';
import { hasSameAnchor } from './settle.ts';
import { lookupKey } from './write-order.ts';

/** The claim on an object by its id. */
export function idClaim(id: string): string {
  return `id:${id}`;
}

/** The identity of an object; undefined while the target has not made its anchor yet. */
export function identityOfState(type: ObjectShape, attributes: ObjectState): string | undefined {
  const anchors = anchorsOf(type, attributes);
  return anchors.length === 0 ? undefined : identityOf(type, anchors);
}

/**
 * What a write touches (design decision 3): the object, its names before and after, its values that are unique, the parent
 * of its DN, and the objects that it refers to.
 * @param ids of the object, and of those that it refers to
 */
export function claimsOf(
  type: ObjectShape,
  ids: { readonly own: readonly string[]; readonly referredTo: readonly string[] },
  before: HostedObject,
  after: HostedObject,
): { claims: string[]; needs: string[] } {
  const claims = new Set<string>(ids.own.map(idClaim));
  const needs = new Set<string>(ids.referredTo.map(idClaim));
  const { anchor, queryAttribute, resource } = type.file;
  // A part of a compound anchor is not unique by itself.
  const unique = new Set(
    anchor.length > 1 ? [queryAttribute].filter((name) => !anchor.includes(name)) : [...anchor, queryAttribute],
  );
  for (const { attributes } of hasSameAnchor(type, before, after) ? [after] : [before, after]) {
    const identity = identityOfState(type, attributes);
    if (identity !== undefined) claims.add(`identity:${identity}`);
  }
  for (const { attributes } of before === after ? [after] : [before, after]) {
    for (const name of unique)
      for (const value of attributes.get(name) ?? [])
        claims.add(`value:${resource}:${name}:${fold(formatValue(value))}`);
  }
  for (const dn of new Set([before.dn, after.dn])) {
    if (dn === undefined) continue;
    claims.add(`dn:${nameKeyOf(type.dnStyle, dn)}`);
    const parent = parentKeyOf(type.dnStyle, dn);
    if (parent !== undefined) needs.add(`dn:${parent}`);
  }
  return { claims: [...claims], needs: [...needs] };
}

/** Every value by which a caller could look the object up. */
export function searchKeys(type: ObjectShape, object: HostedObject): string[] {
  return type.matchable.flatMap((attribute) =>
    keysIn(type, attribute, object).map((key) => lookupKey(attribute.name, key)),
  );
}
