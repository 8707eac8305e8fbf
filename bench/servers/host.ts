/*
 * The connector host as `joinery host start` runs it, over so many people: <csv|memory|entries> <people> [at-once]
 * Its home folder is kept between starts of one run. With `at-once` it answers before the import of its start has ended.
 */
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connectorRegistry } from '@joinery/connector';
import { csvConnector } from '@joinery/connector-csv';
import {
  createConnectorFiles,
  type Home,
  type Host,
  homeAt,
  hostSettings,
  type NewConnector,
  startHost,
} from '@joinery/host';
import { createLogger, loadSettings, Redactor, systemClock, systemRandom } from '@joinery/runtime';
import { inputFile, peopleConnector, peopleFile } from '../../examples/host-target/src/index.ts';
import { answerBench, benchCertificate, benchToken, type Figures } from './announce.ts';
import { counted } from './counted.ts';
import { entryConnector, entryConnectorFile } from './entry-connector.ts';
import { memoryConnector } from './memory-connector.ts';
import { connectorName } from './people.ts';

const [kind = 'csv', people = '0', when] = process.argv.slice(2);
const count = Number(people);
// Every host has a home of its own; the certificate is that of the other servers.
const { cert } = await benchCertificate();
const home = homeAt(join(process.cwd(), `host-${kind}-${count}`));
if (!existsSync(home.folder)) await configure(home);
const calls = { batches: 0 };
const host = await start(home);
if (when !== 'at-once') checkImport(await settled());
await answerBench(
  { url: host.url, token: benchToken, certificate: cert },
  {
    settled,
    import: async () => figuresOf(await host.run(connectorName, 'full')),
    batches: () => {
      const { batches } = calls;
      calls.batches = 0;
      return { batches };
    },
  },
);
await host.close();

async function configure(to: Home): Promise<void> {
  const folder = to.connectorFolder(connectorName);
  await mkdir(folder, { recursive: true });
  const people = peopleConnector(connectorName);
  if (kind === 'csv') await pipeline(Readable.from(peopleFile(count)), createWriteStream(join(folder, inputFile)));
  await createConnectorFiles({
    home: to.folder,
    token: benchToken,
    random: systemRandom,
    connector: configurationOf(kind, people),
  });
}

function configurationOf(wanted: string, people: NewConnector): NewConnector {
  if (wanted === 'entries') return entryConnectorFile(connectorName);
  return wanted === 'csv' ? people : { ...people, connector: wanted, parameters: {} };
}

function start(on: Home): Promise<Host> {
  const redactor = new Redactor();
  const certificateFile = join(process.cwd(), 'certs/host.pem');
  const certificateKeyFile = join(process.cwd(), 'certs/host.key');
  const settings = loadSettings(hostSettings, { env: {}, overrides: { port: 0, certificateFile, certificateKeyFile } });
  return startHost({
    home: on.folder,
    settings,
    registry: connectorRegistry(
      [csvConnector, memoryConnector(count), entryConnector(count)].map((each) => counted(each, calls)),
    ),
    clock: systemClock,
    random: systemRandom,
    logger: createLogger({ stream: process.stderr, level: settings.logLevel, clock: systemClock, redactor }),
    redactor,
  });
}

/** The figures of the last import when none is running any more. */
async function settled(): Promise<Figures> {
  await host.settled(connectorName);
  const [connector] = host.connectors;
  if (connector?.lastImport === undefined) throw new Error(`The host imported nothing: ${connector?.problem?.message}`);
  return figuresOf(connector.lastImport);
}

function figuresOf(report: NonNullable<Host['connectors'][number]['lastImport']>): Figures {
  const { startedAt, endedAt, adds, updates, unchanged, deletes, failed } = report;
  return { milliseconds: endedAt - startedAt, adds, updates, unchanged, deletes, failed };
}

function checkImport({ adds = 0, unchanged = 0, failed }: Figures): void {
  if (adds + unchanged < count || failed !== 0)
    throw new Error(`The host imported ${adds + unchanged} of ${count} people, ${failed} failed.`);
}
