/*
 * Run by check-packed in the folder where the tarballs are installed: a host there brings a connector up in a thread and in a
 * process, whose modules are found by their built names only.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectorRegistry } from '@joinery/connector';
import { csvConnector } from '@joinery/connector-csv';
import { createConnectorFiles, homeAt, hostSettings, startHost } from '@joinery/host';
import { loadSettings, silentLogger, systemClock, systemRandom } from '@joinery/runtime';

for (const runIn of ['worker', 'process']) {
  const home = mkdtempSync(join(process.cwd(), 'home-'));
  const types = [{ objectType: 'Person', anchor: 'id', attributes: [{ name: 'id' }] }];
  const parameters = { FileName: 'InputFile.txt', Anchor: 'id' };
  const isolation = { runIn, heapMegabytes: 128 };
  const connector = { name: 'CSV', connector: 'csv', isolation, parameters, types };
  await createConnectorFiles({ home, token: 'a-token-for-this-check', random: systemRandom, connector });
  const folder = homeAt(home).connectorFolder('CSV');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'InputFile.txt'), 'id\na\nb\n');
  const host = await startHost({
    home,
    settings: loadSettings(hostSettings, { env: {}, overrides: { port: 0 } }),
    registry: connectorRegistry([csvConnector]),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
  });
  await host.settled('CSV');
  const [status] = host.connectors;
  await host.close();
  if (status.state !== 'serving' || status.objects !== 2) {
    throw new Error(`A connector in a ${runIn} is ${status.state} with ${status.objects} objects: ${status.problem}`);
  }
}
process.stdout.write('A connector ran in a thread and in a process, both from packed tarballs.\n');
