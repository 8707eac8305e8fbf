/*
 * A host in a process of its own, to be killed. Arguments: the home folder. It prints one JSON line when it answers and
 * runs until the fail-point in its environment, or its parent, ends it.
 */
import { connectorRegistry } from '@joinery/connector';
import { csvConnector } from '@joinery/connector-csv';
import { hostSettings, startHost } from '@joinery/host';
import { checkArmedFailPoint, loadSettings, silentLogger, systemClock, systemRandom } from '@joinery/runtime';

const [home = ''] = process.argv.slice(2);
checkArmedFailPoint();
const host = await startHost({
  home,
  settings: loadSettings(hostSettings, { env: {}, overrides: { port: 0 } }),
  registry: connectorRegistry([csvConnector]),
  clock: systemClock,
  random: systemRandom,
  logger: silentLogger,
});
process.stdout.write(`${JSON.stringify({ url: host.urlOf('CSV'), certificate: host.certificate })}\n`);
await host.settled('CSV');
process.stdout.write('settled\n');
setInterval(() => {}, 60_000);
