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
  // Being stopped while a million people are being imported is no failure.
  if (!stop.signal.aborted) {
    if (!isProblem(error)) throw error;
    process.stderr.write(`${toSentence(error)}\n`);
    process.exitCode = isProblem(error, 'CLI_USAGE') ? 2 : 1;
  }
}

async function serve(words: { readonly objects: number; readonly port: number }): Promise<void> {
  const target = await startTarget({
    ...words,
    clock: systemClock,
    random: systemRandom,
    temporaryFolder: tmpdir(),
    log: process.stderr,
    signal: stop.signal,
  });
  const { close, ...line } = target;
  // Not on standard output: its one line is for programs.
  process.stderr.write(`Its certificate is its own. Trust the file: curl --cacert ${line.certificate} …\n`);
  process.stdout.write(`${JSON.stringify(line)}\n`);
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  await close();
}
