import type { CSEntryChange } from '@joinery/connector';
import { searchTextEntry } from '../../detection/search-text-entry.ts';
import { allOf, anyOf, atLeast, atMost, contains, equals, everything } from '../../protocol/filter/build.ts';
import type { Filter } from '../../protocol/filter.ts';
import { resultCode } from '../../protocol/result-code.ts';
import { readTextEntry, type TextEntry } from '../../protocol/text-entry.ts';
import { planEntries } from '../entry-plan.ts';
import { assertComplete } from '../search-failure.ts';
import {
  type AccessLogRecord,
  accessLogAttributes,
  type FormerEntries,
  type FormerEntry,
  formerEntry,
  readAccessLogRecord,
  withFormerEntry,
} from './access-log-record.ts';
import { addressOf, type Beginning, type DeltaReader, type Reading } from './delta-reader.ts';
import { fullImportRequired } from './full-import-required.ts';
import { type AnchorAttributes, anchorAttributes } from './log/anchor-attributes.ts';
import { ChangedNames } from './log/changed-names.ts';
import { liveEntries } from './log/live-entries.ts';
import { logProblem, logUnreadable } from './log/log-problem.ts';
import { MOST_RECORDS, tooMuch } from './log/log-record.ts';
import { MOST_SEEN, seenRecords, withFraction } from './log/seen-records.ts';
import { Scopes } from './scope.ts';
import { stampOf } from './stamps.ts';
import { timeOfLastWrite } from './time-of-last-write.ts';
import { type Point, positionPart } from './watermark.ts';

/** The writes that took effect. Binds, searches and what was refused are no changes (behaviour L41). */
const writes = ['add', 'modify', 'modrdn', 'delete'].map((type) => equals('reqType', type));
const stamp = /^\d{14}\.\d{6}Z$/;
const stamps = /^(?:\d{14}\.\d{6}Z(?: \d{14}\.\d{6}Z)*)?$/;
/** Milliseconds before the last write in which a record of it may stand. */
const BEFORE_LAST_WRITE = 60_000;
const BEGINNING_OF_TIME = withFraction(stampOf(0));

/**
 * Changes by OpenLDAP's access log (LDAP sheet 4.8). Times come from the log alone, so that no clock but the server's matters (L42); the
 * last known record is read again with the new ones, and as long as it is there nothing was purged behind it. A delta with nothing new
 * is one search.
 */
export const accessLog: DeltaReader = {
  needsOwnConnection: false,

  async beginning(beginning) {
    const lastWrite = await timeOfLastWrite(beginning);
    await smallestNumbers(beginning);
    const from = lastWrite === undefined ? BEGINNING_OF_TIME : withFraction(stampOf(lastWrite - BEFORE_LAST_WRITE));
    let ends: readonly string[] = [];
    await eachRecord(beginning, isChange(from), ['reqEnd'], ({ attributes }) => {
      ends = [...ends, ...(attributes.get('reqend') ?? [])];
      if (ends.length > 2 * MOST_SEEN) ends = ends.toSorted().slice(-MOST_SEEN - 1);
    });
    return pointOf(beginning, ends, lastWrite === undefined ? from : withFraction(stampOf(lastWrite)));
  },

  async *changes(reading): AsyncGenerator<readonly CSEntryChange[], Point, undefined> {
    const { context, connection, schema, scopes, from } = reading;
    const since = positionPart(from, 'since', stamp);
    const seen = positionPart(from, 'seen', stamps)
      .split(' ')
      .filter((end) => end !== '');
    if (from.server !== addressOf(connection)) {
      throw fullImportRequired(`The last import read the log of ${from.server}; now ${addressOf(connection)} answers.`);
    }
    const plan = planEntries(context, schema);
    const anchors = anchorAttributes(context.schema, plan);
    const read = await readRecords(reading, since);
    await checkGap(reading, since, seen.at(-1), new Set(read.map(({ end }) => end)));
    const known = new Set(seen);
    const records = read.filter(({ end }) => !known.has(end));
    if (records.length === 0) return from;
    const former = await readFormerEntries(reading, since, records, anchors);
    const changed = new ChangedNames(context, plan, new Scopes(scopes));
    for (const record of records) changed.take(withFormerEntry(record, former, anchors));
    yield* liveEntries(reading, plan, changed);
    return pointOf(reading, [...seen, ...records.map(({ end }) => end)], since);
  },
};

function pointOf({ connection }: Beginning, ends: readonly string[], otherwise: string): Point {
  const { since, seen } = seenRecords(ends, otherwise);
  return { server: addressOf(connection), position: { since, seen: seen.join(' ') } };
}

function isChange(since: string): Filter {
  return allOf([equals('reqResult', '0'), atLeast('reqEnd', since), anyOf(writes)]);
}

/** Records in the order of the log. */
async function readRecords(reading: Reading, since: string): Promise<readonly AccessLogRecord[]> {
  const records: AccessLogRecord[] = [];
  await eachRecord(reading, isChange(since), accessLogAttributes, (entry) => {
    const record = readAccessLogRecord(entry);
    if (record === undefined) return;
    if (records.length === MOST_RECORDS) throw tooMuch();
    records.push(record);
  });
  return records.sort((a, b) => (a.end < b.end ? -1 : 1));
}

/**
 * Who an entry was before it was deleted or got another anchor, for anchors that the log does not name by itself: asked for separately
 * and for these records only, because the values of an entry are in it with all its secrets.
 */
async function readFormerEntries(
  reading: Reading,
  since: string,
  records: readonly AccessLogRecord[],
  anchors: AnchorAttributes,
): Promise<FormerEntries> {
  const { slots, changeable } = anchors;
  const isUnknown = ({ type, carried }: AccessLogRecord): boolean =>
    type === 'delete' && slots.some(({ keys }) => ![...keys].some((key) => carried.has(key)));
  if (changeable.length === 0 && !records.some(isUnknown)) return new Map();
  const changes = changeable.map(({ name }) => contains('reqMod', { initial: `${name}:` }));
  const filter = allOf([
    isChange(since),
    anyOf([
      equals('reqType', 'delete'),
      equals('reqType', 'modrdn'),
      ...(changes.length === 0 ? [] : [allOf([equals('reqType', 'modify'), anyOf(changes)])]),
    ]),
  ]);
  const former = new Map<string, FormerEntry>();
  await eachRecord(reading, filter, ['reqEnd', 'reqOld'], ({ attributes }) => {
    const end = attributes.get('reqend')?.[0];
    if (end !== undefined) former.set(end, formerEntry(attributes.get('reqold') ?? [], anchors));
  });
  return former;
}

/** A log without the last known record was purged, or made anew (LDAP sheet 4.8). */
async function checkGap(
  reading: Reading,
  since: string,
  last: string | undefined,
  read: ReadonlySet<string>,
): Promise<void> {
  if (last !== undefined && read.has(last)) return;
  const isWhole =
    last === undefined ? await wasNothingPurged(reading, since) : await hasRecord(reading, atMost('reqEnd', since));
  if (!isWhole) {
    throw fullImportRequired(
      `The access log does not reach back to ${last ?? since}, where the last import ended: it was purged.`,
    );
  }
}

/** Where nothing was logged at the last import: the record with the smallest number of all is there, or there is none yet. */
async function wasNothingPurged(reading: Reading, since: string): Promise<boolean> {
  for (const number of await smallestNumbers(reading)) {
    const isLater = number.slice(0, 14) >= since.slice(0, 14);
    if (isLater && !(await hasRecord(reading, equals('entryCSN', number)))) return false;
  }
  return true;
}

async function hasRecord(reading: Reading, filter: Filter): Promise<boolean> {
  const { context, connection, signal } = reading;
  const base = logDn(reading);
  let met = 0;
  const request = { base, scope: 'one', filter, attributes: ['1.1'], sizeLimit: 1 } as const;
  const result = await connection.search(request, { onEntry: () => (met += 1) }, signal);
  // Stopped after one, as it was asked to.
  if (result.code !== resultCode.sizeLimitExceeded) assertComplete(context, result, base, met);
  return met > 0;
}

/**
 * `minCSN` of the log, the smallest number that it reaches back to; empty where nothing was logged, and for servers before it was kept.
 * @throws LDAP_CHANGES_UNREADABLE
 */
async function smallestNumbers(beginning: Beginning): Promise<readonly string[]> {
  const dn = logDn(beginning);
  const query = { dn, filter: everything, attributes: ['minCSN'] };
  const { attributes } = await searchTextEntry(beginning.connection, query, beginning.signal);
  if (attributes === undefined) throw logUnreadable(dn);
  return attributes.get('mincsn') ?? [];
}

async function eachRecord(
  beginning: Beginning,
  filter: Filter,
  attributes: readonly string[],
  take: (entry: TextEntry) => void,
): Promise<void> {
  const { context, connection, signal } = beginning;
  const base = logDn(beginning);
  let met = 0;
  const onEntry = (bytes: Buffer, start: number, end: number): void => {
    met += 1;
    take(readTextEntry(bytes, start, end));
  };
  // Not in pages: slapd works a search for a range anew for each of them, and its limits are the same (LDAP sheet 4.2, 4.3).
  const result = await connection.search({ base, scope: 'one', filter, attributes }, { onEntry }, signal);
  try {
    assertComplete(context, result, base, met);
  } catch (error) {
    throw logProblem(error, base, met);
  }
}

function logDn({ context }: Beginning): string {
  return context.profile.changeLogDn ?? 'cn=accesslog';
}
