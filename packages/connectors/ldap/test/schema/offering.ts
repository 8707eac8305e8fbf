import { parseConfiguration, type SchemaAttribute, type SchemaType } from '@joinery/connector';
import type { Directory } from '../../../../../testing/directories/directory.ts';
import { ldapSettings } from '../../src/configuration/ldap-settings.ts';
import { ldapParameters } from '../../src/configuration/parameters.ts';
import type { LdapSettings } from '../../src/configuration/settings.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { detect } from '../../src/detection/detect.ts';
import type { ServerProfile } from '../../src/detection/profile.ts';
import { readRootDse } from '../../src/detection/read-root-dse.ts';
import { contractSchema } from '../../src/schema/contract-schema.ts';
import type { DirectorySchema } from '../../src/schema/directory-schema.ts';
import { readSchema } from '../../src/schema/read-schema.ts';
import { parts } from '../connection/settings.ts';

/** A configuration as an administrator writes it, with the connection to nowhere unless the parameters name one. */
export function configured(parameters: Readonly<Record<string, string>> = {}, password = 'secret'): LdapSettings {
  const raw = { Host: 'localhost', 'User Name': 'cn=admin,dc=contoso,dc=lab', ...parameters };
  return ldapSettings(
    parseConfiguration(ldapParameters, raw, (name) => (name === 'Password' ? password : undefined)),
    '/',
  );
}

/** The parameters that lead to a server of the run over LDAPS, as its administrator. */
export function reaching(server: Directory): Readonly<Record<string, string>> {
  return {
    Host: server.host,
    Port: String(server.ldapsPort),
    Binding: 'SSL',
    'User Name': server.admin.dn,
    'CA File': server.caFile,
  };
}

export interface Found {
  readonly schema: DirectorySchema;
  readonly profile: ServerProfile;
}

/** What the connector finds on a server of the run. */
export async function found(server: Directory): Promise<Found> {
  const { connection: settings } = configured(reaching(server), server.admin.password);
  await using directory = openDirectory(settings, parts());
  const signal = AbortSignal.timeout(20_000);
  const connection = await directory.shared('schema', signal);
  const rootDse = await readRootDse(connection, signal);
  const schema = await readSchema(connection, rootDse, signal);
  return { schema, profile: detect(rootDse, schema, connection.server) };
}

/** An object type of the contract schema. */
export function typeOf(
  { schema, profile }: Found,
  name: string,
  parameters: Readonly<Record<string, string>> = {},
): SchemaType {
  const type = contractSchema(schema, profile, configured(parameters)).types.find((each) => each.name === name);
  if (type === undefined) throw new Error(`There is no object type ${name}.`);
  return type;
}

/** An attribute of a type, without its name; undefined where it is not offered. */
export function offered(type: SchemaType, name: string): Omit<SchemaAttribute, 'name'> | undefined {
  const attribute = type.attributes.find((each) => each.name === name);
  if (attribute === undefined) return undefined;
  const { name: _, ...rest } = attribute;
  return rest;
}
