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

/** Stand for a person's number, and for its scattered form, in a text that is written once and filled in a million times. */
export const numberMark = '{n}';
export const scatteredMark = '{h}';

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

/**
 * What `n` is multiplied with, modulo 2^32, for ids that lie all over their range as random ones do: stores that look at the order of ids
 * see a directory like any other. It is odd, so that no two numbers meet.
 */
export const scatter = 2_654_435_761;

/** The scattered number as it begins an id. */
export function scattered(n: number): string {
  return (Math.imul(n, scatter) >>> 0).toString(16).padStart(8, '0');
}

/** The id of a preloaded user: anyone who can count can ask for user 42 without looking for it first. */
export function personId(n: number): string {
  return idOf(scattered(n), numbered(n));
}

function idOf(head: string, digits: string): string {
  return `${head}-0000-4000-8000-0000${digits}`;
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
    const resource = completeResource(
      { ...person(variety, numberMark), id: idOf(scatteredMark, numberMark) },
      type,
      meta,
    );
    return {
      variety,
      json: serialiseResource(resource, type, meta),
      keys: printJson(shadowDocument(resource, type)),
    };
  });
}
