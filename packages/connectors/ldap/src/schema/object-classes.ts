import type { Definition } from './definition.ts';
import type { ObjectClassDefinition } from './directory-schema.ts';
import { namesOf } from './names.ts';

/** An object class as the definition says it (RFC 4512 4.1.1); structural where it says nothing. */
export function objectClass(definition: Definition): ObjectClassDefinition {
  const { oid, fields } = definition;
  const names = namesOf(definition);
  return {
    name: names[0] ?? oid,
    oid,
    names,
    kind: fields.has('AUXILIARY') ? 'auxiliary' : fields.has('ABSTRACT') ? 'abstract' : 'structural',
    superiors: fields.get('SUP') ?? [],
    must: fields.get('MUST') ?? [],
    may: fields.get('MAY') ?? [],
  };
}

/** What a DIT content rule adds to the structural class whose OID it has (RFC 4512 4.1.6). */
export interface ContentRule {
  readonly oid: string;
  readonly auxiliaries: readonly string[];
  readonly must: readonly string[];
  readonly may: readonly string[];
  readonly not: readonly string[];
}

export function contentRule({ oid, fields }: Definition): ContentRule {
  const texts = (keyword: string): readonly string[] => fields.get(keyword) ?? [];
  return { oid, auxiliaries: texts('AUX'), must: texts('MUST'), may: texts('MAY'), not: texts('NOT') };
}
