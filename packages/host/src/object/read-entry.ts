import { type AttributeValue, type CSEntryChange, importErrorToProblem, validateEntry } from '@joinery/connector';
import { isProblem, type Problem, problem } from '@joinery/problems';
import { dnOf } from '../export/dn.ts';
import type { SpaceRow } from '../space/row.ts';
import type { ObjectState } from './hosted-object.ts';
import { identityOf } from './identity.ts';
import { toRow } from './object-state.ts';
import { type Shape, typeOfObject } from './shape.ts';

/** The id of the object of an identity: the space knows those that were renamed. */
export type IdOf = (identity: string) => string;

/** An object that the target showed, as a row; or why it cannot be used; undefined for one of a type that is not selected. */
export type EntryReading =
  | { readonly row: SpaceRow; readonly identity: string }
  | { readonly fault: Problem }
  | undefined;

/**
 * Reads one object of an import or a look-up. Never throws for what the entry holds.
 * @param idOf the id of the object that is called so now: its identity, unless it was renamed
 */
export function readEntry(shape: Shape, idOf: IdOf, found: CSEntryChange): EntryReading {
  const reported = importErrorToProblem(found);
  if (reported !== undefined) return { fault: reported };
  const type = typeOfObject(shape, found.objectType);
  if (type === undefined) return undefined;
  const validation = validateEntry(found, type.schemaType);
  if (!validation.ok) return { fault: problem('CONNECTOR_ENTRY_INVALID', validation.fault.detail) };
  const { entry } = validation;
  if (type.file.anchor.length !== entry.anchorAttributes.length) {
    return { fault: problem('CONNECTOR_ENTRY_INVALID', 'The object has no anchor.') };
  }
  const attributes = stateOf(entry);
  // A target without DNs has the one that exports give its objects (host sheet section 5), or every import would take it away.
  const object = { attributes, dn: entry.dn ?? dnOf(type, attributes, undefined) };
  const identity = identityOf(type, entry.anchorAttributes);
  return { row: toRow(type, idOf(identity), object), identity };
}

/** The id of an object that could not be read; undefined where its anchors are not good either. */
export function idOfUnread(shape: Shape, idOf: IdOf, found: CSEntryChange): string | undefined {
  const type = typeOfObject(shape, found.objectType);
  if (type === undefined) return undefined;
  try {
    return idOf(identityOf(type, found.anchorAttributes));
  } catch (error) {
    if (isProblem(error, 'CONNECTOR_VALUE_INVALID')) return undefined;
    throw error;
  }
}

/** The values of an imported or looked-up entry, as the state of the object. */
function stateOf(entry: CSEntryChange): ObjectState {
  const attributes = new Map<string, readonly AttributeValue[]>();
  for (const { name, valueChanges } of entry.attributeChanges) {
    const values = valueChanges.flatMap(({ value, modificationType }) =>
      modificationType === 'Add' && value !== '' ? [value] : [],
    );
    if (values.length > 0) attributes.set(name, values);
  }
  for (const { name, value } of entry.anchorAttributes) attributes.set(name, [value]);
  return attributes;
}
