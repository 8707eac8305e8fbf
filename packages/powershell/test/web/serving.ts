import { onTestFinished } from 'vitest';
import type { EngineOptions, EngineValue, Run } from '../../src/index.ts';
import { openRun, outputOf } from '../open-engine.ts';
import { startRawServer, type TestServer } from './web-server.ts';

/** Ends a server with its test. */
export function kept(server: TestServer): TestServer {
  onTestFinished(() => server.close());
  return server;
}

/** A server that answers every request with the same bytes, and closes. */
export async function saying(...pieces: readonly (string | Buffer)[]): Promise<TestServer> {
  return kept(
    await startRawServer((socket) => {
      socket.once('data', () => {
        for (const piece of pieces) socket.write(piece);
        socket.end();
      });
    }),
  );
}

/** A run whose scripts may talk to these servers by address. `$Url` is the first. */
export async function runWith(
  servers: readonly TestServer[],
  { limits = {}, ...options }: EngineOptions = {},
): Promise<Run> {
  const hosts = servers.map(({ port }) => ({ host: '127.0.0.1', port }));
  return await openRun({ hosts, limits, variables: { Url: servers[0]?.base ?? '' }, ...options });
}

/** What ends a script, as `id|type|message`. */
const ending = (command: string): string =>
  `try { ${command}; 'no error' } catch { "$($_.FullyQualifiedErrorId.Split(',')[0])|$($_.Exception.GetType().Name)|$($_.Exception.Message)" }`;

export async function endingOf(run: Run, command: string): Promise<EngineValue> {
  const output = await outputOf(run, ending(command));
  return output.at(-1) ?? null;
}

/** The head of an answer, without its end. */
export const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n';
