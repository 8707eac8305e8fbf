import { dnKey, nameKey } from '@joinery/connector';
import type { LdapSettings } from '../configuration/settings.ts';
import type { LdapContext } from '../context.ts';
import type { AttributeValues, Modification } from '../protocol/request.ts';

/**
 * True for the member that stands in groups which may not be empty, in any spelling. Imports bring it; hosts show callers no member that they have no object for.
 * @param value of a member attribute, as the server wrote it
 */
export function isPlaceholderMember(
  { placeholderMember }: Pick<LdapSettings, 'placeholderMember'>,
  value: string,
): boolean {
  if (placeholderMember === '') return false;
  return value === placeholderMember || dnKey(value) === dnKey(placeholderMember);
}

/** The attributes of a class that need a placeholder when nobody is in them: `member` of groupOfNames (LDAP sheet 5.1). */
export function placeholderAttributes(
  { settings, schema }: Pick<LdapContext, 'settings' | 'schema'>,
  objectType: string,
): ReadonlySet<string> {
  if (settings.placeholderMember === '') return new Set();
  const { must } = schema.attributesOf(objectType);
  return new Set([...must].map(nameKey).filter((name) => memberAttributes.has(name)));
}

const memberAttributes: ReadonlySet<string> = new Set(['member', 'uniquemember']);

/** The attributes of a new group, with a placeholder where it has no member. */
export function withPlaceholders(
  attributes: readonly AttributeValues[],
  required: ReadonlySet<string>,
  placeholder: string,
): readonly AttributeValues[] {
  const given = new Set(attributes.map(({ type }) => nameKey(type)));
  const lacking = [...required].filter((name) => !given.has(name));
  return [...attributes, ...lacking.map((type) => ({ type, values: [placeholder] }))];
}

/** Modifications of which those that would empty a required attribute leave the placeholder instead. */
export function neverEmptied(
  modifications: readonly Modification[],
  required: ReadonlySet<string>,
  placeholder: string,
): readonly Modification[] {
  return modifications.map((each) =>
    each.operation === 'replace' && each.values.length === 0 && required.has(nameKey(each.type))
      ? { ...each, values: [placeholder] }
      : each,
  );
}

/** The required attributes that these modifications give members, so that a placeholder there has to go. */
export function filledAttributes(
  modifications: readonly Modification[],
  required: ReadonlySet<string>,
): readonly string[] {
  return modifications.flatMap(({ operation, type, values }) =>
    operation === 'add' && values.length > 0 && required.has(nameKey(type)) ? type : [],
  );
}

/** What takes the placeholder out; before the values that come, so that the attribute is not empty at the end. */
export function withoutPlaceholder(
  modifications: readonly Modification[],
  filled: readonly string[],
  placeholder: string,
): readonly Modification[] {
  const going = filled.map((type): Modification => ({ operation: 'delete', type, values: [placeholder] }));
  return [...going, ...modifications];
}

/** What puts the placeholder in where the last member goes. */
export function leavingPlaceholder(
  modifications: readonly Modification[],
  required: ReadonlySet<string>,
  placeholder: string,
): readonly Modification[] {
  const emptied = new Set(
    modifications.flatMap(({ operation, type }) => (operation === 'delete' && required.has(nameKey(type)) ? type : [])),
  );
  for (const type of filledAttributes(modifications, required)) emptied.delete(type);
  return [
    ...modifications,
    ...[...emptied].map((type): Modification => ({ operation: 'add', type, values: [placeholder] })),
  ];
}
