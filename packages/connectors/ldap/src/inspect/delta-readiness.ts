import type { Connection } from '../connection/connection.ts';
import type { ServerProfile } from '../detection/profile.ts';
import { kindDefinition } from '../detection/recognise.ts';
import { rootDseValue } from '../detection/root-dse.ts';
import { searchTextEntry } from '../detection/search-text-entry.ts';
import { showDeleted } from '../protocol/control/without-value.ts';
import { equals, everything } from '../protocol/filter/build.ts';
import { resultCodeName } from '../protocol/result-code.ts';
import type { DirectorySchema } from '../schema/directory-schema.ts';
import type { DeltaReadiness } from './inspection.ts';

/** What is known of the server that is asked. */
interface Known {
  readonly profile: ServerProfile;
  readonly schema: DirectorySchema;
  /** Naming contexts of people. */
  readonly contexts: readonly string[];
}

type Finding = Pick<DeltaReadiness, 'ready' | 'finding'>;

/** Tries whether this account can find changes in the way that is used with the server (L40; LDAP sheet 4.7 to 4.10). */
export async function deltaReadiness(
  connection: Connection,
  known: Known,
  signal: AbortSignal,
): Promise<DeltaReadiness> {
  const { deltaStrategy: strategy, deltaStrategies: strategies, changeLogDn: logDn, kind } = known.profile;
  const { needs } = kindDefinition(kind).delta;
  return { strategy, strategies, logDn, needs, ...(await finding(connection, known, signal)) };
}

async function finding(connection: Connection, known: Known, signal: AbortSignal): Promise<Finding> {
  const { profile, schema } = known;
  switch (profile.deltaStrategy) {
    case undefined:
      return { ready: false, finding: 'No way to find changes is set up or chosen.' };
    case 'accessLog':
    case 'changeLog':
      return await logFinding(connection, profile, signal);
    case 'usnChanged':
      return await deletedFinding(connection, known, signal);
    case 'timeStamp':
      return schema.attributeType('modifyTimestamp') === undefined
        ? { ready: false, finding: 'The schema has no modifyTimestamp.' }
        : { ready: true, finding: 'Entries have a modifyTimestamp; deletes are not seen.' };
  }
}

async function logFinding(connection: Connection, profile: ServerProfile, signal: AbortSignal): Promise<Finding> {
  const { changeLogDn: dn = '' } = profile;
  // The entry without a name is the root DSE, which everybody reads.
  if (dn === '') return { ready: false, finding: 'The server announces no log, and Change Log DN names none.' };
  const log = await searchTextEntry(connection, { dn, filter: everything, attributes: ['1.1'] }, signal);
  if (log.attributes === undefined) {
    return {
      ready: false,
      finding: `The account cannot read ${dn}${log.result.code === 0 ? '' : `, ${resultCodeName(log.result.code)}`}: it is not there or not for its eyes.`,
    };
  }
  const last = rootDseValue(profile.rootDse, 'lastChangeNumber');
  if (profile.deltaStrategy === 'accessLog' || last === undefined || last === '0') {
    return { ready: true, finding: `The account reads ${dn}.` };
  }
  let seen = 0;
  await connection.search(
    { base: dn, scope: 'one', filter: equals('changeNumber', last), attributes: ['1.1'] },
    { onEntry: () => (seen += 1) },
    signal,
  );
  return seen > 0
    ? { ready: true, finding: `The account reads ${dn}, as far as change ${last}.` }
    : { ready: false, finding: `The account reads ${dn} itself, but not the changes in it.` };
}

/** Without the right to see deleted entries a delta import would never report a delete. */
async function deletedFinding(
  connection: Connection,
  { profile, contexts }: Known,
  signal: AbortSignal,
): Promise<Finding> {
  if (rootDseValue(profile.rootDse, 'highestCommittedUSN') === undefined) {
    return { ready: false, finding: 'The root DSE shows no highestCommittedUSN to this account.' };
  }
  for (const context of contexts) {
    const base = `CN=Deleted Objects,${context}`;
    let seen = 0;
    const result = await connection.search(
      { base, scope: 'base', filter: everything, attributes: ['1.1'] },
      { onEntry: () => (seen += 1), controls: [showDeleted] },
      signal,
    );
    if (seen === 0) {
      const why = result.code === 0 ? '' : `, ${resultCodeName(result.code)}`;
      return { ready: false, finding: `The account does not see ${base}${why}: deletes would be missed.` };
    }
  }
  return { ready: true, finding: 'Update sequence numbers are there, and deleted entries can be seen.' };
}
