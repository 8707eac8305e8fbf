import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import { type Problem, problem } from '@joinery/problems';
import type { Clock } from '../clock.ts';
import { systemErrorCode } from '../file/system-error.ts';
import type { ServerCertificate } from '../tls/certificate.ts';

/** The limits of a listener. Times in milliseconds. */
export interface ListenerLimits {
  /** Largest request body in bytes. {@link createHttpApp} bounds bodies itself, in its own words; for a bare handler Content-Length is checked here. */
  readonly bodyBytes: number;
  /** All header lines of one request together, in bytes. */
  readonly headerBytes: number;
  readonly headerCount: number;
  /** From the first byte of a request to the end of its headers. */
  readonly headersTimeout: number;
  /** From the first byte of a request to the end of its body. */
  readonly requestTimeout: number;
  /** How long an idle connection is kept. */
  readonly keepAliveTimeout: number;
  readonly handshakeTimeout: number;
  /** Connections beyond are closed at once. */
  readonly connections: number;
}

/** Right for a host or a service of one organisation; provisioning clients keep a few dozen connections and send bodies of kilobytes. */
export const defaultLimits: ListenerLimits = {
  bodyBytes: 1_048_576,
  headerBytes: 16_384,
  headerCount: 100,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  handshakeTimeout: 10_000,
  connections: 1_024,
};

/** The part of a fastify instance that the listener uses; the instance routes, this file listens. */
export interface HttpApp {
  ready(): PromiseLike<unknown>;
  routing(request: IncomingMessage, response: ServerResponse): void;
  close(): PromiseLike<unknown>;
}

export interface ListenOptions {
  readonly app: HttpApp | RequestListener;
  /** Address to listen on: `127.0.0.1`, `::`, `0.0.0.0`, a name. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How many following ports to try when the port is taken. Default 0: a taken port is an error. */
  readonly nextPorts?: number;
  readonly certificate: ServerCertificate;
  readonly limits?: Partial<ListenerLimits>;
  readonly clock: Clock;
}

export interface Listener {
  /** `https://host:port` with the port that was taken; a listener on all addresses names `localhost`. */
  readonly url: string;
  readonly port: number;
  /** Uses another certificate for new connections; open ones stay. */
  renew(certificate: ServerCertificate): void;
  /**
   * Stops accepting, lets running requests end within `deadline` milliseconds (default 10,000), then breaks what is left, and closes the app.
   * Kept-alive connections are told to close with their last answer. Calling it again waits for the same end.
   */
  close(deadline?: number): Promise<void>;
}

/**
 * Serves an app over TLS 1.2 or newer, within limits.
 * @throws RUNTIME_PORT_TAKEN, RUNTIME_PORT_DENIED, RUNTIME_ADDRESS_UNAVAILABLE
 */
export async function listenTls(options: ListenOptions): Promise<Listener> {
  const limits = { ...defaultLimits, ...options.limits };
  const { app, clock, host } = options;
  const handle: RequestListener =
    typeof app === 'function' ? app : (request, response) => app.routing(request, response);
  if (typeof app !== 'function') await app.ready();
  const running = new RunningResponses();
  let closing: Promise<void> | undefined;
  const ended = (): void => {
    if (closing !== undefined) server.closeIdleConnections();
  };
  const server = createServer(
    {
      cert: options.certificate.certificate,
      key: options.certificate.privateKey,
      minVersion: 'TLSv1.2',
      handshakeTimeout: limits.handshakeTimeout,
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeout,
      requestTimeout: limits.requestTimeout,
      keepAliveTimeout: limits.keepAliveTimeout,
      // Node enforces the two time-outs above by this sweep; its own 30 s would let a 10 s limit last 40 s.
      connectionsCheckingInterval: Math.max(100, Math.min(5_000, limits.headersTimeout / 2)),
    },
    (request, response) => {
      running.begin(request.socket, response);
      response.on('close', ended);
      if (closing !== undefined) response.setHeader('connection', 'close');
      const tooLarge = Number(request.headers['content-length'] ?? 0) > limits.bodyBytes;
      if (typeof app === 'function' && tooLarge) refuseBody(response, limits.bodyBytes);
      else handle(request, response);
    },
  );
  server.maxHeadersCount = limits.headerCount;
  server.maxConnections = limits.connections;
  const port = await takePort(server, options);
  return {
    url: urlOf(host, port),
    port,
    renew: ({ certificate, privateKey }) =>
      server.setSecureContext({ cert: certificate, key: privateKey, minVersion: 'TLSv1.2' }),
    close: (deadline = 10_000) => {
      closing ??= closeServer(server, running, clock, deadline).then(async () => {
        if (typeof app !== 'function') await app.close();
      });
      return closing;
    },
  };
}

async function takePort(server: Server, { host, port, nextPorts = 0 }: ListenOptions): Promise<number> {
  const last = port === 0 ? 0 : Math.min(65_535, port + nextPorts);
  for (let candidate = port; ; candidate++) {
    try {
      return await listen(server, host, candidate);
    } catch (error) {
      if (systemErrorCode(error) === 'EADDRINUSE' && candidate < last) continue;
      throw listenFault(error, host, port, candidate);
    }
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function listenFault(error: unknown, host: string, first: number, last: number): Problem {
  const place = `${host}:${first}`;
  switch (systemErrorCode(error)) {
    case 'EADDRINUSE': {
      const tried = last === first ? `The port ${first} is taken` : `The ports ${first} to ${last} are taken`;
      return problem('RUNTIME_PORT_TAKEN', `${tried} by another program.`, { place, cause: error });
    }
    case 'EACCES':
      return problem('RUNTIME_PORT_DENIED', `This account may not listen on port ${first}.`, { place, cause: error });
    default:
      return problem(
        'RUNTIME_ADDRESS_UNAVAILABLE',
        `Cannot listen on ${host} (${systemErrorCode(error) ?? 'unknown'}).`,
        { place, cause: error },
      );
  }
}

/**
 * The latest response of every open connection. Kept by connection and not in a set that every request enters and leaves:
 * the garbage collector tenures the tables of such a set, and with them each response that ever was in it.
 */
class RunningResponses {
  readonly #byConnection = new Map<Socket, { response: ServerResponse }>();

  begin(connection: Socket, response: ServerResponse): void {
    const known = this.#byConnection.get(connection);
    if (known !== undefined) {
      known.response = response;
      return;
    }
    this.#byConnection.set(connection, { response });
    connection.once('close', () => this.#byConnection.delete(connection));
  }

  *latest(): Generator<ServerResponse> {
    for (const { response } of this.#byConnection.values()) yield response;
  }
}

function closeServer(server: Server, running: RunningResponses, clock: Clock, deadline: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = clock.timer(deadline, () => server.closeAllConnections());
    server.close(() => {
      stop();
      resolve();
    });
    for (const response of running.latest()) if (!response.headersSent) response.setHeader('connection', 'close');
    server.closeIdleConnections();
  });
}

/** RFC 9110 15.5.14. The body is not read; the connection closes because its rest cannot be told from a next request. */
function refuseBody(response: ServerResponse, limit: number): void {
  const { definition, detail } = problem('RUNTIME_BODY_TOO_LARGE', `The request body is larger than ${limit} bytes.`);
  const body = JSON.stringify({ error: { code: 'RUNTIME_BODY_TOO_LARGE', message: detail } });
  response.writeHead(definition.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(body);
}

function urlOf(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  return `https://${everywhere ? 'localhost' : isIPv6(host) ? `[${host}]` : host}:${port}`;
}
