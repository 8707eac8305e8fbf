import type { DirectorySchema } from '../schema/directory-schema.ts';

/*
 * Servers store `objectClass` differently: OpenLDAP keeps what was written, 389, ApacheDS and Active Directory add every superclass,
 * each in an order of its own (LDAP sheet 4.1, behaviour L31). Inside Joinery the list has one form. Whoever imports brings it to that
 * form, and whoever has exported `objectClass` answers it in that form (`CSEntryChangeResult.attributeChanges`), so that what was written
 * and what is read back are the same list.
 */

/**
 * The one form of a list of object classes: no class that is a superclass of another one in the list, names as the schema spells them,
 * the structural class first and the others in alphabetical order. Classes that the schema does not know stay as they are.
 */
export function normalObjectClasses(schema: DirectorySchema, classes: readonly string[]): readonly string[] {
  const named = new Map<string, string>();
  for (const given of classes) {
    const name = schema.objectClass(given)?.name ?? given;
    named.set(name.toLowerCase(), name);
  }
  const implied = new Set<string>();
  for (const key of named.keys()) {
    for (const superior of schema.lineage(key)) if (superior !== key) implied.add(superior);
  }
  const isStructural = (name: string): boolean => schema.objectClass(name)?.kind === 'structural';
  return [...named]
    .filter(([key]) => !implied.has(key))
    .sort(([a, nameA], [b, nameB]) => Number(isStructural(nameB)) - Number(isStructural(nameA)) || (a < b ? -1 : 1))
    .map(([, name]) => name);
}

/**
 * The object type of an entry: of the types asked for, the most derived one that the entry is of (LDAP sheet 4.1).
 * @param types names of object classes
 * @returns the index in `types`, -1 when the entry is of none of them
 */
export function objectTypeIndex(schema: DirectorySchema, types: readonly string[], classes: readonly string[]): number {
  const own = new Set<string>();
  for (const name of classes) {
    own.add((schema.objectClass(name)?.name ?? name).toLowerCase());
    // Of what was read only the most derived class need be there (OpenLDAP).
    for (const superior of schema.lineage(name)) own.add(superior);
  }
  let best = -1;
  let depth = -1;
  for (const [index, type] of types.entries()) {
    const key = (schema.objectClass(type)?.name ?? type).toLowerCase();
    const size = schema.lineage(type).size;
    if (own.has(key) && size > depth) {
      best = index;
      depth = size;
    }
  }
  return best;
}
