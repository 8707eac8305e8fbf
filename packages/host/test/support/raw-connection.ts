import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import type { Host } from '@joinery/host';
import { onTestFinished } from 'vitest';
import { TOKEN } from './home.ts';

/** The start of a request as its bytes: request line, host, token. Further headers and the empty line are the caller's. */
export function head(method: string, path: string, connector = 'CSV'): string {
  return `${method} /ecma2host_${connector}/scim${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${TOKEN}\r\n`;
}

/** A TLS connection for what no HTTP client would send. */
export class RawConnection {
  readonly socket: TLSSocket;
  /** Everything that came, once the connection is closed. */
  readonly closed: Promise<string>;
  #received = '';

  private constructor(socket: TLSSocket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('utf8');
      socket.emit('grown');
    });
    socket.on('error', () => socket.destroy());
    this.closed = new Promise((resolve) => socket.once('close', () => resolve(this.#received)));
    onTestFinished(() => void socket.destroy());
  }

  static async open(host: Host): Promise<RawConnection> {
    const { hostname, port } = new URL(host.url);
    const socket = connect({ host: hostname, port: Number(port), ca: host.certificate });
    const connection = new RawConnection(socket);
    await once(socket, 'secureConnect');
    return connection;
  }

  /** Sends bytes and waits for the end of the connection. */
  async end(bytes: string): Promise<RawAnswer> {
    this.socket.write(bytes);
    return readAnswer(await this.closed);
  }

  /** Everything that came, once this text is in it. */
  async until(text: string): Promise<string> {
    const broken = this.closed.then(() => {
      throw new Error(`The connection closed after: ${this.#received}`);
    });
    while (!this.#received.includes(text)) await Promise.race([once(this.socket, 'grown'), broken]);
    broken.catch(() => {});
    return this.#received;
  }
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** The first answer among what came. */
export function readAnswer(received: string): RawAnswer {
  const end = received.indexOf('\r\n\r\n');
  const headers = received.slice(0, end).toLowerCase();
  return { status: Number(/^http\/1\.1 (\d+)/.exec(headers)?.[1]), headers, body: received.slice(end + 4) };
}
