import { coerceValue, sameValue, valueKey } from './coercion.ts';
import type { AnchorAttribute, AttributeChange, CSEntryChange, ObjectModificationType, ValueChange } from './entry.ts';
import type { ExportErrorCode, ImportErrorCode } from './error-codes.ts';
import { byName, nameKey } from './name.ts';
import { anchorAttributes, type SchemaAttribute, type SchemaType } from './schema.ts';
import type { AttributeValue } from './values.ts';

/** An entry in normal form, or why this one object cannot be used. */
export type EntryValidation =
  | { readonly ok: true; readonly entry: CSEntryChange }
  | { readonly ok: false; readonly fault: EntryFault };

/** What is wrong with an entry, in the words of both directions. */
export interface EntryFault {
  readonly attribute?: string;
  readonly importCode: ImportErrorCode;
  readonly exportCode: ExportErrorCode;
  readonly detail: string;
}

/** Which attribute modifications an object modification may carry (ECMA sheet 2.3, rule table for the insert hook). */
const allowedChanges: Readonly<Record<ObjectModificationType, ReadonlySet<AttributeChange['modificationType']>>> = {
  Add: new Set(['Add', 'Replace', 'Update']),
  Replace: new Set(['Add', 'Replace']),
  Update: new Set(['Add', 'Replace', 'Update', 'Delete']),
  Delete: new Set(),
};

/**
 * Checks an entry against its type and brings it to normal form: names as the schema spells them, values in the schema's types, every known
 * anchor in `anchorAttributes` and, except on Delete, also among the attribute changes of Add and Replace.
 *
 * Rules (ECMA sheet 2.3): anchors may stand in either place, where both are given and differ the anchor wins; a name given twice is refused;
 * names are compared without regard to case; a single-valued attribute takes one value.
 * An Add without anchors is fine: the target may make them. Every other modification needs them all.
 */
export function validateEntry(entry: CSEntryChange, type: SchemaType): EntryValidation {
  try {
    return { ok: true, entry: normalise(entry, type) };
  } catch (error) {
    if (error instanceof InvalidEntry) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Leaves the nested checks; never leaves this file. */
class InvalidEntry extends Error {
  readonly fault: EntryFault;
  constructor(fault: EntryFault) {
    super(fault.detail);
    this.fault = fault;
  }
}

function normalise(entry: CSEntryChange, type: SchemaType): CSEntryChange {
  if (nameKey(entry.objectType) !== nameKey(type.name)) {
    throw new InvalidEntry({
      importCode: 'ImportErrorMissingObjectType',
      exportCode: 'ExportErrorSyntaxViolation',
      detail: `The object type is "${entry.objectType}", not "${type.name}".`,
    });
  }
  const given = uniqueByName(entry.attributeChanges, type);
  const anchors = anchorsOf(entry, given, type);
  const attributeChanges = withAnchors(entry.objectModificationType, given, anchors);
  return { ...entry, objectType: type.name, anchorAttributes: anchors, attributeChanges };
}

function uniqueByName(changes: readonly AttributeChange[], type: SchemaType): Map<string, Change> {
  const given = new Map<string, Change>();
  for (const change of changes) {
    const attribute = byName(type.attributes, change.name);
    if (attribute === undefined)
      throw invalid(change.name, `The object type "${type.name}" has no attribute "${change.name}".`);
    if (given.has(attribute.name)) throw invalid(attribute.name, `The attribute "${attribute.name}" is given twice.`);
    given.set(attribute.name, { attribute, change });
  }
  return given;
}

interface Change {
  readonly attribute: SchemaAttribute;
  readonly change: AttributeChange;
}

function anchorsOf(entry: CSEntryChange, given: ReadonlyMap<string, Change>, type: SchemaType): AnchorAttribute[] {
  const stated = new Map<string, AttributeValue>();
  for (const anchor of entry.anchorAttributes) {
    const attribute = byName(type.attributes, anchor.name);
    if (attribute === undefined || !attribute.isAnchor) {
      throw invalid(anchor.name, `"${anchor.name}" is not an anchor of "${type.name}".`);
    }
    if (stated.has(attribute.name)) throw invalid(attribute.name, `The anchor "${attribute.name}" is given twice.`);
    stated.set(attribute.name, coerced(attribute, anchor.value));
  }
  const anchors: AnchorAttribute[] = [];
  for (const attribute of anchorAttributes(type)) {
    const value = stated.get(attribute.name) ?? anchorAmongChanges(given.get(attribute.name));
    if (value !== undefined && !isBlank(value)) anchors.push({ name: attribute.name, value });
    else if (entry.objectModificationType !== 'Add') {
      throw new InvalidEntry({
        attribute: attribute.name,
        importCode: 'ImportErrorInvalidAttributeValue',
        exportCode: 'ExportErrorMissingAnchorComponent',
        detail: `The anchor "${attribute.name}" has no value.`,
      });
    }
  }
  return anchors;
}

function anchorAmongChanges(given: Change | undefined): AttributeValue | undefined {
  const values = given?.change.valueChanges.filter((value) => value.modificationType === 'Add') ?? [];
  const [only] = values;
  if (given === undefined || only === undefined) return undefined;
  if (values.length > 1) {
    throw new InvalidEntry({
      attribute: given.attribute.name,
      importCode: 'ImportErrorInvalidAttributeValue',
      exportCode: 'ExportErrorMultiValuedAnchorComponent',
      detail: `The anchor "${given.attribute.name}" has ${values.length} values.`,
    });
  }
  return coerced(given.attribute, only.value);
}

function withAnchors(
  modification: ObjectModificationType,
  given: ReadonlyMap<string, Change>,
  anchors: readonly AnchorAttribute[],
): AttributeChange[] {
  const changes: AttributeChange[] = [];
  if (modification === 'Add' || modification === 'Replace') {
    for (const { name, value } of anchors) {
      changes.push({ name, modificationType: 'Add', valueChanges: [{ value, modificationType: 'Add' }] });
    }
  }
  for (const { attribute, change } of given.values()) {
    if (!allowedChanges[modification].has(change.modificationType)) {
      throw invalid(
        attribute.name,
        `A ${modification} cannot carry the modification ${change.modificationType} of "${attribute.name}".`,
      );
    }
    // The anchor's value was taken above: where both places were given and differ, the anchor wins; but in an Update
    // that is how the object gets another anchor (contract, `previousDn`).
    const renames = modification === 'Update' && anchors.some(({ name }) => name === attribute.name);
    if (!attribute.isAnchor || (renames && changesAnchor(attribute, change, anchors))) {
      changes.push(normaliseChange(attribute, change));
    }
  }
  return changes;
}

function changesAnchor(
  attribute: SchemaAttribute,
  { valueChanges }: AttributeChange,
  anchors: readonly AnchorAttribute[],
): boolean {
  const present = anchors.find(({ name }) => name === attribute.name)?.value;
  const next = valueChanges.find(({ modificationType }) => modificationType === 'Add')?.value;
  return next !== undefined && present !== undefined && !sameValue(coerced(attribute, next), present);
}

function normaliseChange(attribute: SchemaAttribute, change: AttributeChange): AttributeChange {
  const valueChanges: ValueChange[] = [];
  const given = { Add: new Set<string>(), Delete: new Set<string>() };
  for (const { value, modificationType } of change.valueChanges) {
    const typed = coerced(attribute, value);
    const key = valueKey(typed);
    if (given[modificationType].has(key)) continue;
    given[modificationType].add(key);
    valueChanges.push({ value: typed, modificationType });
  }
  const added = valueChanges.filter((value) => value.modificationType === 'Add').length;
  if (!attribute.isMultiValued && added > 1) {
    throw invalid(attribute.name, `"${attribute.name}" holds one value and was given ${added}.`);
  }
  return { name: attribute.name, modificationType: change.modificationType, valueChanges };
}

function coerced(attribute: SchemaAttribute, value: AttributeValue): AttributeValue {
  const coercion = coerceValue(attribute, value);
  if (!coercion.ok) throw new InvalidEntry(coercion.fault);
  return coercion.value;
}

function isBlank(value: AttributeValue): boolean {
  return value === '' || (value instanceof Uint8Array && value.length === 0);
}

function invalid(attribute: string, detail: string): InvalidEntry {
  return new InvalidEntry({
    attribute,
    importCode: 'ImportErrorInvalidAttributeValue',
    exportCode: 'ExportErrorInvalidAttributeValue',
    detail,
  });
}
