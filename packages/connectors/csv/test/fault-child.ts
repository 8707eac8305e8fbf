import { selectSchema } from '@joinery/connector';
import { isProblem } from '@joinery/problems';
import { connect } from './csv-fixture.ts';
import { entry } from './folder.ts';

/* Exports one new row to `InputFile.txt` in the folder of the first argument and prints `done` or the code of the problem. */
const [folder = ''] = process.argv.slice(2);
const connector = connect(folder, { ColumnTypes: '' });
const signal = AbortSignal.timeout(20_000);
const run = await connector.export?.({ schema: selectSchema(await connector.schema(signal), {}) }, signal);
try {
  await run?.putEntries([entry('Add', 'new', { Title: 'x' })], signal);
  process.stdout.write('done');
} catch (error) {
  process.stdout.write(isProblem(error) ? error.code : String(error));
}
