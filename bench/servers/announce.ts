import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ensureServerCertificate, systemClock, systemRandom } from '@joinery/runtime';
import type { FastifyInstance } from 'fastify';

/** The secret token of the servers that ask for one. */
export const benchToken = 'bench-token-of-43-characters-as-hosts-make-';

/** The one certificate that all servers of a run present: the host's own, in the folder they are all started in. */
export async function benchCertificate(): Promise<{ readonly cert: string; readonly key: string }> {
  const { certificate, privateKey } = await ensureServerCertificate({
    certificateFile: 'certs/host.pem',
    keyFile: 'certs/host.key',
    names: ['localhost', '127.0.0.1'],
    clock: systemClock,
    random: systemRandom,
  });
  return { cert: certificate, key: privateKey };
}

/** Listens on a free port and answers the benchmark, see {@link answerBench}. */
export async function announce(app: Pick<FastifyInstance, 'listen' | 'close'>, token: string): Promise<void> {
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const { cert } = await benchCertificate();
  await answerBench({ url, token, certificate: cert });
  await app.close();
}

/** What a server can be asked beyond `usage`: each word answers figures by name. */
export type BenchCommands = Readonly<Record<string, () => Figures | Promise<Figures>>>;
export type Figures = Readonly<Record<string, number>>;

/**
 * Prints where the server is as one JSON line, then for every word on stdin another one: `usage` is the processor time of this
 * process in microseconds and how long its event loop was busy and idle, in milliseconds. Returns on SIGTERM or when stdin closes.
 */
export async function answerBench(
  server: { readonly url: string; readonly token: string; readonly certificate: string },
  commands: BenchCommands = {},
): Promise<void> {
  const known: BenchCommands = { usage, ...commands };
  const lines = createInterface({ input: process.stdin });
  lines.on('line', async (word) => {
    console.log(JSON.stringify((await known[word]?.()) ?? {}));
  });
  process.once('SIGTERM', () => lines.close());
  console.log(JSON.stringify(server));
  await once(lines, 'close');
  process.stdin.destroy();
}

function usage(): Figures {
  const { user, system } = process.cpuUsage();
  const { active, idle } = performance.eventLoopUtilization();
  return { processorMicros: user + system, active, idle };
}
