import { canonicalDn, dnKey, isAtOrBelow } from '@joinery/connector';
import type { Connection } from '../../connection/connection.ts';
import type { LdapContext } from '../../context.ts';
import { rootDseValue } from '../../detection/root-dse.ts';
import { searchTextEntry } from '../../detection/search-text-entry.ts';
import { showDeleted } from '../../protocol/control/without-value.ts';
import { EntryDecoder } from '../../protocol/entry-decoder.ts';
import { everything } from '../../protocol/filter/build.ts';
import type { Scope } from '../partitions.ts';
import { fullImportRequired } from './full-import-required.ts';
import { timeOf } from './stamps.ts';

const DAY = 86_400_000;
/** Days for which deleted objects are kept where nothing is set ([MS-ADTS] 6.1.1.2.4.1.1). */
const DEFAULT_LIFETIME = 60;

/** Where a domain controller stands (LDAP sheet 4.10). */
export interface ControllerState {
  /** The highest number that a change has got. */
  readonly highest: bigint;
  /** Its NTDS settings object. */
  readonly service: string;
  /** By its own clock, in milliseconds since 1970. */
  readonly time: number;
}

/** Asks the root DSE, at this moment. @throws CONNECTOR_WATERMARK_INVALID where it does not tell */
export async function controllerState(
  { clock }: Pick<LdapContext, 'clock'>,
  connection: Connection,
  signal: AbortSignal,
): Promise<ControllerState> {
  const query = { dn: '', filter: everything, attributes: ['highestCommittedUSN', 'dsServiceName', 'currentTime'] };
  const { attributes } = await searchTextEntry(connection, query, signal);
  const highest = attributes?.get('highestcommittedusn')?.[0];
  const service = attributes?.get('dsservicename')?.[0];
  if (highest === undefined || service === undefined || !/^\d{1,19}$/.test(highest)) {
    throw fullImportRequired(
      'The root DSE shows no highestCommittedUSN and dsServiceName to the account of the connector.',
    );
  }
  const time = timeOf(attributes?.get('currenttime')?.[0] ?? '') ?? clock.now();
  return { highest: BigInt(highest), service: dnKey(service) ?? service, time };
}

/**
 * The identity of a domain controller's database: another one after it was restored, when its numbers are given out again ([MS-ADTS]
 * 3.1.1.1.9). Empty where the account may not read it.
 */
export async function invocationId(connection: Connection, service: string, signal: AbortSignal): Promise<string> {
  let id = '';
  const decoder = new EntryDecoder((description) =>
    description.toLowerCase() === 'invocationid' ? ({ form: 'octets' } as const) : undefined,
  );
  const onEntry = (bytes: Buffer, start: number, end: number): void => {
    decoder.decode(bytes, start, end, {
      text: () => {},
      octets: (_, [octets]) => {
        if (octets !== undefined) id = Buffer.from(octets).toString('hex');
      },
    });
  };
  await connection.search(
    { base: service, scope: 'base', filter: everything, attributes: ['invocationId'] },
    { onEntry },
    signal,
  );
  return id;
}

/**
 * Deleted objects are forgotten after a while: what an older watermark does not know of was deleted, nobody knows any more. A lifetime
 * is two days at least, so a younger watermark costs no search.
 * @throws CONNECTOR_WATERMARK_INVALID
 */
export async function assertRemembered(
  { profile }: Pick<LdapContext, 'profile'>,
  connection: Connection,
  age: number,
  signal: AbortSignal,
): Promise<void> {
  if (age < DAY) return;
  const configuration = rootDseValue(profile.rootDse, 'configurationNamingContext') ?? '';
  const dn = `CN=Directory Service,CN=Windows NT,CN=Services,${configuration}`;
  const query = { dn, filter: everything, attributes: ['tombstoneLifetime', 'msDS-DeletedObjectLifetime'] };
  const { attributes } = await searchTextEntry(connection, query, signal);
  const days = ['tombstonelifetime', 'msds-deletedobjectlifetime'].flatMap((name) => {
    const text = attributes?.get(name)?.[0];
    return text !== undefined && /^\d{1,6}$/.test(text) ? [Number(text)] : [];
  });
  const lifetime = days.length === 0 ? DEFAULT_LIFETIME : Math.min(...days);
  // A day is for the clocks, and for the run of the clean-up.
  if (age < (lifetime - 1) * DAY) return;
  throw fullImportRequired(
    `The last import was ${Math.floor(age / DAY)} days ago; the server remembers deleted objects for ${lifetime} days.`,
  );
}

/** The naming contexts that hold what is read: deleted and moved objects are found from their roots only. */
export function contextsOf({ profile }: Pick<LdapContext, 'profile'>, scopes: readonly Scope[]): readonly string[] {
  const contexts = new Map<string, string>();
  for (const { base } of scopes) {
    const above = profile.namingContexts.filter((dn) => isAtOrBelow(base, dn));
    const deepest = above.sort((a, b) => b.length - a.length)[0] ?? base;
    contexts.set(dnKey(deepest) ?? deepest, canonicalDn(deepest) ?? deepest);
  }
  return [...contexts.values()];
}

/** True where the account sees the container of deleted objects. */
export async function seesDeleted(connection: Connection, context: string, signal: AbortSignal): Promise<boolean> {
  let met = 0;
  await connection.search(
    { base: `CN=Deleted Objects,${context}`, scope: 'base', filter: everything, attributes: ['1.1'] },
    { onEntry: () => (met += 1), controls: [showDeleted] },
    signal,
  );
  return met > 0;
}
