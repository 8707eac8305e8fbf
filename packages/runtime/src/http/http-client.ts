import { Readable } from 'node:stream';
import type { SecureVersion } from 'node:tls';
import { Agent } from 'undici';
import type { TlsTrust } from '../tls/trust.ts';
import { fetchFault } from './fetch-fault.ts';
import { guardedLookup, refuseLiteral } from './guarded-lookup.ts';

/**
 * @property trust whom to trust; Node's list of public CAs when not given. There is no way not to verify
 * @property lowestTls, highestTls versions of TLS; Node's own choice when not given
 * @property headerBytes of one answer's headers at most. Default 64 KiB
 */
export interface HttpClientOptions {
  readonly trust?: TlsTrust;
  readonly lowestTls?: SecureVersion;
  readonly highestTls?: SecureVersion;
  readonly headerBytes?: number;
}

/**
 * @property headers names and values, in turn, as they go out
 * @property body pieces are asked for as the target takes them; a `content-length` in the headers must be right
 * @property closes asks the target to close the connection after its answer
 */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly string[];
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  readonly closes?: boolean;
  readonly signal: AbortSignal;
}

/**
 * @property headers names and values, in turn, as they came
 * @property body as it arrives, encoded as the target sent it; to be read once, or left by `return`, which ends the connection
 */
export interface HttpAnswer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly string[];
  readonly body: AsyncIterable<Uint8Array>;
}

/** Requests as they are: every method, every header, every answer. Redirects are answers, encodings stay, only the signal ends a call. */
export interface HttpClient {
  /**
   * Raises RUNTIME_ADDRESS_REFUSED, RUNTIME_TARGET_UNREACHABLE, RUNTIME_TARGET_UNTRUSTED, RUNTIME_CONNECTION_LOST, or the
   * reason of the signal; reading the body, too. Their `cause` is what Node said.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends every connection at once, and what runs over them. */
  destroy(): Promise<void>;
}

/**
 * Makes a client for callers that follow redirects and count time by rules of their own; all others use `createFetch`. No
 * proxy is taken from the environment.
 */
export function createHttpClient({
  trust,
  lowestTls,
  highestTls,
  headerBytes = 65_536,
}: HttpClientOptions): HttpClient {
  const agent = new Agent({
    connections: 4,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: headerBytes,
    connect: {
      lookup: guardedLookup,
      timeout: 0,
      ...(trust === undefined ? {} : { ca: [...trust.ca] }),
      ...(lowestTls === undefined ? {} : { minVersion: lowestTls }),
      ...(highestTls === undefined ? {} : { maxVersion: highestTls }),
    },
  });
  return {
    send: (request) => send(agent, request),
    destroy: () => agent.destroy(),
  };
}

/**
 * Bytes of an answer that are read before they are asked for. Undici loses the end of an answer that waits for a slow reader
 * where the target closes the connection without saying so; it tells so, and answers up to this size are safe from it.
 */
const readAhead = 1_048_576;

async function send(
  agent: Agent,
  { url, method, headers, body, closes = false, signal }: HttpRequest,
): Promise<HttpAnswer> {
  const place = `${url.origin}${url.pathname}`;
  try {
    refuseLiteral(url);
    const answer = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method,
      headers: [...headers],
      body: body === undefined ? null : body instanceof Uint8Array ? body : Readable.from(body),
      reset: closes,
      signal,
      responseHeaders: 'raw',
      highWaterMark: readAhead,
    });
    const raw: unknown = answer.headers;
    return {
      status: answer.statusCode,
      reason: answer.statusText,
      headers: Array.isArray(raw) ? raw.map(String) : [],
      body: pieces(answer.body, place, signal),
    };
  } catch (error) {
    throw signal.aborted ? signal.reason : fetchFault(error, place);
  }
}

async function* pieces(body: AsyncIterable<unknown>, place: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of body) if (piece instanceof Uint8Array) yield piece;
  } catch (error) {
    throw signal.aborted ? signal.reason : fetchFault(error, place);
  }
}
