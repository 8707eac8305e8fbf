import { isProblem, problem } from '@joinery/problems';
import { instantKey } from '../filter/instant.ts';
import { parseJson } from '../json/parse.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import type { ScimProfile } from '../schema/profile.ts';
import { subAttribute } from '../schema/sub-attributes.ts';
import { isList, isObject, isUnassigned, member, type ScimDraft, type ScimObject, type ScimValue } from '../value.ts';

/** Where a value comes from: what `""` means depends on it (dialect sheet 13a.5). */
export interface CoerceContext {
  /** The attribute's path, for the error. */
  readonly place: string;
  /** POST and PUT keep an empty text as sent; PATCH takes it as "no value" in the profile `entra`. */
  readonly emptyText: 'keep' | 'unassign';
  /** `strict` takes values of the attribute's own JSON type alone. */
  readonly profile: ScimProfile;
}

/**
 * The value of an attribute, brought into the schema's type (dialect sheet 2.6). Multi-valued attributes come out as a list.
 * @returns undefined when the value means "unassigned"
 * @throws SCIM_VALUE_INVALID
 */
export function coerceAttribute(
  value: ScimValue,
  definition: AttributeDefinition,
  context: CoerceContext,
): ScimValue | undefined {
  if (!definition.multiValued) return coerceSingle(value, definition, context);
  const elements = coerceElements(value, definition, context);
  return elements.length === 0 ? undefined : elements;
}

/** The elements of a multi-valued attribute; a single value counts as a list of one. */
export function coerceElements(
  value: ScimValue,
  definition: AttributeDefinition,
  context: CoerceContext,
): readonly ScimValue[] {
  if (context.profile === 'strict' && !isList(value) && value !== null) throw invalid(context, 'it takes a list');
  const list = isList(value) ? value : [value];
  return list.flatMap((each) => {
    const element = coerceElement(each, definition, context);
    if (element === undefined) return [];
    // Stored, it would be a member whom nobody can find or take out.
    if (isReference(definition) && isObject(element) && member(element, 'value') === undefined)
      throw invalid(context, 'a reference takes the id in value');
    return [element];
  });
}

/** One element of a multi-valued attribute, or the value of a single-valued one. */
export function coerceElement(
  value: ScimValue,
  definition: AttributeDefinition,
  context: CoerceContext,
): ScimValue | undefined {
  if (isUnassigned(value)) return undefined;
  if (definition.type !== 'complex') return coerceSimple(value, definition, context);
  const { fields } = coerceComplex(value, definition, context);
  return isUnassigned(fields) ? undefined : fields;
}

function coerceSingle(
  value: ScimValue,
  definition: AttributeDefinition,
  context: CoerceContext,
): ScimValue | undefined {
  if (!isList(value)) return coerceElement(value, definition, context);
  // Pre-2018 clients send a manager as a list of one (dialect sheet 2.2).
  const [only] = value;
  if (only === undefined) return undefined;
  if (value.length > 1 || context.profile === 'strict') throw invalid(context, 'it takes one value, not a list');
  return coerceElement(only, definition, context);
}

/** The sub-attributes that a value of a complex attribute sets, and those it clears by null. */
export interface ComplexValue {
  readonly fields: ScimObject;
  readonly cleared: readonly string[];
}

/**
 * Reads the value of a complex attribute: an object with names in any case, or bare text for its `value`.
 * Sub-attributes that the schema does not have are dropped, as are read-only ones (RFC 7644 3.5.1).
 */
export function coerceComplex(value: ScimValue, definition: AttributeDefinition, context: CoerceContext): ComplexValue {
  const object = complexObject(value, definition, context);
  const fields: ScimDraft = {};
  const cleared: string[] = [];
  for (const [name, each] of Object.entries(object)) {
    const sub = subAttribute(definition, name);
    if (sub === undefined || (sub.mutability === 'readOnly' && definition.mutability !== 'readOnly')) continue;
    const coerced = coerceAttribute(each, sub, { ...context, place: `${context.place}.${sub.name}` });
    // A reference to nobody is no reference, in whatever request it comes (dialect sheet 2.4, manager).
    const nobody = coerced === '' && sub.name === 'value' && isReference(definition) && context.profile !== 'strict';
    if (coerced === undefined || nobody) {
      cleared.push(sub.name);
    } else if (Object.hasOwn(fields, sub.name)) {
      throw problem('SCIM_BODY_SYNTAX', `The member '${sub.name}' occurs twice, in different letter case.`, {
        place: context.place,
      });
    } else fields[sub.name] = coerced;
  }
  if (isReference(definition) && cleared.includes('value')) return { fields: {}, cleared };
  if (definition.name === 'roles' && context.profile !== 'strict') unpackRole(fields);
  return { fields, cleared };
}

/** A complex attribute that points at a resource: `value` is what counts, `$ref` and the names beside it follow from it. */
export function isReference({ subAttributes }: AttributeDefinition): boolean {
  return subAttributes.some((sub) => sub.name === '$ref') && subAttributes.some((sub) => sub.name === 'value');
}

function complexObject(value: ScimValue, definition: AttributeDefinition, context: CoerceContext): ScimObject {
  const tolerant = context.profile !== 'strict';
  if (isObject(value)) return value;
  if (isList(value)) throw invalid(context, 'it takes an object, not a list in a list');
  if (!tolerant || !definition.subAttributes.some((sub) => sub.name === 'value'))
    throw invalid(context, 'it takes an object');
  return { value };
}

/**
 * Entra's PATCH of roles without the compliance flag carries the role as JSON text in `value`
 * (`{"id":…,"value":"Admin","displayName":"Admin"}`, dialect sheet 2.4). `id` is the sender's own and is left out.
 * Text that only looks like JSON stays as it is.
 */
function unpackRole(role: ScimDraft): void {
  for (let inner = jsonObject(role.value); inner !== undefined; inner = jsonObject(role.value)) {
    const byLower = new Map(Object.entries(inner).map(([name, each]) => [name.toLowerCase(), each]));
    const value = byLower.get('value');
    const display = byLower.get('displayname') ?? byLower.get('display');
    if (typeof value === 'string' && value !== '') role.value = value;
    else delete role.value;
    if (typeof display === 'string' && display !== '') role.display = display;
  }
}

function jsonObject(text: ScimValue | undefined): ScimObject | undefined {
  if (typeof text !== 'string' || !/^\s*\{.*\}\s*$/s.test(text)) return undefined;
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (isProblem(error)) return undefined;
    throw error;
  }
}

function coerceSimple(
  value: ScimValue,
  definition: AttributeDefinition,
  context: CoerceContext,
): ScimValue | undefined {
  if (isList(value) || isObject(value)) throw invalid(context, `it takes a ${definition.type}, not a structure`);
  if (context.profile === 'strict') checkJsonType(value, definition, context);
  if (value === '' && (context.emptyText === 'unassign' || definition.type !== 'string')) return undefined;
  switch (definition.type) {
    case 'boolean':
      return coerceBoolean(value, context);
    case 'integer':
      return coerceInteger(value, context);
    case 'decimal':
      return coerceDecimal(value, context);
    case 'dateTime':
      if (typeof value === 'string' && instantKey(value) !== undefined) return value;
      throw invalid(context, 'it takes a date and time such as 2026-01-31T08:00:00Z');
    case 'binary':
      if (typeof value === 'string' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(value)) return value;
      throw invalid(context, 'it takes base64');
    default:
      return String(value);
  }
}

function checkJsonType(value: ScimValue, { type }: AttributeDefinition, context: CoerceContext): void {
  const expected = type === 'boolean' || type === 'integer' || type === 'decimal' ? type : 'string';
  const given = typeof value === 'bigint' ? 'integer' : typeof value === 'number' ? 'decimal' : typeof value;
  // Whether a number is an integer is looked at when it is read.
  if (
    given === expected ||
    (expected === 'integer' && given === 'decimal') ||
    (expected === 'decimal' && given === 'integer')
  )
    return;
  throw invalid(context, `it takes a JSON ${expected === 'string' || expected === 'boolean' ? expected : 'number'}`);
}

function coerceBoolean(value: ScimValue, context: CoerceContext): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw invalid(context, 'it takes true or false');
}

/** Integers are 64 bits wide, as in every system behind a connector. */
function coerceInteger(value: ScimValue, context: CoerceContext): number | bigint {
  const text = String(value).trim();
  const exact = /^[+-]?\d{1,20}$/.test(text)
    ? BigInt(text.replace('+', ''))
    : typeof value === 'number' && Number.isInteger(value)
      ? BigInt(value)
      : undefined;
  if (exact === undefined || exact !== BigInt.asIntN(64, exact)) throw invalid(context, 'it takes a 64-bit integer');
  const small = Number(exact);
  return Number.isSafeInteger(small) ? small : exact;
}

function coerceDecimal(value: ScimValue, context: CoerceContext): number {
  const text = String(value).trim();
  const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(decimal)) return decimal;
  throw invalid(context, 'it takes a number');
}

function invalid(context: CoerceContext, sentence: string): Error {
  return problem('SCIM_VALUE_INVALID', `The value does not suit the attribute: ${sentence}.`, { place: context.place });
}
