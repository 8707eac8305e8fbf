import type { AttributeDefinition } from './definition.ts';

const byName = new WeakMap<AttributeDefinition, ReadonlyMap<string, AttributeDefinition>>();

/** The sub-attribute of this name, by any letter case (RFC 7643 2.1); looked up in a map made once for each definition. */
export function subAttribute(definition: AttributeDefinition, name: string): AttributeDefinition | undefined {
  let known = byName.get(definition);
  if (known === undefined) {
    known = new Map(definition.subAttributes.map((sub) => [sub.name.toLowerCase(), sub]));
    byName.set(definition, known);
  }
  return known.get(name) ?? known.get(name.toLowerCase());
}
