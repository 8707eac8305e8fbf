import { parseConfiguration } from '@joinery/connector';
import { type Logger, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { openConnector } from '../../../src/isolation/open-connector.ts';
import { roughConnector } from './rough-connector.ts';

/* A program with a connector in a process of its own that computes without end; prints the number of that process. */

const { promise: burning, resolve } = Promise.withResolvers<void>();
const logger: Logger = { ...silentLogger, debug: (_, message) => message === 'begun: burn' && resolve() };
const configuration = parseConfiguration(roughConnector.parameters, {}, () => undefined);
const context = { clock: systemClock, random: systemRandom, logger, folder: '/' };
const connector = await openConnector(roughConnector, configuration, context, {
  name: 'Rough',
  isolation: { runIn: 'process', heapMegabytes: 64 },
});
const signal = new AbortController().signal;
const { facts } = await connector.test(signal);
const call = connector.lookup?.(
  { schema: { types: [] }, objectType: 'user', attribute: 'what', value: 'burn' },
  signal,
);
await burning;
process.stdout.write(`${facts.pid}\n`);
await call;
