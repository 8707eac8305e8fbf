/*
 * A host in a process of its own, to be killed. Arguments: the home folder, and `churn` for imports one after the other.
 * It prints one JSON line when it answers, `settled` when no import runs any more, and runs until the fail-point in its
 * environment, its parent or SIGTERM ends it.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { connectorRegistry } from '@joinery/connector';
import { csvConnector } from '@joinery/connector-csv';
import { hostSettings, startHost } from '@joinery/host';
import { checkArmedFailPoint, loadSettings, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { ledgerConnector } from './ledger.ts';

const [home = '', mode] = process.argv.slice(2);
checkArmedFailPoint();
const host = await startHost({
  home,
  settings: loadSettings(hostSettings, { env: process.env, overrides: { port: 0 } }),
  registry: connectorRegistry([csvConnector, ledgerConnector]),
  clock: systemClock,
  random: systemRandom,
  logger: silentLogger,
});
const names = host.connectors.map(({ name }) => name);
const urls = Object.fromEntries(names.map((name) => [name, host.urlOf(name)]));
process.stdout.write(`${JSON.stringify({ urls, certificate: host.certificate })}\n`);
for (const name of names) await host.settled(name);
process.stdout.write('settled\n');
const readable = host.connectors.filter(({ lastImport }) => lastImport !== undefined).map(({ name }) => name);
while (mode === 'churn') {
  for (const name of readable) await host.importNow(name);
  await wait(20);
}
setInterval(() => {}, 60_000);
