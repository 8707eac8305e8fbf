import { sql } from 'drizzle-orm';
import { openDatabase } from '../../src/index.ts';

/** Writes row 1 in a transaction that it never ends. */
const database = await openDatabase({ url: process.argv[2] ?? '' });
await database.transaction(async (tx) => {
  await tx.execute(sql`insert into t values (1)`);
  process.stdout.write('written\n');
  const never = Promise.withResolvers<void>();
  setInterval(() => {}, 1_000);
  await never.promise;
});
