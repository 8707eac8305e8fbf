import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

/** A server under load. */
export interface LoadTarget {
  readonly url: URL;
  readonly token: string;
  readonly certificate: string;
}

/** A request that is not a plain GET. */
export interface LoadRequest {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: string;
}

export interface SendOptions {
  /** Statuses of right answers; 200 unless told otherwise. */
  readonly accept?: readonly number[];
  /** Takes the milliseconds from each request to the end of its answer. */
  readonly latencies?: number[];
  /** False lets this process sleep while it waits: for loads that leave it idle most of the time. Default true. */
  readonly polls?: boolean;
}

/**
 * So many kept-alive connections to one server, one request at a time on each.
 *
 * Written on bare TLS sockets with requests made beforehand: a general client costs more per request than some of the servers
 * measured with it, and would be what is measured. It reads no more of an answer than its status and length; check answers first.
 */
export class HttpsLoad {
  readonly #target: LoadTarget;
  #connections: readonly Connection[];

  private constructor(target: LoadTarget, connections: readonly Connection[]) {
    this.#target = target;
    this.#connections = connections;
  }

  static async open(target: LoadTarget, connections: number): Promise<HttpsLoad> {
    return new HttpsLoad(target, await Promise.all(Array.from({ length: connections }, () => Connection.open(target))));
  }

  /**
   * Sends every request once; a path alone is a GET.
   *
   * This process polls meanwhile and never sleeps. Over the loopback the kernel wakes a sleeping receiver within the sender's own
   * write: by profile 15 % of the host's processor time, which a client on another machine would not cost it. README.md says what
   * this does to the ratios.
   * @returns milliseconds from the first request to the last answer
   */
  async send(asked: readonly (string | LoadRequest)[], options: SendOptions = {}): Promise<number> {
    const { accept = [200], latencies, polls = true } = options;
    const requests = asked.map((request) => bytesOf(this.#target, request));
    // A server closes what was idle for its keep-alive time, and the rounds of the others may take that long.
    this.#connections = await Promise.all(
      this.#connections.map((connection) => (connection.isOpen ? connection : Connection.open(this.#target))),
    );
    let next = 0;
    let polling = polls ? setImmediate(poll) : undefined;
    function poll(): void {
      polling = setImmediate(poll);
    }
    const started = performance.now();
    try {
      const job = { next: () => requests[next++], accept: new Set(accept), latencies };
      await Promise.all(this.#connections.map((connection) => connection.drive(job)));
      return performance.now() - started;
    } finally {
      clearImmediate(polling);
    }
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }
}

/** What the connections of a load share. */
interface Job {
  next(): Buffer | undefined;
  readonly accept: ReadonlySet<number>;
  readonly latencies: number[] | undefined;
}

class Connection {
  readonly #socket: TLSSocket;
  #pending: Buffer = Buffer.alloc(0);
  #accept: ReadonlySet<number> = new Set();
  #answered = (): void => undefined;
  #failed = (_: Error): void => undefined;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#failed(error));
    socket.on('close', () => this.#failed(new Error('The server closed a connection under load.')));
  }

  static async open({ url, certificate }: LoadTarget): Promise<Connection> {
    const socket = connect({ host: url.hostname, port: Number(url.port), ca: certificate });
    socket.setNoDelay(true);
    await once(socket, 'secureConnect');
    return new Connection(socket);
  }

  get isOpen(): boolean {
    return this.#socket.writable;
  }

  /** Sends one request after the other until there is none left. */
  drive({ next, accept, latencies }: Job): Promise<void> {
    this.#accept = accept;
    return new Promise((resolve, reject) => {
      let sentAt = 0;
      const send = (): void => {
        const request = next();
        if (request === undefined) {
          resolve();
          return;
        }
        if (latencies !== undefined) sentAt = performance.now();
        this.#socket.write(request);
      };
      this.#failed = reject;
      this.#answered = () => {
        latencies?.push(performance.now() - sentAt);
        send();
      };
      send();
    });
  }

  close(): void {
    this.#failed = () => undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const head = this.#pending.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = this.#bodyLength(this.#pending.toString('latin1', 0, head));
    if (length === undefined) this.#failed(new Error(`An answer is not as expected:\n${this.#pending}`));
    else if (this.#pending.length >= head + 4 + length) {
      this.#pending = this.#pending.subarray(head + 4 + length);
      this.#answered();
    }
  }

  /** The length of a right answer's body; undefined for any other answer. */
  #bodyLength(head: string): number | undefined {
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    return length === undefined || !this.#accept.has(Number(head.slice(9, 12))) ? undefined : Number(length);
  }
}

function bytesOf({ url, token }: LoadTarget, asked: string | LoadRequest): Buffer {
  const { method, path, body } = typeof asked === 'string' ? { method: 'GET', path: asked, body: undefined } : asked;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${url.host}`,
    `Authorization: Bearer ${token}`,
    'Accept: application/scim+json',
    'Connection: keep-alive',
  ];
  if (body !== undefined)
    lines.push('Content-Type: application/scim+json', `Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
}
