import { attributeTypes, binarySyntaxes } from './attribute-types.ts';
import { type Definition, parseDefinition } from './definition.ts';
import type { AttributeTypeDefinition, DirectorySchema, ObjectClassDefinition } from './directory-schema.ts';
import { NameIndex } from './names.ts';
import { type ContentRule, contentRule, objectClass } from './object-classes.ts';

/** What a server publishes of its schema: the definitions of each kind as text (RFC 4512 4.2). */
export interface SubschemaTexts {
  readonly attributeTypes: readonly string[];
  readonly objectClasses: readonly string[];
  readonly ldapSyntaxes: readonly string[];
  readonly contentRules: readonly string[];
}

/** What a class lets its entries hold. */
interface ClassAttributes {
  readonly must: ReadonlySet<string>;
  readonly may: ReadonlySet<string>;
}

/** Makes the schema of what a server publishes. A definition that cannot be read is left out and named in `skipped` (L21). */
export function publishedSchema(texts: SubschemaTexts): DirectorySchema {
  const skipped: { readonly definition: string; readonly reason: string }[] = [];
  const parsed = (definitions: readonly string[]): readonly Definition[] =>
    definitions.flatMap((text) => {
      const definition = parseDefinition(text);
      if (!('reason' in definition)) return [definition];
      skipped.push({ definition: text, reason: definition.reason });
      return [];
    });
  return new PublishedSchema(
    attributeTypes(parsed(texts.attributeTypes), binarySyntaxes(texts.ldapSyntaxes)),
    parsed(texts.objectClasses).map(objectClass),
    parsed(texts.contentRules).map(contentRule),
    skipped,
  );
}

class PublishedSchema implements DirectorySchema {
  readonly attributeTypes: readonly AttributeTypeDefinition[];
  readonly objectClasses: readonly ObjectClassDefinition[];
  readonly skipped: DirectorySchema['skipped'];
  readonly #types: NameIndex<AttributeTypeDefinition>;
  readonly #classes: NameIndex<ObjectClassDefinition>;
  readonly #rules: ReadonlyMap<string, ContentRule>;
  readonly #lineages = new Map<string, ReadonlySet<string>>();
  readonly #attributes = new Map<string, ClassAttributes>();

  constructor(
    types: readonly AttributeTypeDefinition[],
    classes: readonly ObjectClassDefinition[],
    rules: readonly ContentRule[],
    skipped: DirectorySchema['skipped'],
  ) {
    this.attributeTypes = types;
    this.objectClasses = classes;
    this.skipped = skipped;
    this.#types = new NameIndex(types);
    this.#classes = new NameIndex(classes);
    this.#rules = new Map(rules.map((rule) => [rule.oid.toLowerCase(), rule]));
  }

  attributeType(description: string): AttributeTypeDefinition | undefined {
    const options = description.indexOf(';');
    return this.#types.find(options < 0 ? description : description.slice(0, options));
  }

  objectClass(name: string): ObjectClassDefinition | undefined {
    return this.#classes.find(name);
  }

  lineage(objectClass: string): ReadonlySet<string> {
    const key = objectClass.toLowerCase();
    const known = this.#lineages.get(key);
    if (known !== undefined) return known;
    const names = this.#ancestry(objectClass).flatMap((each) => each.names.map((name) => name.toLowerCase()));
    const lineage = new Set([key, ...names]);
    this.#lineages.set(key, lineage);
    return lineage;
  }

  attributesOf(objectClass: string): ClassAttributes {
    const key = objectClass.toLowerCase();
    const known = this.#attributes.get(key);
    if (known !== undefined) return known;
    const attributes = this.#attributesOf(this.#ancestry(objectClass));
    this.#attributes.set(key, attributes);
    return attributes;
  }

  #attributesOf(ancestry: readonly ObjectClassDefinition[]): ClassAttributes {
    const must = new Set<string>();
    const may = new Set<string>();
    // Active Directory hands the auxiliary classes of a class on to its subclasses and publishes them for the class alone.
    const rules = ancestry.flatMap((each) => this.#rules.get(each.oid.toLowerCase()) ?? []);
    const auxiliaries = rules.flatMap((rule) => rule.auxiliaries.flatMap((name) => this.#ancestry(name)));
    for (const each of [...ancestry, ...rules]) {
      for (const name of each.must) must.add(this.#canonical(name));
      for (const name of each.may) may.add(this.#canonical(name));
    }
    // An entry need not have a class that its content rule only allows.
    for (const each of auxiliaries) for (const name of [...each.must, ...each.may]) may.add(this.#canonical(name));
    for (const rule of rules) for (const name of rule.not) may.delete(this.#canonical(name));
    for (const name of must) may.delete(name);
    return { must, may };
  }

  /** The class and all its superclasses, each once; unknown ones are left out and cycles cut (LDAP sheet 3.3). */
  #ancestry(name: string): readonly ObjectClassDefinition[] {
    const found = new Set<ObjectClassDefinition>();
    const open = [name];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const definition = this.#classes.find(next);
      if (definition === undefined || found.has(definition)) continue;
      found.add(definition);
      open.push(...definition.superiors);
    }
    return [...found];
  }

  #canonical(name: string): string {
    return this.#types.find(name)?.name ?? name;
  }
}
