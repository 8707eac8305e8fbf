/** Rekeys the vault of the folder in its first argument; a fail-point of the environment may end it in the middle. */
import { join } from 'node:path';
import { openVault, Redactor, systemRandom } from '../../src/index.ts';

const folder = process.argv[2] ?? '';
const keyFile = join(folder, 'vault.key');
const vault = await openVault({
  file: join(folder, 'vault.json'),
  keyFile,
  env: {},
  random: systemRandom,
  redactor: new Redactor(),
});
await vault.rekeyFile(keyFile);
process.stdout.write('rekeyed\n');
