import type { Definition } from './definition.ts';

/** The NAMEs of a definition, or its OID where there is none. */
export function namesOf({ oid, fields }: Definition): readonly string[] {
  const names = fields.get('NAME')?.filter((name) => name !== '') ?? [];
  return names.length === 0 ? [oid] : names;
}

/** Definitions by any of their names and by OID, in any letter case. Where two share a name the one that the server lists first has it. */
export class NameIndex<T extends { readonly oid: string; readonly names: readonly string[] }> {
  readonly #byKey = new Map<string, T>();

  constructor(definitions: readonly T[]) {
    for (const definition of definitions) {
      for (const name of [definition.oid, ...definition.names]) {
        const key = name.toLowerCase();
        if (!this.#byKey.has(key)) this.#byKey.set(key, definition);
      }
    }
  }

  find(name: string): T | undefined {
    return this.#byKey.get(name.toLowerCase());
  }
}
