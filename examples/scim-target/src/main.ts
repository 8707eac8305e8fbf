import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { isProblem, toSentence } from '@joinery/problems';
import { systemClock, systemRandom } from '@joinery/runtime';
import { help, readWords } from './options.ts';
import { startTarget } from './target.ts';

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

try {
  const { help: wanted, ...words } = readWords(process.argv.slice(2));
  if (wanted) process.stdout.write(help);
  else await serve(words);
} catch (error) {
  // Being stopped while a million users are being made is no failure.
  if (!stop.signal.aborted) {
    if (!isProblem(error)) throw error;
    process.stderr.write(`${toSentence(error)}\n`);
    process.exitCode = isProblem(error, 'CLI_USAGE') ? 2 : 1;
  }
}

async function serve(words: Omit<ReturnType<typeof readWords>, 'help'>): Promise<void> {
  const target = await startTarget({
    ...words,
    clock: systemClock,
    random: systemRandom,
    temporaryFolder: tmpdir(),
    databaseUrl: process.env.DATABASE_URL,
    signal: stop.signal,
  });
  process.stdout.write(`${JSON.stringify({ base: target.base, token: target.token })}\n`);
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  await target.close();
}
