import { BESIDE, BLOCK_BITS } from './layout.ts';

/** Brings a file from version `from` to `from + 1`; runs inside a transaction. */
export interface SpaceMigration {
  readonly from: number;
  readonly sql: string;
}

/** Every step from the first released version to the present one. */
export const SPACE_MIGRATIONS: readonly SpaceMigration[] = [
  {
    from: 1,
    // An import that was open when the older program ended is taken back by this one: its rows are the seen ones that it made.
    sql: `
      ALTER TABLE object ADD COLUMN reference_key TEXT;
      ALTER TABLE object ADD COLUMN reference_values TEXT;
      ${BESIDE}
      INSERT INTO block (type, number, objects, staged)
        SELECT type, row >> ${BLOCK_BITS},
          sum(born <= generation AND died > generation),
          sum(born <= coalesce(staging, generation) AND died > coalesce(staging, generation))
            - sum(born <= generation AND died > generation)
        FROM object, state GROUP BY 1, 2;
      INSERT INTO staged (first, last)
        SELECT object.row, object.row FROM seen JOIN object ON object.row = seen.row, state WHERE object.born = state.staging;
      DROP TABLE seen;
      ALTER TABLE state ADD COLUMN full_at INTEGER;
      UPDATE state SET full_at = imported_at;
      ALTER TABLE state DROP COLUMN objects;
      ALTER TABLE run ADD COLUMN renames INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE run ADD COLUMN report TEXT NOT NULL DEFAULT '{}';`,
  },
];
