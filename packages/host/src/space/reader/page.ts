import type { DatabaseSync } from 'node:sqlite';
import { BLOCK_BITS } from '../layout.ts';
import type { StoredRow } from '../row.ts';
import type { Found, Search } from './calls.ts';
import { COLUMNS, storedRow, VISIBLE } from './stored-row.ts';

/**
 * One page of all objects, or of all of a type, in listing order. Where it begins is found by summing blocks, and the total is
 * their sum, so every page costs the same. Reads one state of the file, whatever is written meanwhile.
 */
export function readPage(database: DatabaseSync, { type, offset, limit }: Search): Found {
  database.exec('BEGIN');
  try {
    return page(database, type, offset, limit);
  } finally {
    database.exec('COMMIT');
  }
}

function page(database: DatabaseSync, type: string | undefined, offset: number, limit: number): Found {
  const ofType = type === undefined ? '' : 'AND o.type = ?';
  const parameters = type === undefined ? [] : [type];
  const inBlock = database.prepare(
    `SELECT ${COLUMNS} FROM object o
     WHERE o.row >= ? AND o.row < ? ${ofType} AND ${VISIBLE} ORDER BY o.row LIMIT ? OFFSET ?`,
  );
  const rows: StoredRow[] = [];
  let total = 0;
  for (const { number, objects } of blocks(database, type)) {
    const skip = Math.max(0, offset - total);
    total += objects;
    if (skip >= objects || rows.length >= limit) continue;
    const first = number * 2 ** BLOCK_BITS;
    const bounds = [first, first + 2 ** BLOCK_BITS, ...parameters];
    rows.push(...inBlock.all(...bounds, limit - rows.length, skip).map(storedRow));
  }
  return { total, rows };
}

/** The blocks that hold any visible object, in listing order. */
function blocks(database: DatabaseSync, type: string | undefined): { number: number; objects: number }[] {
  const found =
    type === undefined
      ? database.prepare('SELECT number, sum(objects) AS objects FROM block GROUP BY number ORDER BY number').all()
      : database.prepare('SELECT number, objects FROM block WHERE type = ? ORDER BY number').all(type);
  return found.map(({ number, objects }) => ({ number: Number(number), objects: Number(objects) }));
}
