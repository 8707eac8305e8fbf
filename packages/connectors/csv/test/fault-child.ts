import { selectSchema } from '@joinery/connector';
import { isProblem } from '@joinery/problems';
import { connect } from './csv-fixture.ts';
import { entry } from './folder.ts';

/*
 * Exports one new row to `InputFile.txt` in the folder of the first argument and prints `done` or the code of the problem.
 * With the word `groups` behind it, the same batch adds a row to `groups.txt`.
 */
const [folder = '', word] = process.argv.slice(2);
const withGroups = word === 'groups';
const connector = connect(folder, {
  ColumnTypes: '',
  MoreObjectTypes: withGroups ? 'Group | groups.txt | GroupID' : '',
});
const group = { ...entry('Add', ''), objectType: 'Group', anchorAttributes: [{ name: 'GroupID', value: 'new' }] };
const signal = AbortSignal.timeout(20_000);
const run = await connector.export?.({ schema: selectSchema(await connector.schema(signal), {}) }, signal);
try {
  await run?.putEntries([entry('Add', 'new', { Title: 'x' }), ...(withGroups ? [group] : [])], signal);
  process.stdout.write('done');
} catch (error) {
  process.stdout.write(isProblem(error) ? error.code : String(error));
}
