import { parentPort, workerData } from 'node:worker_threads';
import { problem } from '@joinery/problems';
import { matches } from '@joinery/scim';
import { openForReading } from '../file.ts';
import { toSpaceProblem } from '../sqlite-error.ts';
import { parseStored } from '../stored-json.ts';
import { answerCalls } from '../worker-calls.ts';
import type { ReaderCalls, ReaderData } from './calls.ts';
import { readHistory } from './history.ts';
import { searchSpace } from './search.ts';

const data: ReaderData = workerData;
const database = openForReading(data.path);
const port = parentPort;
if (port === null) throw problem('RUNTIME_INTERNAL', 'The space reader runs as a worker thread only.');

const dump = database.prepare(
  `SELECT o.row, o.json FROM state s CROSS JOIN object o
   WHERE o.row > ? AND o.born <= s.generation AND o.died > s.generation ORDER BY o.row LIMIT ?`,
);

answerCalls<ReaderCalls>(
  port,
  {
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
    history: ({ limit }) => readHistory(database, limit),
  },
  (error) => toSpaceProblem(error, data.path),
);
