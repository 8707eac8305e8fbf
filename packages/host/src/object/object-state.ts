import { type AttributeValue, coerceValue, formatValue, sameValue } from '@joinery/connector';
import { problem } from '@joinery/problems';
import {
  isList,
  isObject,
  isUnassigned,
  member,
  parseJson,
  printJson,
  type ScimDraft,
  type ScimObject,
  type ScimValue,
} from '@joinery/scim';
import type { SpaceRow, StoredRow } from '../space/row.ts';
import { parseStored } from '../space/stored-json.ts';
import { spelledDn } from './dn-form.ts';
import type { HostedObject, ObjectState } from './hosted-object.ts';
import { referenceKeyOf, storedReferences } from './references.ts';
import { configuredValue, type ObjectShape, type ShapedAttribute } from './shape.ts';
import { DN_ATTRIBUTE, DN_QUERY_ATTRIBUTE, PASSWORD_ATTRIBUTE } from './virtual-attributes.ts';

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

/** Builds what is stored and answered. Passwords and write-only values are in neither; references are for the space to resolve. */
export function toRow(shape: ObjectShape, id: string, object: HostedObject): SpaceRow {
  const { resource, hidden, references } = resourceOf(shape, id, object);
  return {
    id,
    type: shape.resourceType.name,
    body: printJson(resource),
    hidden: Object.keys(hidden).length === 0 ? null : printJson(hidden),
    dn: object.dn ?? null,
    referenceKey: referenceKeyOf(shape, object),
    references: Object.keys(references).length === 0 ? null : references,
  };
}

/** The resource that callers see, without its references; the values that they do not see; and what it refers to, in the target's words. */
export function resourceOf(
  shape: ObjectShape,
  id: string,
  object: HostedObject,
): {
  readonly resource: ScimDraft;
  readonly hidden: ScimDraft;
  readonly references: Readonly<Record<string, readonly string[]>>;
} {
  const block: ScimDraft = {};
  const core: ScimDraft = {};
  const hidden: ScimDraft = {};
  const references: Record<string, readonly string[]> = {};
  for (const { name, list, hidden: isHidden, writeOnly, steps, refersTo } of shape.attributes) {
    const values = object.attributes.get(name);
    const [first] = values ?? [];
    if (values === undefined || first === undefined || writeOnly) continue;
    if (refersTo !== undefined && !isHidden) {
      references[name] = values.map(formatValue);
      continue;
    }
    const value = list ? values.map(scimValue) : scimValue(first);
    if (isHidden) hidden[name] = value;
    else if (steps.length === 1) core[steps[0] ?? ''] = value;
    else block[name] = value;
  }
  if (object.dn !== undefined && shape.dnSelected) block[DN_ATTRIBUTE] = object.dn;
  if (object.dn !== undefined && shape.dnQuerySelected) block[DN_QUERY_ATTRIBUTE] = object.dn;
  const active = activeOf(shape, object.attributes);
  const resource: ScimDraft = {
    schemas: [shape.resourceType.core.urn, shape.urn],
    id,
    ...(active === undefined ? {} : { active }),
    ...core,
    [shape.urn]: block,
  };
  return { resource, hidden, references };
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

/** Core `active` is what the target says where the configuration tells how it says it; otherwise the host does not know it. */
function activeOf(shape: ObjectShape, attributes: ObjectState): boolean | undefined {
  if (shape.file.resource !== 'User') return undefined;
  const { disableFlow, statusAttribute } = shape.file.deprovisioning;
  if (disableFlow.kind === 'SetAttributeValue') {
    const disabled = configuredValue(shape, disableFlow.attribute, disableFlow.value);
    return !sameValues(attributes.get(disableFlow.attribute), [disabled]);
  }
  if (statusAttribute === undefined) return undefined;
  return !sameValues(attributes.get(statusAttribute), [false]);
}

/** JSON numbers that stand for integers become bigint; fractions stay text so that coercion refuses them in words. */
function connectorValue(value: ScimValue, name: string): AttributeValue {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : String(value);
  throw problem('SCIM_VALUE_INVALID', `"${name}" takes a simple value.`, { place: name });
}

function scimValue(value: AttributeValue): ScimValue {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function textOf(value: ScimValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
