import type { ServerProfile } from '../detection/profile.ts';
import { kindDefinition } from '../detection/recognise.ts';
import type { DirectorySchema } from './directory-schema.ts';

/**
 * The attributes that an entry of a class must have and that whoever creates it has to give: MUST of the class, its superclasses and
 * the auxiliary classes chosen for it, without those that the server fills in (LDAP sheet 3.4). `objectClass` is not among them:
 * the connector gives it.
 */
export function mandatoryAttributes(
  schema: DirectorySchema,
  { kind }: Pick<ServerProfile, 'kind'>,
  objectClass: string,
  auxiliaries: readonly string[],
): readonly string[] {
  const filled = new Set((kindDefinition(kind).fills ?? []).map((name) => name.toLowerCase()));
  filled.add('objectclass');
  const must = new Set([objectClass, ...auxiliaries].flatMap((each) => [...schema.attributesOf(each).must]));
  return [...must].filter((name) => {
    return !filled.has(name.toLowerCase()) && schema.attributeType(name)?.noUserModification !== true;
  });
}
