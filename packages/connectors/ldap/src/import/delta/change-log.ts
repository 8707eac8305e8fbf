import type { CSEntryChange } from '@joinery/connector';
import type { Connection } from '../../connection/connection.ts';
import { searchTextEntry } from '../../detection/search-text-entry.ts';
import { atLeast, equals, everything, present } from '../../protocol/filter/build.ts';
import type { Filter } from '../../protocol/filter.ts';
import { readTextEntry } from '../../protocol/text-entry.ts';
import { planEntries } from '../entry-plan.ts';
import { searchInPages } from '../search-pages.ts';
import { type ChangeLogRecord, readChangeLogRecord, recordAttributes } from './change-log-record.ts';
import { addressOf, type Beginning, type DeltaReader, type Reading } from './delta-reader.ts';
import { fullImportRequired } from './full-import-required.ts';
import { type AnchorAttributes, anchorAttributes } from './log/anchor-attributes.ts';
import { ChangedNames } from './log/changed-names.ts';
import { liveEntries } from './log/live-entries.ts';
import { logProblem, logUnreadable } from './log/log-problem.ts';
import { MOST_RECORDS, tooMuch } from './log/log-record.ts';
import { Scopes } from './scope.ts';
import { type Point, positionPart } from './watermark.ts';

/** Records of one page; the server's size limit for a normal account is 2,000 (LDAP sheet 4.2). */
const PAGE = 1000;
const noAnchors: AnchorAttributes = { slots: [], changeable: [] };

/**
 * Changes by a change log with numbers (389, ODSEE, IBM, OpenDJ and OpenDS, Isode, RadiantOne; LDAP sheet 4.7).
 *
 * The last record that was worked on is read again with the new ones: as long as it is there and the same, this is the log of the same
 * server, nothing before the new records was trimmed, and the account can read it. So a delta with nothing new is one search.
 */
export const changeLog: DeltaReader = {
  needsOwnConnection: false,

  async beginning(beginning) {
    const { connection, signal } = beginning;
    const { first = 0n, last } = await bounds(connection, signal);
    const number = last ?? (await newest(beginning));
    const [record] =
      number === 0n ? [] : await readRecords(beginning, equals('changeNumber', String(number)), noAnchors);
    // Of a log that was trimmed to its end there is nothing to see.
    if (number > 0n && first <= number && record === undefined) throw logUnreadable(logDn(beginning));
    return pointOf(connection, number, record?.mark ?? '');
  },

  async *changes(reading): AsyncGenerator<readonly CSEntryChange[], Point, undefined> {
    const { context, connection, schema, scopes, from } = reading;
    const number = BigInt(positionPart(from, 'number', /^\d{1,19}$/));
    const mark = positionPart(from, 'mark', /^[\w-]*$/);
    if (from.server !== addressOf(connection)) throw anotherServer(from, connection);
    const plan = planEntries(context, schema);
    const anchors = anchorAttributes(context.schema, plan);
    const since = atLeast('changeNumber', String(number === 0n ? 1n : number));
    const records = await readRecords(reading, since, anchors);
    const known = records[0]?.number === number ? records.shift() : undefined;
    if (known !== undefined && mark !== '' && known.mark !== mark) {
      throw fullImportRequired(
        `Change ${number} is another one than at the last import: the log was made anew, or is another server's.`,
      );
    }
    if (known === undefined) await checkGap(reading, number, records[0]?.number);
    const changed = new ChangedNames(context, plan, new Scopes(scopes));
    for (const record of records) changed.take(record);
    yield* liveEntries(reading, plan, changed);
    const last = records.at(-1);
    return last === undefined ? from : pointOf(connection, last.number, last.mark);
  },
};

function pointOf(connection: Connection, number: bigint, mark: string): Point {
  return { server: addressOf(connection), position: { number: String(number), mark } };
}

function anotherServer(from: Point, connection: Connection): Error {
  return fullImportRequired(
    `The last import read the changes of ${from.server}; now ${addressOf(connection)} answers, whose numbers are others.`,
  );
}

/** The first record that is known is not there: trimmed, or of a log that begins anew (behaviour L39). */
async function checkGap(reading: Reading, number: bigint, firstRead: bigint | undefined): Promise<void> {
  const { first = firstRead, last = firstRead } = await bounds(reading.connection, reading.signal);
  if (last !== undefined && last < number) {
    throw fullImportRequired(
      `The log of changes ends at ${last}, before change ${number} of the last import: it was made anew.`,
    );
  }
  if (first !== undefined && first > number + 1n) {
    throw fullImportRequired(
      `The log of changes begins at ${first}, after change ${number} of the last import: what is between was trimmed.`,
    );
  }
  const mustBeThere =
    number === 0n ? (last ?? 0n) > 0n && firstRead === undefined : first !== undefined && first <= number;
  if (mustBeThere) throw logUnreadable(logDn(reading));
}

/** The numbers of the first and the last record as the root DSE tells them at this moment; undefined where it does not. */
async function bounds(
  connection: Connection,
  signal: AbortSignal,
): Promise<{ readonly first?: bigint; readonly last?: bigint }> {
  const query = { dn: '', filter: everything, attributes: ['firstChangeNumber', 'lastChangeNumber'] };
  const { attributes } = await searchTextEntry(connection, query, signal);
  const numberOf = (name: string): bigint | undefined => {
    const text = attributes?.get(name)?.[0];
    return text !== undefined && /^\d{1,19}$/.test(text) ? BigInt(text) : undefined;
  };
  const [first, last] = [numberOf('firstchangenumber'), numberOf('lastchangenumber')];
  return { ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) };
}

/** For servers whose root DSE does not tell. */
async function newest(beginning: Beginning): Promise<bigint> {
  let number = 0n;
  await eachRecord(beginning, present('changeNumber'), ['changeNumber'], ({ attributes }) => {
    const text = attributes.get('changenumber')?.[0];
    if (text !== undefined && /^\d+$/.test(text) && BigInt(text) > number) number = BigInt(text);
  });
  return number;
}

/** Records by number. */
async function readRecords(
  beginning: Beginning,
  filter: Filter,
  anchors: AnchorAttributes,
): Promise<ChangeLogRecord[]> {
  const records: ChangeLogRecord[] = [];
  await eachRecord(beginning, filter, recordAttributes(anchors), (entry) => {
    const record = readChangeLogRecord(entry, anchors);
    if (record === undefined) return;
    if (records.length === MOST_RECORDS) throw tooMuch();
    records.push(record);
  });
  return records.sort((a, b) => (a.number < b.number ? -1 : 1));
}

async function eachRecord(
  beginning: Beginning,
  filter: Filter,
  attributes: readonly string[],
  take: (entry: ReturnType<typeof readTextEntry>) => void,
): Promise<void> {
  const { context, connection, signal } = beginning;
  const base = logDn(beginning);
  let met = 0;
  const onEntry = (bytes: Buffer, start: number, end: number): void => {
    met += 1;
    take(readTextEntry(bytes, start, end));
  };
  const request = { base, scope: 'one', filter, attributes } as const;
  try {
    for await (const _ of searchInPages({ context, connection, request, pageSize: PAGE, sink: { onEntry }, signal }));
  } catch (error) {
    throw logProblem(error, base, met);
  }
}

function logDn({ context }: Beginning): string {
  return context.profile.changeLogDn ?? 'cn=changelog';
}
