import { sql } from 'drizzle-orm';
import { openDatabase } from '../../src/index.ts';

/** Commits row after row and prints each number once its commit was answered. */
const folder = process.argv[2] ?? '';
const database = await openDatabase({ folder });
await database.drizzle.execute(sql`create table if not exists t (id int primary key)`);
for (let id = 0; ; id++) {
  await database.transaction(async (tx) => {
    await tx.execute(sql`insert into t values (${id})`);
  });
  process.stdout.write(`${id}\n`);
}
