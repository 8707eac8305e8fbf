import type { AttributeValue, CSEntryChangeResult } from '@joinery/connector';
import type { Random } from '@joinery/runtime';
import type { HostedObject } from '../object/hosted-object.ts';
import { anchorsOf, furtherId, identityOf } from '../object/identity.ts';
import { sameValues, toRow } from '../object/object-state.ts';
import type { ObjectShape } from '../object/shape.ts';
import type { Space } from '../space/space.ts';
import type { Alias } from '../space/writer/calls.ts';
import type { WriteContext } from './write-context.ts';
import type { SpaceChange } from './write-order.ts';

/**
 * What the space holds of an object that was created.
 * @param known the id, where the anchor was known before
 * @throws CONNECTOR_VALUE_INVALID when the target did not say what anchor it made
 */
export function settleCreate(
  { type, space }: WriteContext,
  known: string | undefined,
  object: HostedObject,
  result: CSEntryChangeResult | undefined,
): SpaceChange {
  const after = afterResult(object, result);
  const id =
    known !== undefined && after === object ? known : space.idOf(identityOf(type, anchorsOf(type, after.attributes)));
  return { row: toRow(type, id, after), exported: 'add' };
}

/**
 * What the space holds of an object that was changed. One that has another anchor now keeps its id: an alias leads from the
 * new anchor to it, and another one keeps its former anchor free for a new object (host sheet 13.1 (1)).
 */
export function settleChange(
  { type, space, random }: WriteContext,
  id: string,
  before: HostedObject,
  object: HostedObject,
  result: CSEntryChangeResult | undefined,
): SpaceChange {
  const after = afterResult(object, result);
  const row = toRow(type, id, after);
  if (hasSameAnchor(type, before, after)) return { row, exported: 'change' };
  const was = identityOf(type, anchorsOf(type, before.attributes));
  const is = identityOf(type, anchorsOf(type, after.attributes));
  if (was === is) return { row, exported: 'change' };
  return { row, exported: 'change', alias: renameAliases(space, random, id, was, is) };
}

/** The aliases of an object whose identity has changed. What is called as it was is some other object from now on. */
export function renameAliases(
  space: Pick<Space, 'idOf'>,
  random: Random,
  id: string,
  was: string,
  is: string,
): readonly Alias[] {
  const own = { identity: is, id };
  return space.idOf(was) === id ? [own, { identity: was, id: furtherId(was, random) }] : [own];
}

/** Whether both have the same anchor, value by value; what differs here may still be one identity. */
export function hasSameAnchor(type: ObjectShape, a: HostedObject, b: HostedObject): boolean {
  return type.schemaType.attributes.every(
    ({ name, isAnchor }) => !isAnchor || sameValues(a.attributes.get(name), b.attributes.get(name)),
  );
}

/** The object after the target has told what it made of it: generated anchors and values (host sheet 3.6). */
function afterResult(object: HostedObject, result: CSEntryChangeResult | undefined): HostedObject {
  if (result?.attributeChanges === undefined && result?.anchorAttributes === undefined && result?.dn === undefined)
    return object;
  const attributes = new Map<string, readonly AttributeValue[]>(object.attributes);
  for (const { name, modificationType, valueChanges } of result?.attributeChanges ?? []) {
    if (modificationType === 'Delete') attributes.delete(name);
    else
      attributes.set(
        name,
        valueChanges.flatMap((each) => (each.modificationType === 'Add' ? [each.value] : [])),
      );
  }
  for (const { name, value } of result?.anchorAttributes ?? []) attributes.set(name, [value]);
  return { attributes, dn: result?.dn ?? object.dn };
}
