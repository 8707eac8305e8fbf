import { pathToFileURL } from 'node:url';
import { migrate, openDatabase } from '../../src/index.ts';

/** Migrates the database at the first argument with the files of the second, and prints what it applied. */
const [, , place = '', files = ''] = process.argv;
const database = await openDatabase(place.startsWith('postgres') ? { url: place } : { folder: place });
process.stdout.write('open\n');
const done = await migrate(database, [{ room: 'test', folder: pathToFileURL(`${files}/`) }], { version: '1.0.0' });
process.stdout.write(`${JSON.stringify(done)}\n`);
await database.close();
