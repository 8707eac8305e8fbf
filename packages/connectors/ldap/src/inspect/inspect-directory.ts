import { isProblem } from '@joinery/problems';
import { withDeadline } from '@joinery/runtime';
import type { ConnectionSettings } from '../configuration/settings.ts';
import type { Connection } from '../connection/connection.ts';
import { type DirectoryParts, openDirectory } from '../connection/directory.ts';
import type { PresentedCertificate } from '../connection/tls/presented-certificate.ts';
import { detect } from '../detection/detect.ts';
import { readRootDse } from '../detection/read-root-dse.ts';
import { type RootDse, richerRootDse } from '../detection/root-dse.ts';
import { readSchema } from '../schema/read-schema.ts';
import { inspectServer } from './inspect-server.ts';
import type { Inspection } from './inspection.ts';

/** What an inspection is about. */
export interface InspectionOptions {
  readonly settings: ConnectionSettings;
  readonly parts: DirectoryParts;
  /** Where people are looked for; in every naming context that may hold some when undefined. */
  readonly base: string | undefined;
  /** What {@link fetchCertificate} found. */
  readonly certificates: readonly PresentedCertificate[];
}

/**
 * Looks at a server for which no connector is configured yet, as the account of the settings, and writes nothing.
 * @throws LDAP_SERVER_UNREACHABLE and what else keeps a connection from being made, LDAP_SCHEMA_UNREADABLE, RUNTIME_DEADLINE
 */
export async function inspectDirectory(options: InspectionOptions, signal: AbortSignal): Promise<Inspection> {
  const { settings, parts, base, certificates } = options;
  await using directory = openDirectory(settings, parts);
  await using connection = await directory.connect('schema', signal);
  const { connectionTimeoutMs } = settings;
  return await withDeadline(parts.clock, connectionTimeoutMs, 'The inspection', signal, async (within) => {
    const rootDse = await richestRootDse(connection, options, within);
    const schema = await readSchema(connection, rootDse, within);
    const profile = detect(rootDse, schema, connection.server);
    const system = new Set(profile.systemContexts);
    const bases = base === undefined ? profile.namingContexts.filter((dn) => !system.has(dn)) : [base];
    return await inspectServer(connection, { profile, schema, certificates, bases }, within);
  });
}

/** Some servers tell nobody more than they tell an account (L14, LDAP sheet 2.2); most do not let nobody in. */
async function richestRootDse(
  connection: Connection,
  { settings, parts }: InspectionOptions,
  signal: AbortSignal,
): Promise<RootDse> {
  const bound = await readRootDse(connection, signal);
  if (settings.bind.kind === 'anonymous') return bound;
  try {
    await using directory = openDirectory({ ...settings, bind: { kind: 'anonymous' } }, parts);
    await using nobody = await directory.connect('schema', signal);
    return richerRootDse(await readRootDse(nobody, signal), bound);
  } catch (error) {
    signal.throwIfAborted();
    if (isProblem(error)) return bound;
    throw error;
  }
}
