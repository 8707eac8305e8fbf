import { isProblem } from '@joinery/problems';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../../src/index.ts';

/** Writes until the disk is full; prints how many rows were committed, the code of the refusal, and how many are there after opening again. */
const folder = `${process.argv[2]}/data`;
const database = await openDatabase({ folder });
await database.drizzle.execute(sql`create table t (id serial primary key, text text)`);
let committed = 0;
try {
  for (;;) {
    await database.drizzle.execute(
      sql`insert into t (text) select repeat(md5(random()::text), 30) from generate_series(1, 500)`,
    );
    committed += 500;
  }
} catch (error) {
  process.stdout.write(`${committed}\n${isProblem(error) ? error.code : String(error)}\n`);
}
await database.close();
const again = await openDatabase({ folder });
const { rows } = await again.drizzle.execute(sql`select count(*)::int as found from t`);
process.stdout.write(`${rows[0]?.found}\n`);
await again.close();
