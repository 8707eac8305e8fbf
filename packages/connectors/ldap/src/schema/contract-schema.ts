import type { Schema, SchemaAttribute, SchemaType } from '@joinery/connector';
import { kindDefinition } from '../detection/recognise.ts';
import { madeAttributes } from '../import/entry-plan.ts';
import type { DirectorySchema, ObjectClassDefinition } from './directory-schema.ts';
import { mandatoryAttributes } from './mandatory.ts';
import { made, OfferedAttributes, type Offering } from './offered-attributes.ts';

/** Naming attributes of RDNs, most usual first (RFC 4514 section 3, RFC 4519). The server takes any; these are offered. */
const NAMING: readonly string[] = [
  'cn',
  'uid',
  'ou',
  'o',
  'dc',
  'c',
  'l',
  'st',
  'mail',
  'employeeNumber',
  'serialNumber',
];

/**
 * What the connector offers the host of a server's schema (LDAP sheet 3.4, 3.6, 3.7): every structural class is an object type, with
 * what its class, its superclasses, its content rule and the auxiliary classes chosen for it allow. A type's attributes are put
 * together when somebody looks at them.
 */
export function contractSchema(
  schema: DirectorySchema,
  profile: Offering['profile'],
  settings: Offering['settings'],
): Schema {
  const offering = { schema, profile, settings };
  const offered = new OfferedAttributes(offering);
  const person = kindDefinition(profile.kind).personClass.toLowerCase();
  const classes = schema.objectClasses.filter(({ kind }) => kind === 'structural');
  const isPerson = ({ name }: ObjectClassDefinition): boolean => name.toLowerCase() === person;
  const inOrder = [...classes.filter(isPerson), ...classes.filter((each) => !isPerson(each))];
  return { types: inOrder.map(({ name }) => objectType(name, offered, offering)) };
}

/** Names of the auxiliary classes that the administrator chose for a structural one (LDAP sheet 3.4). */
export function auxiliariesOf(settings: Offering['settings'], objectClass: string): readonly string[] {
  const { auxiliaryClasses } = settings;
  return [...(auxiliaryClasses.get('*') ?? []), ...(auxiliaryClasses.get(objectClass.toLowerCase()) ?? [])];
}

function objectType(name: string, offered: OfferedAttributes, offering: Offering): SchemaType {
  let attributes: readonly SchemaAttribute[] | undefined;
  const all = (): readonly SchemaAttribute[] => {
    attributes ??= attributesOf(name, offered, offering);
    return attributes;
  };
  return {
    name,
    lockAnchorDefinition: !offering.settings.manualAnchorSelection,
    get possibleDnComponents() {
      return NAMING.filter((naming) => all().some((each) => each.name.toLowerCase() === naming.toLowerCase()));
    },
    get attributes() {
      return all();
    },
    get mandatoryAttributes() {
      const { schema, profile, settings } = offering;
      return mandatoryAttributes(schema, profile, name, auxiliariesOf(settings, name));
    },
  };
}

function attributesOf(
  objectClass: string,
  offered: OfferedAttributes,
  { schema, profile, settings }: Offering,
): readonly SchemaAttribute[] {
  const names = new Set<string>();
  for (const each of [objectClass, ...auxiliariesOf(settings, objectClass)]) {
    const { must, may } = schema.attributesOf(each);
    for (const name of [...must, ...may]) names.add(name);
  }
  const found = new Map<string, SchemaAttribute>();
  const offer = (attribute: SchemaAttribute | undefined): void => {
    if (attribute !== undefined && !found.has(attribute.name)) found.set(attribute.name, attribute);
  };
  offer(offered.attribute(profile.anchor));
  offer(offered.attribute(madeAttributes.dn));
  offer(offered.attribute('objectClass'));
  if (settings.manualAnchorSelection && profile.uniqueId !== undefined) offer(offered.attribute(profile.uniqueId));
  for (const name of names) {
    const attribute = offered.attribute(name);
    // What the server keeps for itself is offered with the check box only, whether the class names it or not.
    if (attribute?.allowedOperation !== 'ImportOnly' || settings.includeOperationalAttributes) offer(attribute);
  }
  if (canBeDisabled(names, { schema, profile })) {
    offer({ ...made(madeAttributes.accountDisabled, {}), type: 'Boolean' });
  }
  for (const attribute of offered.everywhere()) offer(attribute);
  return [...found.values()];
}

/** An account is an entry whose class has the attribute, or a password where the attribute is operational and in no class. */
function canBeDisabled(names: ReadonlySet<string>, { schema, profile }: Pick<Offering, 'schema' | 'profile'>): boolean {
  const definition = profile.disableMethod === undefined ? undefined : schema.attributeType(profile.disableMethod);
  if (definition === undefined) return false;
  return names.has(definition.operational ? (schema.attributeType('userPassword')?.name ?? '') : definition.name);
}
