import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Later } from '../folder.ts';
import type { KeyPair } from './certificates.ts';
import type { RecordedRequest } from './exchange.ts';
import { elements, numberOf } from './wire/ber.ts';
import { MessageStream } from './wire/message-stream.ts';
import { type DecodedRequest, decodeRequest } from './wire/request.ts';

/** What passes the proxy: a request on its way to the server, or a message of the server on its way back. */
export type Passing =
  | { readonly from: 'client'; readonly request: RecordedRequest }
  | {
      readonly from: 'server';
      /** The request that it answers; undefined for what nobody asked for. */
      readonly request: RecordedRequest | undefined;
      /** `entry`, `reference` and `intermediate` come before the `result` of a request. */
      readonly message: 'entry' | 'reference' | 'intermediate' | 'result';
    };

/** What becomes of a message: it passes, or the connection is cut before it, in the middle of its octets, or behind it. */
export type Verdict = 'pass' | 'cut-before' | 'cut-inside' | 'cut-behind';

export interface ProxyOptions {
  /** Judges every message; all pass without it. It may be set anew by {@link RecordingProxy.judge}. */
  readonly judge?: (passing: Passing) => Verdict;
  /** Clients speak LDAPS to the proxy with this certificate; the proxy reads what it passes on all the same. */
  readonly certificate?: KeyPair;
  readonly host?: string;
}

/** Stands between a client and a real server, writes down what is asked, and cuts where a test wants. */
export interface RecordingProxy {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** How many requests there were that change entries. */
  writes(): number;
  /** How many pages of searches were asked for. */
  pages(): number;
  /** Forgets what was recorded. */
  forget(): void;
  judge(judge: ((passing: Passing) => Verdict) | undefined): void;
  /** Shows new connections another certificate; only a proxy that has one. */
  present(certificate: KeyPair): void;
  /** Cuts all connections now. */
  cut(): void;
  close(): Promise<void>;
}

const WRITES: readonly DecodedRequest['kind'][] = ['add', 'modify', 'delete', 'modifyDN'];
const START_TLS = '1.3.6.1.4.1.1466.20037';

/**
 * Starts a proxy in front of a server, which ends with the test.
 * @param target the server's `ldap://` address; what passes after a StartTLS passes unread
 */
export async function recordingProxy(
  target: string,
  options: ProxyOptions = {},
  later: Later = onTestFinished,
): Promise<RecordingProxy> {
  const { hostname, port } = new URL(target);
  const host = options.host ?? '127.0.0.1';
  let { judge, certificate } = options;
  let requests: RecordedRequest[] = [];
  let count = 0;
  const open = new Set<() => void>();
  const listener = createServer((plain) => {
    const connection = count;
    count += 1;
    const client = secured(plain, certificate);
    const server = connect({ host: hostname, port: Number(port) });
    const end = (): void => {
      open.delete(end);
      client.destroy();
      server.destroy();
    };
    open.add(end);
    server.once('close', () => open.delete(end));
    const asked = new Map<number, RecordedRequest>();
    let opaque = false;
    const onRequest = (message: Buffer): Passing => {
      const request = { ...decodeRequest(message), connection, encrypted: options.certificate !== undefined };
      requests.push(request);
      asked.set(request.messageId, request);
      if (request.kind === 'extended' && request.oid === START_TLS) opaque = true;
      return { from: 'client', request };
    };
    relay(
      client,
      server,
      onRequest,
      () => judge,
      () => opaque,
      end,
    );
    relay(
      server,
      client,
      (message) => answer(message, asked),
      () => judge,
      () => opaque,
      end,
    );
  });
  await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(0, host, resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  const cut = (): void => {
    for (const end of open) end();
  };
  const close = async (): Promise<void> => {
    cut();
    if (listener.listening) await new Promise((resolve) => listener.close(resolve));
  };
  later(close);
  return {
    host,
    port: address.port,
    url: `${options.certificate === undefined ? 'ldap' : 'ldaps'}://${host}:${address.port}`,
    get requests() {
      return requests;
    },
    writes: () => requests.filter(({ kind }) => WRITES.includes(kind)).length,
    pages: () => requests.filter((request) => request.kind === 'search' && request.page !== undefined).length,
    forget: () => {
      requests = [];
    },
    present: (next) => {
      if (certificate === undefined) throw new Error('This proxy speaks no TLS.');
      certificate = next;
    },
    judge: (next) => {
      judge = next;
    },
    cut,
    close,
  };
}

function secured(socket: Socket, certificate: KeyPair | undefined): Duplex {
  if (certificate === undefined) return socket;
  const cert = readFileSync(certificate.certFile);
  return new TLSSocket(socket, { isServer: true, cert, key: readFileSync(certificate.keyFile) });
}

/** Passes messages one by one, whole or as the judge says, and with them what a close of one side means for the other. */
function relay(
  from: Duplex,
  to: Duplex,
  read: (message: Buffer) => Passing,
  judge: () => ((passing: Passing) => Verdict) | undefined,
  opaque: () => boolean,
  end: () => void,
): void {
  const stream = new MessageStream();
  const pass = (bytes: Buffer): void => {
    if (to.writable && !to.write(bytes) && !from.isPaused()) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  };
  from.on('data', (chunk: Buffer) => {
    if (opaque() && stream.rest.length === 0) return pass(chunk);
    for (const message of stream.take(chunk)) {
      const passing = opaque() ? undefined : read(message);
      const verdict = passing === undefined ? 'pass' : (judge()?.(passing) ?? 'pass');
      if (verdict === 'pass') pass(message);
      else {
        const octets = { 'cut-before': 0, 'cut-inside': Math.ceil(message.length / 2), 'cut-behind': message.length };
        // What was passed must arrive before the connection goes.
        to.end(message.subarray(0, octets[verdict]), end);
        from.pause();
        return;
      }
    }
  });
  // What is on its way to the other side still arrives there.
  from.on('close', () => to.end());
  from.on('error', () => to.end());
}

function answer(message: Buffer, asked: Map<number, RecordedRequest>): Passing {
  const [envelope] = elements(message);
  const [id, operation] = envelope === undefined ? [] : elements(envelope.content);
  const request = id === undefined ? undefined : asked.get(numberOf(id));
  const kinds: Readonly<Record<number, 'entry' | 'reference' | 'intermediate'>> = {
    100: 'entry',
    115: 'reference',
    121: 'intermediate',
  };
  const kind = operation === undefined ? 'result' : (kinds[operation.tag] ?? 'result');
  if (kind === 'result' && request !== undefined) asked.delete(request.messageId);
  return { from: 'server', request, message: kind };
}
