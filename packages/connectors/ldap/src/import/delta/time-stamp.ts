import type { CSEntryChange } from '@joinery/connector';
import type { LdapContext } from '../../context.ts';
import { searchTextEntry } from '../../detection/search-text-entry.ts';
import { allOf, anyOf, atLeast, equals, everything, not } from '../../protocol/filter/build.ts';
import { parseFilter } from '../../protocol/filter/parse.ts';
import { assertThere } from '../base-check.ts';
import { planEntries } from '../entry-plan.ts';
import { importFilter } from '../import-filter.ts';
import { isWanted, type Scope } from '../partitions.ts';
import { ChangedEntries, type ChangeSearch, type Found } from './changed-entries.ts';
import { addressOf, type Beginning, type DeltaReader, type Reading } from './delta-reader.ts';
import { fullImportRequired } from './full-import-required.ts';
import { stampOf, timeOf } from './stamps.ts';
import { timeOfLastWrite } from './time-of-last-write.ts';
import { type Point, positionPart } from './watermark.ts';

const microsoft: ReadonlySet<string> = new Set(['ActiveDirectory', 'ActiveDirectoryGlobalCatalog', 'ADLDS', 'Samba']);

/**
 * Changes by the time stamps of entries, for servers that keep no better record (eDirectory, ApacheDS by choice; LDAP sheet 4.9). What
 * was deleted is not seen, nor that a renamed entry had another name, nor what lies below it: a full import is due now and then, of which
 * the profile warns (behaviour L46).
 *
 * The time is the server's where it tells it, taken before searching; what is told twice because of the overlap does no harm.
 */
export const timeStamp: DeltaReader = {
  needsOwnConnection: true,

  async beginning(beginning) {
    return { server: addressOf(beginning.connection), position: { time: stampOf(await serverTime(beginning)) } };
  },

  async *changes(reading): AsyncGenerator<readonly CSEntryChange[], Point, undefined> {
    const { context, connection, schema, scopes, from, signal } = reading;
    // Another server may be further behind than the overlap is long, and its stamps are those of where the change was made.
    if (from.server !== addressOf(connection)) {
      throw fullImportRequired(
        `The last import read the time stamps of ${from.server}; now ${addressOf(connection)} answers.`,
      );
    }
    const time = timeOf(positionPart(from, 'time', /^\d{14}Z$/)) ?? 0;
    const next = stampOf(await serverTime(reading));
    const since = stampOf(time - context.settings.timeStampOverlapMs);
    for (const scope of scopes) await assertThere(context, connection, scope, signal);
    const plan = planEntries(context, schema);
    const entries = new ChangedEntries(reading, plan);
    for (const search of searches(reading, plan, entries, since)) yield* entries.search(search);
    return { server: from.server, position: { time: next } };
  },
};

function searches(
  { context, scopes }: Reading,
  plan: ReturnType<typeof planEntries>,
  entries: ChangedEntries,
  since: string,
): readonly ChangeSearch[] {
  const { changed, created } = stampAttributes(context);
  const filter = anyOf([atLeast(changed, since), atLeast(created, since)]);
  const attributes = [created.toLowerCase()];
  const tell =
    (scope: Scope) =>
    ({ facts, whole }: Found): readonly CSEntryChange[] => {
      if (!isWanted(scope, facts.dn)) return entries.departures(facts);
      if (whole === undefined) return [];
      const [stamp = ''] = facts.texts(created.toLowerCase());
      const isNew = stamp.slice(0, 14) >= since.slice(0, 14);
      return [{ ...whole, objectModificationType: isNew ? 'Add' : 'Replace' }];
    };
  const { importFilter: condition } = context.settings;
  return scopes.flatMap((scope): readonly ChangeSearch[] => {
    const all = { base: scope.base, attributes };
    const wanted = { ...all, filter: allOf([importFilter(context, plan), filter]), tell: tell(scope) };
    if (condition === '') return [wanted];
    // What no longer meets the condition is not read any more; of what cannot be said whether it does, nothing is told.
    const ofType = anyOf(plan.types.map(({ name }) => equals('objectClass', name)));
    const unwanted = allOf([ofType, not(parseFilter(condition)), filter]);
    return [wanted, { ...all, filter: unwanted, tell: ({ facts }) => entries.departures(facts) }];
  });
}

/** In Active Directory `modifyTimestamp` is made up when it is asked for, and cannot be searched for. */
function stampAttributes({ profile }: Pick<LdapContext, 'profile'>): {
  readonly changed: string;
  readonly created: string;
} {
  return microsoft.has(profile.kind)
    ? { changed: 'whenChanged', created: 'whenCreated' }
    : { changed: 'modifyTimestamp', created: 'createTimestamp' };
}

/** Active Directory tells its time, OpenLDAP the time of the last write; others are taken to have ours, within the overlap. */
async function serverTime(beginning: Beginning): Promise<number> {
  const { context, connection, signal } = beginning;
  if (microsoft.has(context.profile.kind)) {
    const query = { dn: '', filter: everything, attributes: ['currentTime'] };
    const { attributes } = await searchTextEntry(connection, query, signal);
    const time = timeOf(attributes?.get('currenttime')?.[0] ?? '');
    if (time !== undefined) return time;
  }
  const lastWrite = context.profile.kind === 'OpenLDAP' ? await timeOfLastWrite(beginning) : undefined;
  return lastWrite ?? context.clock.now();
}
