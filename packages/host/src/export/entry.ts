import {
  type AttributeChange,
  type AttributeValue,
  type CSEntryChange,
  type ExportType,
  sameValue,
  valueKey,
} from '@joinery/connector';
import { listDifferences } from '../list-differences.ts';
import type { HostedObject, ObjectState } from '../object/hosted-object.ts';
import { anchorsOf } from '../object/identity.ts';
import { sameValues } from '../object/object-state.ts';
import type { ObjectShape } from '../object/shape.ts';
import { PASSWORD_ATTRIBUTE } from '../object/virtual-attributes.ts';

/**
 * POST as an entry (host sheet 3.8): the anchor in the anchor collection, every value as an Add change.
 * @param password only for connectors that take it in the first pass
 */
export function addEntry(
  shape: ObjectShape,
  identifier: string,
  object: HostedObject,
  password?: string,
): CSEntryChange {
  const changes = wholeObject(object.attributes);
  if (password !== undefined) changes.push(changeOf(PASSWORD_ATTRIBUTE, 'Add', [password]));
  return entry(shape, identifier, 'Add', object, changes);
}

/**
 * PATCH and PUT as an entry in the shape that the connector's export type asks for (ECMA sheet section 4).
 * @returns undefined when nothing differs
 */
export function changeEntry(
  shape: ObjectShape,
  identifier: string,
  type: ExportType,
  before: HostedObject,
  after: HostedObject,
): CSEntryChange | undefined {
  const changed = shape.attributes.filter(
    ({ name }) => !sameValues(before.attributes.get(name), after.attributes.get(name)),
  );
  if (changed.length === 0 && before.dn === after.dn) return undefined;
  const identity = { attributes: before.attributes, dn: after.dn };
  const renamed = before.dn === after.dn || before.dn === undefined ? {} : { previousDn: before.dn };
  if (type === 'ObjectReplace')
    return { ...entry(shape, identifier, 'Replace', identity, wholeObject(after.attributes)), ...renamed };
  const changes = changed.map(({ name, list, type: valueType }) => {
    const was = before.attributes.get(name) ?? [];
    const is = after.attributes.get(name) ?? [];
    const deltas =
      type === 'AttributeUpdate' ||
      (type === 'MultivaluedReferenceAttributeUpdate' && valueType === 'Reference' && list);
    return attributeChange(name, was, is, deltas);
  });
  return { ...entry(shape, identifier, 'Update', identity, changes), ...renamed };
}

/** DELETE as an entry: identity only. */
export function deleteEntry(shape: ObjectShape, identifier: string, object: HostedObject): CSEntryChange {
  return entry(shape, identifier, 'Delete', object, []);
}

function entry(
  shape: ObjectShape,
  identifier: string,
  objectModificationType: CSEntryChange['objectModificationType'],
  object: HostedObject,
  attributeChanges: readonly AttributeChange[],
): CSEntryChange {
  return {
    identifier,
    objectType: shape.schemaType.name,
    objectModificationType,
    ...(object.dn === undefined ? {} : { dn: object.dn }),
    anchorAttributes: anchorsOf(shape, object.attributes),
    attributeChanges,
  };
}

function wholeObject(attributes: ObjectState): AttributeChange[] {
  return [...attributes].map(([name, values]) => changeOf(name, 'Add', values));
}

function changeOf(
  name: string,
  modificationType: AttributeChange['modificationType'],
  values: readonly AttributeValue[],
): AttributeChange {
  return { name, modificationType, valueChanges: values.map((value) => ({ value, modificationType: 'Add' })) };
}

/** With `deltas`, what came and what went; without, the whole new list. Added values first, as the original's test data has it. */
function attributeChange(
  name: string,
  was: readonly AttributeValue[],
  is: readonly AttributeValue[],
  deltas: boolean,
): AttributeChange {
  if (is.length === 0) return { name, modificationType: 'Delete', valueChanges: [] };
  if (was.length === 0) return changeOf(name, 'Add', is);
  if (!deltas) return changeOf(name, 'Replace', is);
  const { came, went } = listDifferences(was, is, sameValue, valueKey);
  return {
    name,
    modificationType: 'Update',
    valueChanges: [
      ...came.map((value) => ({ value, modificationType: 'Add' as const })),
      ...went.map((value) => ({ value, modificationType: 'Delete' as const })),
    ],
  };
}
