import { createInterface } from 'node:readline';
import { startHostOn } from './host-process.ts';

/*
 * A host in a process of its own, for the test that kills it: it imports in full, says so, and then runs a delta import for every line that
 * it is sent. Argument: its home folder.
 */
const [home = ''] = process.argv.slice(2);
const host = await startHostOn(home);
await host.run('LDAP', 'full');
process.stdout.write('ready\n');
for await (const _ of createInterface({ input: process.stdin })) {
  await host.run('LDAP', 'delta');
  process.stdout.write('told\n');
}
