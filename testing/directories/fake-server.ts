import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Later } from '../folder.ts';
import type { KeyPair } from './certificates.ts';
import { Exchange, type RecordedRequest } from './exchange.ts';
import { FAKE_ROOT_DSE, FAKE_SCHEMA } from './fake-schema.ts';
import { MessageStream } from './wire/message-stream.ts';
import { decodeRequest } from './wire/request.ts';
import type { Values } from './wire/response.ts';

const START_TLS = '1.3.6.1.4.1.1466.20037';
const WHO_AM_I = '1.3.6.1.4.1.4203.1.11.3';

export interface FakeServerOptions {
  /**
   * Answers a request, or leaves it to the usual answers by returning false: success for binds, the root DSE, the schema, StartTLS
   * where there is a certificate, an empty success for all else. Who returns true without sending leaves the client waiting.
   */
  readonly answer?: (exchange: Exchange) => boolean | Promise<boolean>;
  readonly rootDse?: Readonly<Record<string, Values>>;
  readonly schema?: Readonly<Record<string, Values>>;
  /** For StartTLS; with `ldaps` from the first octet on. */
  readonly certificate?: KeyPair;
  readonly ldaps?: boolean;
  /** What happens to a new connection before any request: `silent` neither reads nor writes, `cut` closes it. */
  readonly connection?: 'silent' | 'cut' | 'serve';
  readonly host?: string;
}

/** A server on real sockets that does what no real one can be brought to do. */
export interface FakeServer {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** Every request that came, in order. */
  readonly requests: readonly RecordedRequest[];
  /** How many connections there have been. */
  connections(): number;
  /** How many there are now. */
  open(): number;
  /** Closes all connections at once; it goes on taking new ones. */
  cut(): void;
  /** Sends octets on all connections, unasked. */
  push(bytes: Uint8Array): void;
  /** Stops listening and closes all connections. */
  close(): Promise<void>;
}

/** Starts a scripted LDAP server that ends with the test. */
export async function startFakeServer(
  options: FakeServerOptions = {},
  later: Later = onTestFinished,
): Promise<FakeServer> {
  const host = options.host ?? '127.0.0.1';
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Duplex>();
  const faults: Error[] = [];
  let count = 0;
  // Or every answer of two messages waits 40 ms for the client's acknowledgement of the first.
  const listener = createServer({ noDelay: true }, (socket) => {
    const connection = count;
    count += 1;
    serve(socket, connection);
  });
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // The client's going away is the client's business.
    socket.on('error', () => socket.destroy());
  };
  const serve = (socket: Socket, connection: number): void => {
    keep(socket);
    if (options.connection === 'silent') return void socket.pause();
    if (options.connection === 'cut') return void socket.destroy();
    const line = new Line(socket);
    if (options.ldaps === true) line.encrypt(options.certificate);
    line.read((message) => {
      const handle = async (): Promise<void> => {
        const request = { ...decodeRequest(message), connection, encrypted: line.encrypted };
        requests.push(request);
        await respond(new Exchange(request, () => line.socket), line, options);
      };
      handle().catch((error: unknown) => {
        faults.push(error instanceof Error ? error : new Error(String(error)));
        line.socket.destroy();
      });
    });
  };
  await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(0, host, resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('The fake server has no port.');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = async (): Promise<void> => {
    cut();
    if (listener.listening) await new Promise((resolve) => listener.close(resolve));
  };
  later(async () => {
    await close();
    // A script that fails must fail the test, not leave its client waiting.
    if (faults[0] !== undefined) throw faults[0];
  });
  return {
    host,
    port: address.port,
    url: `${options.ldaps === true ? 'ldaps' : 'ldap'}://${host}:${address.port}`,
    requests,
    connections: () => count,
    open: () => sockets.size,
    cut,
    push: (bytes) => {
      for (const socket of sockets) socket.write(bytes);
    },
    close,
  };
}

async function respond(exchange: Exchange, line: Line, options: FakeServerOptions): Promise<void> {
  if (options.answer !== undefined && (await options.answer(exchange))) return;
  const { request } = exchange;
  if (request.kind === 'unbind') return void line.socket.end();
  if (request.kind === 'abandon') return;
  if (request.kind === 'search' && request.scope === 'base' && request.base === '')
    exchange.entry('', options.rootDse ?? FAKE_ROOT_DSE);
  if (request.kind === 'search' && request.base.toLowerCase() === 'cn=subschema')
    exchange.entry('cn=Subschema', options.schema ?? FAKE_SCHEMA);
  if (request.kind === 'extended' && request.oid === START_TLS) {
    if (options.certificate === undefined) return exchange.done(52, { diagnostic: 'no TLS here' });
    exchange.done(0, { oid: START_TLS });
    return line.encrypt(options.certificate);
  }
  if (request.kind === 'extended' && request.oid === WHO_AM_I)
    return exchange.done(0, { value: Buffer.from('u:fake') });
  exchange.done(0, request.kind === 'search' && request.page !== undefined ? { cookie: '' } : {});
}

/** One connection, in clear and later perhaps through TLS. */
class Line {
  socket: Duplex;
  encrypted = false;
  readonly #plain: Socket;
  #stream = new MessageStream();
  #take: (message: Buffer) => void = () => undefined;
  readonly #onData = (chunk: Buffer): void => {
    for (const message of this.#stream.take(chunk)) this.#take(message);
  };

  constructor(socket: Socket) {
    this.socket = socket;
    this.#plain = socket;
  }

  read(take: (message: Buffer) => void): void {
    this.#take = take;
    this.socket.on('data', this.#onData);
  }

  encrypt(certificate: KeyPair | undefined): void {
    if (certificate === undefined) throw new Error('A fake server without certificate has no TLS.');
    if (this.encrypted) throw new Error('This connection is encrypted already.');
    this.#plain.off('data', this.#onData);
    const secure = new TLSSocket(this.#plain, {
      isServer: true,
      cert: readFileSync(certificate.certFile),
      key: readFileSync(certificate.keyFile),
    });
    secure.on('error', () => secure.destroy());
    this.socket = secure;
    this.encrypted = true;
    this.#stream = new MessageStream();
    secure.on('data', this.#onData);
  }
}
