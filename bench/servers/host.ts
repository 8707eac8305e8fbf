/* The connector host as `joinery host start` runs it, with the CSV connector over a file of so many people. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connectorRegistry } from '@joinery/connector';
import { csvConnector } from '@joinery/connector-csv';
import { createConnectorFiles, homeAt, hostSettings, startHost } from '@joinery/host';
import { createLogger, loadSettings, Redactor, systemClock, systemRandom } from '@joinery/runtime';
import { answerBench, benchCertificate, benchToken } from './announce.ts';
import { connectorName, personColumns, personRow } from './people.ts';

const count = Number(process.argv[2]);
// Every host has a home of its own; the certificate is that of the other servers.
const { cert } = await benchCertificate();
const home = homeAt(join(process.cwd(), `host-${count}`));
await mkdir(home.connectorFolder(connectorName), { recursive: true });
await pipeline(
  Readable.from(inputFile()),
  createWriteStream(join(home.connectorFolder(connectorName), 'InputFile.txt')),
);
await createConnectorFiles({
  home: home.folder,
  token: benchToken,
  random: systemRandom,
  connector: {
    name: connectorName,
    connector: 'csv',
    objectType: 'Person',
    anchor: 'AzureObjectID',
    dn: 'AzureObjectID',
    parameters: { FileName: 'InputFile.txt', Anchor: 'AzureObjectID', ColumnTypes: 'IsActive:Boolean' },
    attributes: personColumns.map((name) => (name === 'IsActive' ? { name, type: 'Boolean' } : { name })),
  },
});
const certificateFile = join(process.cwd(), 'certs/host.pem');
const certificateKeyFile = join(process.cwd(), 'certs/host.key');
const redactor = new Redactor();
const settings = loadSettings(hostSettings, { env: {}, overrides: { port: 0, certificateFile, certificateKeyFile } });
const logger = createLogger({ stream: process.stderr, level: settings.logLevel, clock: systemClock, redactor });
const host = await startHost({
  home: home.folder,
  settings,
  registry: connectorRegistry([csvConnector]),
  clock: systemClock,
  random: systemRandom,
  logger,
  redactor,
});
await host.settled(connectorName);
const [connector] = host.connectors;
if (connector?.objects !== count) throw new Error(`The host imported ${connector?.objects} of ${count} objects.`);
await answerBench({ url: host.url, token: benchToken, certificate: cert });
await host.close();

function* inputFile(): Generator<string> {
  yield `${personColumns.join(';')}\n`;
  for (let n = 0; n < count; n++) yield `${personRow(n)}\n`;
}
