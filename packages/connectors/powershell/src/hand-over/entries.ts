import type { AttributeChange, AttributeValue, CSEntryChange, Schema, SchemaAttribute } from '@joinery/connector';
import { nameKey } from '@joinery/connector';
import { type EngineTyped, type EngineValue, typedItems, typedList } from '@joinery/powershell';
import {
  attributeModificationTypes,
  attributeTypes,
  importErrors,
  numberOf,
  objectModificationTypes,
  valueModificationTypes,
} from '../enums.ts';
import { ecmaName, isEcmaObject, labelIn, listIn, textIn, textOrNullIn } from './typed.ts';

/*
 * Entries cross as lists, not under names: see `types/entry-change-data.ts` for their order. There may be a hundred thousand.
 */

const none = numberOf(importErrors, 'Success');
const undefinedType = numberOf(attributeTypes, 'Undefined');
const dnName = 'DN';

/** Entries for an export script, with the types that the schema gives their attributes. */
export function entriesValue(entries: readonly CSEntryChange[], schema: Schema): EngineTyped {
  const attributes = new Map(
    schema.types.map((type) => [
      nameKey(type.name),
      new Map(type.attributes.map((attribute) => [nameKey(attribute.name), attribute])),
    ]),
  );
  return typedList(
    ecmaName('CSEntryChange'),
    entries.map((entry) => entryData(entry, attributes.get(nameKey(entry.objectType)) ?? new Map())),
  );
}

function entryData(entry: CSEntryChange, attributes: ReadonlyMap<string, SchemaAttribute>): EngineValue {
  const { identifier, objectModificationType, objectType, dn, previousDn, anchorAttributes } = entry;
  const anchors: EngineValue[] = [];
  for (const { name, value } of anchorAttributes) anchors.push(name, typeNumber(attributes, name), value);
  const changes: EngineValue[] = entry.attributeChanges.map((change) => changeData(change, attributes));
  // A renamed object keeps its old name; the new one is a change (ECMA sheet 2.3).
  if (previousDn !== undefined && dn !== undefined) changes.push(newDn(dn, previousDn));
  const modification = numberOf(objectModificationTypes, objectModificationType);
  return [identifier, modification, objectType, previousDn ?? dn ?? null, null, anchors, changes, none, null, null];
}

function changeData(change: AttributeChange, attributes: ReadonlyMap<string, SchemaAttribute>): EngineValue {
  const { name, modificationType, valueChanges } = change;
  const isMultiValued = attributes.get(nameKey(name))?.isMultiValued ?? valueChanges.length > 1;
  const modification = numberOf(attributeModificationTypes, modificationType);
  const parts: EngineValue[] = [name, modification, typeNumber(attributes, name), isMultiValued];
  for (const one of valueChanges) parts.push(one.value, numberOf(valueModificationTypes, one.modificationType));
  return parts;
}

function newDn(dn: string, previous: string): EngineValue {
  const [added, deleted] = [numberOf(valueModificationTypes, 'Add'), numberOf(valueModificationTypes, 'Delete')];
  const update = numberOf(attributeModificationTypes, 'Update');
  return [dnName, update, numberOf(attributeTypes, 'String'), false, dn, added, previous, deleted];
}

function typeNumber(attributes: ReadonlyMap<string, SchemaAttribute>, name: string): number {
  const type = attributes.get(nameKey(name))?.type;
  return type === undefined ? undefinedType : numberOf(attributeTypes, type);
}

/** What a script says of an object. Nothing of it is held against a schema, and values are of any kind. */
export interface ScriptEntry {
  readonly identifier: string;
  readonly objectModificationType: (typeof objectModificationTypes)[number];
  readonly objectType: string | null;
  readonly dn: string | null;
  readonly rdn: string | null;
  readonly anchorAttributes: readonly { readonly name: string; readonly value: EngineValue }[];
  readonly attributeChanges: readonly ScriptChange[];
  readonly errorCode: (typeof importErrors)[number];
  readonly errorName: string | null;
  readonly errorDetail: string | null;
}

/** What a script says of an attribute. */
export interface ScriptChange {
  readonly name: string;
  readonly modificationType: (typeof attributeModificationTypes)[number];
  readonly valueChanges: readonly {
    readonly value: EngineValue;
    readonly modificationType: (typeof valueModificationTypes)[number];
  }[];
}

/** One entry that a script wrote, or a whole list; `undefined` for what is neither. @throws POWERSHELL_ENGINE_FAULT */
export function readEntries(value: EngineValue): readonly ScriptEntry[] | undefined {
  if (isEcmaObject(value, 'CSEntryChange')) return [readEntry(value.data)];
  return typedItems(value, ecmaName('CSEntryChange'))
    ?.filter((item) => item !== null)
    .map(readEntry);
}

function readEntry(data: EngineValue): ScriptEntry {
  const [identifier, modification, objectType, dn, rdn, anchors, changes, code, name, detail] = listIn(data, 'entry');
  return {
    identifier: textIn(identifier, 'entry'),
    objectModificationType: labelIn(modification, objectModificationTypes, 'entry'),
    objectType: textOrNullIn(objectType, 'entry'),
    dn: textOrNullIn(dn, 'entry'),
    rdn: textOrNullIn(rdn, 'entry'),
    anchorAttributes: readAnchors(listIn(anchors, 'entry')),
    attributeChanges: listIn(changes, 'entry').map(readChange),
    errorCode: labelIn(code, importErrors, 'entry'),
    errorName: textOrNullIn(name, 'entry'),
    errorDetail: textOrNullIn(detail, 'entry'),
  };
}

function readAnchors(parts: readonly EngineValue[]): ScriptEntry['anchorAttributes'] {
  const anchors: { name: string; value: EngineValue }[] = [];
  for (let at = 0; at < parts.length; at += 3) {
    anchors.push({ name: textIn(parts[at], 'anchor'), value: parts[at + 2] ?? null });
  }
  return anchors;
}

/** @throws POWERSHELL_ENGINE_FAULT */
export function readChange(data: EngineValue): ScriptChange {
  const [name, modification, , , ...values] = listIn(data, 'attribute change');
  const valueChanges: ScriptChange['valueChanges'][number][] = [];
  for (let at = 0; at < values.length; at += 2) {
    const modificationType = labelIn(values[at + 1], valueModificationTypes, 'value change');
    valueChanges.push({ value: values[at] ?? null, modificationType });
  }
  return {
    name: textIn(name, 'attribute change'),
    modificationType: labelIn(modification, attributeModificationTypes, 'attribute change'),
    valueChanges,
  };
}

/** A value that a script gave, as the host's own rules coerce it; `undefined` for what no attribute can hold. */
export function attributeValue(value: EngineValue): AttributeValue | undefined {
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'number') return BigInt(value);
  if (value === null || !('kind' in value)) return undefined;
  switch (value.kind) {
    case 'number':
    case 'date':
    case 'opaque':
      return value.text;
    default:
      return undefined;
  }
}
