import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import { type Problem, problem } from '@joinery/problems';
import type { Clock } from '../clock.ts';
import { systemErrorCode } from '../file/system-error.ts';
import type { ServerCertificate } from '../tls/certificate.ts';
import { defaultLimits, type ListenerLimits, PIPELINED } from './limits.ts';
import { type ErrorForm, parserProblem, plainErrors, refuse, refuseBytes, requestProblem } from './refusal.ts';
import { type RequestEnded, Traffic } from './traffic.ts';

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
  /** How the listener words what it refuses itself; JSON with code and message by default. */
  readonly errors?: ErrorForm;
  /** Requests that are answered also while too many others are worked: health and metrics. */
  readonly essential?: (request: IncomingMessage) => boolean;
  readonly ended?: RequestEnded;
  /** Called for every connection that is closed because there are too many. */
  readonly connectionRefused?: (reason: 'connections' | 'connectionsPerAddress') => void;
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
 * Serves an app over TLS 1.2 or newer, within limits. What node refuses by itself is answered in the words of `errors` too.
 * @throws RUNTIME_PORT_TAKEN, RUNTIME_PORT_DENIED, RUNTIME_ADDRESS_UNAVAILABLE
 */
export async function listenTls(options: ListenOptions): Promise<Listener> {
  const limits = { ...defaultLimits, ...options.limits };
  const { app, clock, host, errors = plainErrors, essential = () => false } = options;
  const bare = typeof app === 'function';
  const handle: RequestListener = bare ? app : (request, response) => app.routing(request, response);
  if (!bare) await app.ready();
  const traffic = new Traffic(clock, options.ended);
  let closing: Promise<void> | undefined;
  /** One function for all responses; a closure of its own for each would cost every request. */
  function ended(this: ServerResponse): void {
    traffic.end(this);
    if (closing !== undefined) server.closeIdleConnections();
  }
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
      const pipelined = traffic.begin(request, response);
      response.on('close', ended);
      if (closing !== undefined) response.setHeader('connection', 'close');
      const found = requestProblem(request, limits, bare);
      if (found !== undefined) refuse(response, found, errors, true);
      else if (pipelined > PIPELINED) {
        // Further ones of this connection are left unanswered: it closes with this answer.
        if (traffic.flood(request.socket)) refuse(response, busy(), errors, true);
      } else if (traffic.running > limits.requestsInFlight && !essential(request)) {
        refuse(response, busy(), errors, false);
      } else handle(request, response);
    },
  );
  // One more than allowed, so that a request with too many can be told: node leaves the rest out without a word.
  server.maxHeadersCount = limits.headerCount + 1;
  server.maxConnections = limits.connections;
  server.on('drop', () => options.connectionRefused?.('connections'));
  const breakAll = limitAddresses(server, limits, () => options.connectionRefused?.('connectionsPerAddress'));
  answerStrayBytes(server, limits, errors, traffic);
  const port = await takePort(server, options);
  const stopSweep = repeat(clock, Math.max(50, limits.responseTimeout / 4), () =>
    traffic.breakStalled(limits.responseTimeout),
  );
  return {
    url: urlOf(host, port),
    port,
    renew: ({ certificate, privateKey }) =>
      server.setSecureContext({ cert: certificate, key: privateKey, minVersion: 'TLSv1.2' }),
    close: (deadline = 10_000) => {
      closing ??= closeServer(server, breakAll, traffic, clock, deadline).then(async () => {
        stopSweep();
        if (!bare) await app.close();
      });
      return closing;
    },
  };
}

function busy(): Problem {
  return problem('RUNTIME_TOO_BUSY', 'Too many requests are being worked at once.', { retryAfterSeconds: 1 });
}

/**
 * Closes what one address opens beyond its share, before a hand-shake costs anything.
 * @returns breaks every connection, those too that are still shaking hands and that node does not know of yet
 */
function limitAddresses(server: Server, { connectionsPerAddress }: ListenerLimits, refused: () => void): () => void {
  const byAddress = new Map<string, Set<Socket>>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const open = byAddress.get(address) ?? new Set();
    byAddress.set(address, open.add(socket));
    socket.once('close', () => {
      open.delete(socket);
      if (open.size === 0) byAddress.delete(address);
    });
    if (open.size <= connectionsPerAddress) return;
    refused();
    socket.destroy();
  });
  return () => {
    for (const open of byAddress.values()) for (const socket of open) socket.destroy();
  };
}

/** What node answers by itself, in a form of its own and without a body, unless somebody listens. */
function answerStrayBytes(server: Server, limits: ListenerLimits, errors: ErrorForm, traffic: Traffic): void {
  server.on('clientError', (error: Error, socket: Socket) => {
    const found = parserProblem(error, limits);
    if (found === undefined) socket.destroy();
    else refuseBytes(socket, found, errors, traffic.answering(socket));
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const expectation = String(request.headers.expect).slice(0, 100);
    refuse(response, problem('RUNTIME_EXPECTATION_UNKNOWN', `"${expectation}" is not known.`), errors, true);
  });
  server.on('connect', (_: IncomingMessage, socket: Socket) =>
    refuseBytes(socket, problem('RUNTIME_METHOD_UNKNOWN', 'This is no proxy.'), errors, false),
  );
}

/** Calls `work` again and again; the returned function ends it. */
function repeat(clock: Clock, ms: number, work: () => void): () => void {
  let stop = (): void => {};
  const plan = (): void => {
    stop = clock.timer(ms, () => {
      work();
      plan();
    });
  };
  plan();
  return () => stop();
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

function closeServer(
  server: Server,
  breakAll: () => void,
  traffic: Traffic,
  clock: Clock,
  deadline: number,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = clock.timer(deadline, breakAll);
    server.close(() => {
      stop();
      resolve();
    });
    for (const response of traffic.responses()) if (!response.headersSent) response.setHeader('connection', 'close');
    server.closeIdleConnections();
  });
}

function urlOf(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  return `https://${everywhere ? 'localhost' : isIPv6(host) ? `[${host}]` : host}:${port}`;
}
