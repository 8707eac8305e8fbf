import type { AttributeValue, CSEntryChangeResult } from '@joinery/connector';
import type { Random } from '@joinery/runtime';
import type { HostedObject } from '../object/hosted-object.ts';
import { anchorsOf, furtherId, identityOf } from '../object/identity.ts';
import { toRow } from '../object/object-state.ts';
import type { Space } from '../space/space.ts';
import type { Alias } from '../space/writer/calls.ts';
import type { WriteContext } from './write-context.ts';
import type { SpaceChange } from './write-order.ts';

/** What the space holds of an object that was created. @throws CONNECTOR_VALUE_INVALID when the target did not say what anchor it made */
export function settleCreate(
  { type, space }: WriteContext,
  object: HostedObject,
  result: CSEntryChangeResult | undefined,
): SpaceChange {
  const after = afterResult(object, result);
  const id = space.idOf(identityOf(type, anchorsOf(type, after.attributes)));
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

/** The object after the target has told what it made of it: generated anchors and values (host sheet 3.6). */
function afterResult(object: HostedObject, result: CSEntryChangeResult | undefined): HostedObject {
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
