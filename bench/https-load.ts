import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

/** A server under load. */
export interface LoadTarget {
  readonly url: URL;
  readonly token: string;
  readonly certificate: string;
}

export interface LoadResult {
  readonly perSecond: number;
  /** Part of the time in which this process, which makes the load, was busy: near 1 it measures itself. */
  readonly generatorBusy: number;
}

/**
 * Asks for every path once, over so many kept-alive connections, one request at a time on each. The clock runs from the first
 * request to the last answer; hand-shakes come before it.
 *
 * Written on bare TLS sockets with requests made beforehand: a general client costs more per request than the servers measured
 * here and would be what is measured. It reads no more of an answer than its status and length; who uses it checks answers first.
 */
export async function sendAll(target: LoadTarget, paths: readonly string[], connections: number): Promise<LoadResult> {
  const requests = paths.map((path) => requestOf(target, path));
  const sockets = await Promise.all(Array.from({ length: connections }, () => openSocket(target)));
  let next = 0;
  const loopBefore = performance.eventLoopUtilization();
  const started = performance.now();
  await Promise.all(sockets.map((socket) => drive(socket, () => requests[next++])));
  const seconds = (performance.now() - started) / 1000;
  const { utilization } = performance.eventLoopUtilization(loopBefore);
  for (const socket of sockets) socket.destroy();
  return { perSecond: paths.length / seconds, generatorBusy: utilization };
}

function requestOf({ url, token }: LoadTarget, path: string): Buffer {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${url.host}`,
    `Authorization: Bearer ${token}`,
    'Accept: application/scim+json',
    'Connection: keep-alive',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
}

async function openSocket({ url, certificate }: LoadTarget): Promise<TLSSocket> {
  const socket = connect({ host: url.hostname, port: Number(url.port), ca: certificate });
  socket.setNoDelay(true);
  await once(socket, 'secureConnect');
  return socket;
}

/** Sends one request after the other until there is none left. */
function drive(socket: TLSSocket, nextRequest: () => Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let pending: Buffer = Buffer.alloc(0);
    const send = (): void => {
      const request = nextRequest();
      if (request === undefined) resolve();
      else socket.write(request);
    };
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server closed a connection under load.')));
    socket.on('data', (chunk: Buffer) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const length = answerLength(pending);
      if (length === undefined || pending.length < length) return;
      pending = pending.subarray(length);
      send();
    });
    send();
  });
}

/** Bytes of the answer that the buffer begins with; undefined while its head is not complete. */
function answerLength(buffer: Buffer): number | undefined {
  const end = buffer.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = buffer.toString('latin1', 0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (!head.startsWith('HTTP/1.1 200 ') || length === undefined)
    throw new Error(`Unexpected answer under load:\n${head}`);
  return end + 4 + Number(length);
}
