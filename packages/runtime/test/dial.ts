import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect, type TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import {
  createSelfSigned,
  type Listener,
  type ListenOptions,
  listenTls,
  type ServerCertificate,
  systemClock,
  systemRandom,
} from '../src/index.ts';

export const hello: RequestListener = (_, response) => {
  response.end('hello');
};

let made: Promise<ServerCertificate> | undefined;

/** One self-signed certificate for all tests of a file. */
export function certificate(): Promise<ServerCertificate> {
  made ??= createSelfSigned({ clock: systemClock, random: systemRandom });
  return made;
}

export async function listen(options: Partial<ListenOptions> = {}): Promise<Listener> {
  const listener = await listenTls({
    app: hello,
    host: '127.0.0.1',
    port: 0,
    certificate: await certificate(),
    clock: systemClock,
    ...options,
  });
  onTestFinished(() => listener.close(0));
  return listener;
}

/** A raw TLS connection for what no HTTP client would send. `received` is everything that came. */
export class Dialled {
  readonly socket: TLSSocket;
  readonly closed: Promise<string>;
  #received = '';

  constructor(socket: TLSSocket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
      socket.emit('grown');
    });
    socket.on('error', () => socket.destroy());
    this.closed = new Promise((resolve) => socket.once('close', () => resolve(this.#received)));
    onTestFinished(() => void socket.destroy());
  }

  /** What came once it has this text. */
  async until(text: string): Promise<string> {
    while (!this.#received.includes(text)) await Promise.race([once(this.socket, 'grown'), this.#broken()]);
    return this.#received;
  }

  async #broken(): Promise<never> {
    await this.closed;
    throw new Error(`The connection closed after: ${this.#received}`);
  }
}

export async function dial(listener: Listener): Promise<Dialled> {
  const { certificate: ca } = await certificate();
  const socket = connect({ host: '127.0.0.1', port: listener.port, servername: 'localhost', ca });
  const dialled = new Dialled(socket);
  await once(socket, 'secureConnect');
  return dialled;
}
