import { openDatabase } from '@joinery/store';
import { oneRun } from './one-run.ts';

/* One run as a process of its own, to be killed: node one-run-child.ts <database> <target> <people> <leavers>. */
const [location = '', base = '', people = '0', leavers = '0'] = process.argv.slice(2);
const database = await openDatabase(location.startsWith('postgres') ? { url: location } : { folder: location });
await oneRun(database, base, Number(people), Number(leavers));
await database.close();
