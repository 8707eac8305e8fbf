import {
  completeResource,
  ENTERPRISE_USER_URN,
  printJson,
  type ResourceMeta,
  type ResourceType,
  type ScimObject,
  serialiseResource,
  shadowDocument,
} from '@joinery/scim';

/** Stands for a person's number in a text that is written once and filled in a million times. */
export const numberMark = '{n}';

/** Digits of a person's number in names and ids. */
export const numberDigits = 8;

const familyNames = ['Young', 'Müller', 'Okafor', 'Nakamura', 'García', 'Ivanova', 'Haddad', 'Lindqvist'] as const;
const departments = ['Sales', 'Research', 'Finance', 'Support', 'Legal'] as const;

/** Kinds of people: every combination of family name and department. */
export const varieties = familyNames.length * departments.length;

/** The number as it stands in names and ids, e.g. `00000042`. */
export function numbered(n: number): string {
  return String(n).padStart(numberDigits, '0');
}

/** The id of a preloaded user: anyone can ask for user 42 without looking for it first. */
export function personId(digits: string): string {
  return `00000000-0000-4000-8000-0000${digits}`;
}

/**
 * A preloaded user, without its id; the same for the same number, on every store.
 * @param n 1-based
 * @param digits what stands for the number, {@link numbered} of `n` unless it is to be filled in later
 */
export function person(n: number, digits: string = numbered(n)): ScimObject {
  const variety = n % varieties;
  const familyName = familyNames[variety % familyNames.length] ?? '';
  const department = departments[Math.floor(variety / familyNames.length)] ?? '';
  return {
    externalId: `external-${digits}`,
    userName: `user${digits}@contoso.example`,
    name: { formatted: `Person ${digits} ${familyName}`, givenName: `Person ${digits}`, familyName },
    displayName: `Person ${digits} ${familyName}`,
    title: 'Engineer',
    active: true,
    emails: [{ value: `user${digits}@mail.contoso.example`, type: 'work', primary: true }],
    phoneNumbers: [{ value: `+1 425 ${digits}`, type: 'work' }],
    addresses: [{ type: 'work', streetAddress: `${digits} Main Street`, locality: 'Redmond', country: 'US' }],
    [ENTERPRISE_USER_URN]: { employeeNumber: digits, department },
  };
}

/** What a store keeps of a preloaded user, with {@link numberMark} where the number goes. */
export interface PersonTemplate {
  readonly variety: number;
  readonly json: string;
  /** The shadow document of the resource. */
  readonly keys: string;
}

/**
 * One template per variety: a store fills them in by replacing text, which is some hundred times faster than making each
 * person. That is right because the mark, like a digit, is its own folded form and needs no escape in JSON.
 */
export function personTemplates(type: ResourceType, meta: ResourceMeta): readonly PersonTemplate[] {
  return Array.from({ length: varieties }, (_, variety) => {
    const resource = completeResource({ ...person(variety, numberMark), id: personId(numberMark) }, type, meta);
    return {
      variety,
      json: serialiseResource(resource, type, meta),
      keys: printJson(shadowDocument(resource, type)),
    };
  });
}
