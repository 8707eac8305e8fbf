import { isExtensionName, type PropertyValue, type User, userProperties } from '@joinery/directory';
import type { Value } from '@joinery/expressions';

/** Names that schemas use for the directory's users, where they differ from Graph's (engine sheet 23). */
const renamed: Readonly<Record<string, string>> = {
  mobilePhone: 'mobile',
  officeLocation: 'physicalDeliveryOfficeName',
  faxNumber: 'facsimileTelephoneNumber',
};

/** Properties that are no source of attributes: the id is `objectId`, the rest is taken apart below or is the directory's own business. */
const notSources: ReadonlySet<string> = new Set([
  'id',
  'deletedDateTime',
  'businessPhones',
  'identities',
  'employeeOrgData',
  'onPremisesExtensionAttributes',
  'passwordPolicies',
]);

/** One attribute that a mapping may read. */
export interface SourceAttribute {
  readonly name: string;
  readonly type: 'String' | 'Boolean' | 'DateTime';
  readonly multivalued: boolean;
  /** Whether an expression reads `IsSoftDeleted` and the like, which the engine computes. */
  readonly computed: boolean;
}

/** The attributes of a user that schemas list, the anchor first. Directory extensions join them by name. */
export const userSourceAttributes: readonly SourceAttribute[] = [
  attribute('objectId'),
  { ...attribute('IsSoftDeleted', 'Boolean'), computed: true },
  ...userProperties
    .filter(({ name }) => !notSources.has(name))
    .map(({ name, type }) =>
      attribute(
        renamed[name] ?? name,
        type === 'boolean' ? 'Boolean' : type === 'dateTime' ? 'DateTime' : 'String',
        type === 'strings',
      ),
    ),
  attribute('telephoneNumber'),
  attribute('costCenter'),
  attribute('division'),
  ...Array.from({ length: 15 }, (_, index) => attribute(`extensionAttribute${index + 1}`)),
];

function attribute(name: string, type: SourceAttribute['type'] = 'String', multivalued = false): SourceAttribute {
  return { name, type, multivalued, computed: false };
}

/** A user's values by the names of {@link userSourceAttributes}. */
export function sourceAttributes({ id, document }: User): ReadonlyMap<string, Value> {
  const attributes = new Map<string, Value>([['objectId', id]]);
  for (const [name, value] of Object.entries(document)) {
    if (isExtensionName(name) || !notSources.has(name)) put(attributes, renamed[name] ?? name, value);
  }
  const phones = document.businessPhones;
  if (isList(phones)) put(attributes, 'telephoneNumber', phones[0]);
  for (const complex of ['employeeOrgData', 'onPremisesExtensionAttributes']) {
    const value = document[complex];
    if (typeof value !== 'object' || value === null || isList(value)) continue;
    for (const [name, member] of Object.entries(value)) put(attributes, name, member);
  }
  return attributes;
}

function put(attributes: Map<string, Value>, name: string, value: PropertyValue | undefined): void {
  if (typeof value === 'string' || typeof value === 'boolean') attributes.set(name, value);
  else if (isList(value))
    attributes.set(
      name,
      value.filter((entry) => typeof entry === 'string'),
    );
}

function isList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value);
}
