/* The provisioning service as `joinery service start` runs it, over a database that was filled before: <home> <database url, or nothing>. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startService } from '../../packages/service/src/index.ts';
import { answerBench } from './announce.ts';

const [home = '', databaseUrl = ''] = process.argv.slice(2);
const service = await startService({
  home,
  env: {},
  overrides: { port: 0, address: '127.0.0.1', ...(databaseUrl === '' ? {} : { databaseUrl }) },
  signal: new AbortController().signal,
});
const token = (await readFile(join(home, 'admin-token'), 'utf8')).trim();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
await answerBench(
  { url: service.url, token, certificate: service.certificate },
  {
    /** Milliseconds that the event loop came late, at most, in 99 of 100 turns since it was last asked. */
    loopDelay: () => {
      // The histogram holds the whole interval between two of its timers, a millisecond of which is no delay.
      const milliseconds = delay.count === 0 ? 0 : delay.percentile(99) / 1e6 - 1;
      delay.reset();
      return { milliseconds };
    },
  },
);
await service.close();
