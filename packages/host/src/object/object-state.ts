import { type AttributeValue, coerceValue, sameValue } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { isList, isObject, isUnassigned, member, parseJson, type ScimObject, type ScimValue } from '@joinery/scim';
import type { IndexedAttribute } from '../space/indexed-attribute.ts';
import type { SpaceRow, StoredRow } from '../space/row.ts';
import { parseStored } from '../space/stored-json.ts';
import { compiledType } from './compiled-type.ts';
import { spelledDn } from './dn-form.ts';
import type { HostedObject } from './hosted-object.ts';
import { valuesOf } from './object-values.ts';
import { storedReferences } from './references.ts';
import type { ObjectShape, ShapedAttribute } from './shape.ts';
import { DN_ATTRIBUTE, PASSWORD_ATTRIBUTE } from './virtual-attributes.ts';

/** What a request says beyond attributes of the target. */
export interface RequestedObject extends HostedObject {
  /** Core `active`, where the request names it. */
  readonly active: boolean | undefined;
  readonly password: string | undefined;
}

/** The ids that a request names, by reference attribute: the space knows what the target calls them. */
export type RequestedReferences = ReadonlyMap<ShapedAttribute, readonly string[]>;

/** Takes a SCIM resource apart; its references are left to {@link requestedReferences}. @throws SCIM_VALUE_INVALID when a value is not of its attribute's type */
export function fromResource(shape: ObjectShape, resource: ScimObject): RequestedObject {
  const block = flatBlock(shape, resource);
  const attributes = new Map<string, readonly AttributeValue[]>();
  for (const attribute of shape.attributes) {
    const { name, type, hidden, refersTo } = attribute;
    if (hidden || refersTo !== undefined) continue;
    const values = valuesAt(attribute, resource, block)
      .filter((item) => item !== '')
      .map((item) => {
        const coerced = coerceValue({ name, type }, connectorValue(item, name));
        if (coerced.ok) return type === 'Reference' ? spelledReference(shape, coerced.value) : coerced.value;
        throw problem('SCIM_VALUE_INVALID', coerced.fault.detail, { place: name });
      });
    if (values.length > 0) attributes.set(name, values);
  }
  const active = member(resource, 'active');
  return {
    attributes,
    dn: textOf(member(block, DN_ATTRIBUTE)),
    active: typeof active === 'boolean' ? active : undefined,
    password: textOf(member(block, PASSWORD_ATTRIBUTE)),
  };
}

/** References that callers word as the target does name objects by DN; what is no DN is the target's to refuse. */
function spelledReference({ dnStyle }: ObjectShape, value: AttributeValue): AttributeValue {
  return typeof value === 'string' ? (spelledDn(dnStyle, value) ?? value) : value;
}

/** The ids that a resource names. */
export function requestedReferences(shape: ObjectShape, resource: ScimObject): RequestedReferences {
  const block = flatBlock(shape, resource);
  const references = new Map<ShapedAttribute, readonly string[]>();
  for (const attribute of shape.attributes) {
    if (attribute.refersTo === undefined || attribute.hidden) continue;
    const ids = valuesAt(attribute, resource, block).flatMap((item) => {
      const id = isObject(item) ? member(item, 'value') : item;
      return typeof id === 'string' && id !== '' ? [id] : [];
    });
    references.set(attribute, ids);
  }
  return references;
}

/**
 * Reads a stored row back, with the values that callers do not see and references as the target words them.
 * @param shown the row's document taken apart, where the caller has it already
 */
export function fromRow(
  shape: ObjectShape,
  row: StoredRow,
  shown: RequestedObject = fromResource(shape, parseStored(row.json)),
): HostedObject {
  const attributes = new Map(shown.attributes);
  for (const [name, pairs] of storedReferences(row)) {
    attributes.set(
      name,
      pairs.map(([raw]) => raw),
    );
  }
  if (row.hidden !== null) {
    const hidden = parseJson(row.hidden);
    for (const { name, type } of shape.attributes.filter((each) => each.hidden)) {
      const value = isObject(hidden) ? member(hidden, name) : undefined;
      if (value === undefined) continue;
      const coerced = (isList(value) ? value : [value]).map((item) =>
        coerceValue({ name, type }, connectorValue(item, name)),
      );
      attributes.set(
        name,
        coerced.flatMap((each) => (each.ok ? [each.value] : [])),
      );
    }
  }
  return { attributes, dn: row.dn ?? undefined };
}

/** Builds what is stored and answered. */
export function toRow(shape: ObjectShape, id: string, { attributes, dn }: HostedObject): SpaceRow {
  const row = compiledType(shape).rows.row(id, valuesOf(shape, attributes), dn);
  if (row === undefined) throw problem('CONNECTOR_VALUE_INVALID', 'A text of the object cannot be stored.');
  return row;
}

/** The distinct keys that an object has in an index of what is no reference. */
export function keysIn(
  shape: ObjectShape,
  index: IndexedAttribute,
  { attributes, dn }: HostedObject,
): readonly string[] {
  return compiledType(shape).rows.keysIn(index, valuesOf(shape, attributes), dn);
}

function flatBlock(shape: ObjectShape, resource: ScimObject): ScimObject {
  const flat = member(resource, shape.urn);
  return isObject(flat) ? flat : {};
}

function valuesAt({ name, steps }: ShapedAttribute, resource: ScimObject, block: ScimObject): readonly ScimValue[] {
  const value = steps.length === 1 ? member(resource, steps[0] ?? '') : member(block, name);
  if (value === undefined || isUnassigned(value)) return [];
  return isList(value) ? value : [value];
}

/** True when both hold the same values in the same order, whatever order the attributes come in. */
export function sameValues(
  a: readonly AttributeValue[] | undefined,
  b: readonly AttributeValue[] | undefined,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((value, index) => sameAt(value, b[index]));
}

function sameAt(a: AttributeValue, b: AttributeValue | undefined): boolean {
  return b !== undefined && sameValue(a, b);
}

/** JSON numbers that stand for integers become bigint; fractions stay text so that coercion refuses them in words. */
function connectorValue(value: ScimValue, name: string): AttributeValue {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : String(value);
  throw problem('SCIM_VALUE_INVALID', `"${name}" takes a simple value.`, { place: name });
}

function textOf(value: ScimValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
