import { randomInt } from 'node:crypto';
import { createConnection, createServer } from 'node:net';

/**
 * An address of 127.0.0.0/8 where none of `ports` is taken. Every server of a run has an address of its own, so that runs can go on
 * beside each other although some servers have fixed ports.
 */
export async function ownAddress(ports: readonly number[]): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const host = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(2, 254)}`;
    const free = await Promise.all(ports.map((port) => isFree(host, port)));
    if (free.every((one) => one)) return host;
  }
  throw new Error(`No loopback address has the ports ${ports.join(', ')} free, or this account may not listen there.`);
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** Resolves when something listens there; throws what `failed` says as soon as it says something, and after `withinMs`. */
export async function listening(
  host: string,
  port: number,
  failed: () => string | undefined,
  withinMs = 60_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (await accepts(host, port)) return;
    const why = failed();
    if (why !== undefined) throw new Error(why);
    if (performance.now() > deadline) throw new Error(`Nothing listens at ${host}:${port} after ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once('connect', () => socket.destroy().once('close', () => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
