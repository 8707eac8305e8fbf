/*
 * A host in a process of its own, to be killed or put under strain. Arguments: the home folder, and `churn` for imports one
 * after the other. It prints one JSON line when it answers, `settled` when no import runs any more, and one JSON line for each
 * command line that it reads. It runs until the fail-point in its environment, its parent or a signal ends it.
 */
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { connectorRegistry } from '@joinery/connector';
import { csvConnector } from '@joinery/connector-csv';
import { type Host, hostSettings, startHost } from '@joinery/host';
import { toProblem } from '@joinery/problems';
import {
  checkArmedFailPoint,
  createLogger,
  loadSettings,
  Redactor,
  silentLogger,
  systemClock,
  systemRandom,
} from '@joinery/runtime';
import { fileTarget } from './file-target.ts';
import { ledgerConnector } from './ledger.ts';

const [home = '', mode] = process.argv.slice(2);
const redactor = new Redactor();
const speaking = process.env.JOINERY_FAULT_LOG === '1';
checkArmedFailPoint();
const host = await startHost({
  home,
  settings: loadSettings(hostSettings, { env: process.env, overrides: { port: 0 } }),
  registry: connectorRegistry([csvConnector, ledgerConnector, fileTarget]),
  clock: systemClock,
  random: systemRandom,
  logger: speaking
    ? createLogger({ stream: process.stderr, level: 'debug', clock: systemClock, redactor })
    : silentLogger,
  redactor,
});
const names = host.connectors.map(({ name }) => name);
const urls = Object.fromEntries(names.map((name) => [name, host.urlOf(name)]));
process.stdout.write(`${JSON.stringify({ urls, certificate: host.certificate, pid: process.pid })}\n`);
for (const { name, state } of host.connectors) if (state !== 'failed') await host.settled(name);
process.stdout.write('settled\n');

const commands: Readonly<Record<string, (host: Host, connector: string) => unknown>> = {
  import: (running, connector) => running.run(connector, 'full'),
  status: (running, connector) => running.connectors.find(({ name }) => name === connector),
  history: (running, connector) => running.history(connector, 5, AbortSignal.timeout(10_000)),
  close: (running) => running.close(),
};
createInterface({ input: process.stdin }).on('line', async (line) => {
  const [command = '', connector = ''] = line.split(' ');
  try {
    const answer = (await commands[command]?.(host, connector)) ?? null;
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  } catch (error) {
    const { code, detail, cause } = toProblem(error);
    process.stdout.write(`${JSON.stringify({ code, detail, cause: String(cause) })}\n`);
  }
});

const readable = host.connectors.filter(({ lastImport }) => lastImport !== undefined).map(({ name }) => name);
while (mode === 'churn') {
  for (const name of readable) await host.run(name, 'full');
  await wait(20);
}
