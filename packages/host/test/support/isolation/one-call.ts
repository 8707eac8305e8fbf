import type { Connector, Isolation } from '@joinery/connector';
import { parseConfiguration } from '@joinery/connector';
import { silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { openConnector } from '../../../src/isolation/open-connector.ts';
import { roughConnector } from './rough-connector.ts';

/* A program that does nothing but open a connector apart, call it, end it, and open another one that it forgets. */

const [runIn = ''] = process.argv.slice(2);

function open(where: Isolation): Promise<Connector> {
  const configuration = parseConfiguration(roughConnector.parameters, {}, () => undefined);
  const context = { clock: systemClock, random: systemRandom, logger: silentLogger, folder: '/' };
  return openConnector(roughConnector, configuration, context, {
    name: 'Rough',
    isolation: { runIn: where, heapMegabytes: 64 },
  });
}

const where = runIn === 'worker' ? 'worker' : 'process';
const connector = await open(where);
process.stdout.write('opened\n');
await connector.test(new AbortController().signal);
process.stdout.write('called\n');
await connector[Symbol.asyncDispose]();
process.stdout.write('ended\n');
await open(where);
process.stdout.write('opened again\n');
