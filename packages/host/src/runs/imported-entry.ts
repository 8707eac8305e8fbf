import {
  type AttributeChange,
  type AttributeValue,
  type CSEntryChange,
  validateEntry,
  valueKey,
} from '@joinery/connector';
import { type Problem, problem } from '@joinery/problems';
import { dnOf } from '../export/dn.ts';
import type { HostedObject } from '../object/hosted-object.ts';
import { anchorsOf, identityOf } from '../object/identity.ts';
import type { IndexPlan } from '../object/key-sources.ts';
import { fromRow, toRow } from '../object/object-state.ts';
import { type IdOf, readEntry } from '../object/read-entry.ts';
import { type ObjectShape, type Shape, typeOfObject } from '../object/shape.ts';
import type { SpaceRow, StoredRow } from '../space/row.ts';

/** What the object of a row was called by its anchor, and is called from now on. */
export interface AnchorChange {
  readonly was: string;
  readonly is: string;
}

/** What one imported entry does to the space; undefined for an object of a type that is not selected. */
export type Imported =
  | { readonly kind: 'row'; readonly row: SpaceRow; readonly renamed?: AnchorChange }
  | { readonly kind: 'gone'; readonly id: string }
  | { readonly kind: 'fault'; readonly fault: Problem }
  | undefined;

/**
 * An entry of a full import. Whatever it calls itself, it is the whole object; one that says that its object is gone says
 * what its absence would have said.
 * @param planOf the indexes whose entries the rows are to tell
 */
export function wholeObject(
  shape: Shape,
  idOf: IdOf,
  found: CSEntryChange,
  planOf?: (type: ObjectShape) => IndexPlan,
): Imported {
  if (found.objectModificationType === 'Delete') return undefined;
  const reading = readEntry(shape, idOf, found, planOf);
  if (reading === undefined) return undefined;
  return 'row' in reading ? { kind: 'row', row: reading.row } : { kind: 'fault', fault: reading.fault };
}

/**
 * An entry of a delta import (contract, `ObjectModificationType`): Add and Replace are the whole object, Update is what
 * changed of it, Delete that it is gone.
 * @param latest the object as the space has it, changes of the same import included
 */
export function changedObject(
  shape: Shape,
  idOf: IdOf,
  found: CSEntryChange,
  latest: (id: string) => StoredRow | undefined,
): Imported {
  const operation = found.objectModificationType;
  if (operation === 'Add' || operation === 'Replace' || isReported(found))
    return wholeObject(shape, idOf, asWhole(found));
  const type = typeOfObject(shape, found.objectType);
  if (type === undefined) return undefined;
  const validation = validateEntry(found, type.schemaType);
  if (!validation.ok) return { kind: 'fault', fault: problem('CONNECTOR_ENTRY_INVALID', validation.fault.detail) };
  const { entry } = validation;
  const was = identityOf(type, entry.anchorAttributes);
  const id = idOf(was);
  if (operation === 'Delete') return { kind: 'gone', id };
  const row = latest(id);
  if (row === undefined) {
    return {
      kind: 'fault',
      fault: problem('HOST_DELTA_OBJECT_UNKNOWN', 'The target reports a change of an object that is not known.'),
    };
  }
  const after = merged(type, fromRow(type, row), entry);
  const changed = { kind: 'row', row: toRow(type, id, after) } as const;
  // A new anchor comes as a change of the anchor attribute, under the one before (contract, `previousDn`).
  const is = identityOf(type, anchorsOf(type, after.attributes));
  return was === is ? changed : { ...changed, renamed: { was, is } };
}

/** The id of the object that an Update changes; undefined for every other entry, and where the anchor is no good. */
export function changedId(shape: Shape, idOf: IdOf, found: CSEntryChange): string | undefined {
  const type = found.objectModificationType === 'Update' ? typeOfObject(shape, found.objectType) : undefined;
  if (type === undefined) return undefined;
  const validation = validateEntry(found, type.schemaType);
  return validation.ok ? idOf(identityOf(type, validation.entry.anchorAttributes)) : undefined;
}

function merged(type: ObjectShape, before: HostedObject, { attributeChanges, dn }: CSEntryChange): HostedObject {
  const attributes = new Map<string, readonly AttributeValue[]>(before.attributes);
  for (const change of attributeChanges) {
    const values = valuesAfter(attributes.get(change.name) ?? [], change);
    if (values.length === 0) attributes.delete(change.name);
    else attributes.set(change.name, values);
  }
  // A DN that the host has made follows the attributes that it is made of.
  const made =
    before.dn !== undefined && before.dn === dnOf(type, (name) => before.attributes.get(name)?.[0], undefined);
  return { attributes, dn: dn ?? (made ? dnOf(type, (name) => attributes.get(name)?.[0], undefined) : before.dn) };
}

/** `Update` carries what came and what went; the other modifications carry the whole list (contract). */
function valuesAfter(
  before: readonly AttributeValue[],
  { modificationType, valueChanges }: AttributeChange,
): readonly AttributeValue[] {
  if (modificationType === 'Delete') return [];
  const came = valueChanges.flatMap((each) =>
    each.modificationType === 'Add' && each.value !== '' ? [each.value] : [],
  );
  if (modificationType !== 'Update') return came;
  const went = new Set(
    valueChanges.flatMap((each) => (each.modificationType === 'Delete' ? [valueKey(each.value)] : [])),
  );
  const kept = before.filter((value) => !went.has(valueKey(value)));
  const has = new Set(kept.map(valueKey));
  return [...kept, ...came.filter((value) => !has.has(valueKey(value)))];
}

function isReported({ errorCodeImport = 'Success' }: CSEntryChange): boolean {
  return errorCodeImport !== 'Success';
}

/** A Delete with an error is no whole object, and must not be read as one that is gone. */
function asWhole(found: CSEntryChange): CSEntryChange {
  return found.objectModificationType === 'Delete' ? { ...found, objectModificationType: 'Add' } : found;
}
