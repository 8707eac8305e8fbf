import { matches } from '@joinery/scim/evaluation';
import { openForReading } from '../file.ts';
import { parseStored } from '../stored-json.ts';
import type { ReaderCalls, ReaderData } from './calls.ts';
import { readHistory } from './history.ts';
import { searchSpace } from './search.ts';
import { VISIBLE } from './stored-row.ts';

/** Opens a space file for reading and answers the calls of its reader. @throws what {@link openForReading} throws */
export function spaceReader(data: ReaderData): { readonly [K in keyof ReaderCalls]: ReaderCalls[K] } {
  const database = openForReading(data.path);
  const dump = database.prepare(
    `SELECT o.row, o.json FROM object o WHERE o.row > ? AND ${VISIBLE} ORDER BY o.row LIMIT ?`,
  );
  const aliases = database.prepare('SELECT identity, id FROM alias WHERE identity > ? ORDER BY identity LIMIT ?');
  return {
    search: (search) => searchSpace(database, search, (predicate, json) => matches(predicate, parseStored(json))),
    dump: ({ after, limit }) => {
      const rows = dump.all(after, limit);
      const last = rows.at(-1)?.row;
      return {
        documents: rows.map((found) => String(found.json)),
        // The other slot of the same object is skipped too: it may become the visible one between two calls.
        next: last === undefined ? after : Number(last) | 1,
      };
    },
    aliases: ({ after, limit }) =>
      aliases.all(after, limit).map(({ identity, id }) => ({ identity: String(identity), id: String(id) })),
    history: ({ limit }) => readHistory(database, limit),
  };
}
