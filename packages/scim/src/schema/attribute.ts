import type { AttributeDefinition, ScimType } from './definition.ts';

/** What differs from the defaults of RFC 7643 2.2 (string, optional, single-valued, readWrite, returned by default). */
export type AttributeDraft = Partial<Omit<AttributeDefinition, 'name'>>;

/** An attribute definition with every default filled in. References, ids and binary values are case-exact by RFC 7643 2.3. */
export function attribute(name: string, draft: AttributeDraft = {}): AttributeDefinition {
  const type: ScimType = draft.type ?? 'string';
  return {
    name,
    type,
    multiValued: false,
    description: '',
    required: false,
    caseExact: type === 'reference' || type === 'binary',
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    canonicalValues: [],
    referenceTypes: [],
    subAttributes: [],
    ...draft,
  };
}

/** A complex attribute. */
export function complex(
  name: string,
  subAttributes: readonly AttributeDefinition[],
  draft: AttributeDraft = {},
): AttributeDefinition {
  return attribute(name, { type: 'complex', subAttributes, ...draft });
}
