import { isList, printValue, type SingleValue, type Value } from '@joinery/expressions';
import { problem } from '@joinery/problems';
import type { ScimValue } from '@joinery/scim';
import type { AttributeDefinition } from '../job/schema.ts';

/**
 * A mapped value in the form the target attribute's type asks for (engine sheet 13: booleans are booleans although
 * expressions yield "True" and "False"). Null and the empty list are undefined: there is nothing to flow.
 * @throws ENGINE_VALUE_INVALID when the text is none of the type, ENGINE_VALUE_LIST for several values of a single-valued attribute
 */
export function coerce(value: Value, definition: AttributeDefinition): ScimValue | undefined {
  if (value === null) return undefined;
  const items = isList(value) ? value : [value];
  const [first] = items;
  if (first === undefined) return undefined;
  if (definition.multivalued) return items.map((item) => coerceSingle(item, definition));
  if (items.length === 1) return coerceSingle(first, definition);
  throw problem(
    'ENGINE_VALUE_LIST',
    `The mapping yields ${items.length} values for ${definition.name}, which takes one.`,
    { place: definition.name },
  );
}

function coerceSingle(value: SingleValue, definition: AttributeDefinition): ScimValue {
  const text = printValue(value);
  switch (definition.type) {
    case 'Boolean':
      return coerceBoolean(text, definition);
    case 'Integer':
      return coerceInteger(text, definition);
    default:
      return text;
  }
}

function coerceBoolean(text: string, definition: AttributeDefinition): boolean {
  const word = text.toLowerCase();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  throw notOfType(definition, 'True or False');
}

function coerceInteger(text: string, definition: AttributeDefinition): number | bigint {
  const digits = /^\s*\+?(-?\d{1,19})\s*$/.exec(text)?.[1];
  if (digits === undefined) throw notOfType(definition, 'a whole number');
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

function notOfType(definition: AttributeDefinition, wanted: string) {
  return problem('ENGINE_VALUE_INVALID', `The mapping to ${definition.name} does not yield ${wanted}.`, {
    place: definition.name,
  });
}
