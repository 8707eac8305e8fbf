import { type Problem, problem } from '@joinery/problems';
import { Agent, type Dispatcher, ProxyAgent, type Response as UndiciResponse, fetch as undiciFetch } from 'undici';
import type { Clock } from '../clock.ts';
import type { TlsTrust } from '../tls/trust.ts';
import { fetchFault } from './fetch-fault.ts';
import type { Fetch, FetchInit, FetchResponse } from './fetch-shape.ts';
import { guardedLookup, refuseLiteral } from './guarded-lookup.ts';

export interface CreateFetchOptions {
  /** Whom to trust; Node's list of public CAs when not given. */
  readonly trust?: TlsTrust;
  /**
   * Forward proxy. It resolves names itself, so the guard against link-local addresses then covers literal addresses only:
   * the proxy's own rules must do the rest.
   */
  readonly proxy?: { readonly url: string };
  /** Milliseconds from the call to the last byte of the body. */
  readonly deadline: number;
  readonly clock: Clock;
  /** Open connections to one target. Default 64. */
  readonly connections?: number;
  /** Bytes that `text()` and `json()` hold at most. Default 16 MiB; a stream read through `body` has no limit. */
  readonly maxTextBytes?: number;
}

/** The outbound client (design decision 12); `close` ends idle connections and waits for running calls. */
export interface OutboundFetch extends Fetch {
  close(): Promise<void>;
}

const mostRedirects = 5;

/**
 * Makes the one client for outbound calls: link-local and metadata addresses are refused after name resolution, redirects are followed
 * within the same origin only (and only for GET and HEAD), every call has a deadline that covers the body.
 *
 * The function raises RUNTIME_ADDRESS_REFUSED, RUNTIME_REDIRECT_REFUSED, RUNTIME_TARGET_UNREACHABLE, RUNTIME_TARGET_UNTRUSTED,
 * RUNTIME_CONNECTION_LOST, RUNTIME_DEADLINE, or the reason of the caller's signal; reading the body also RUNTIME_ANSWER_TOO_LARGE and RUNTIME_ANSWER_UNREADABLE.
 */
export function createFetch(options: CreateFetchOptions): OutboundFetch {
  const dispatcher = createDispatcher(options);
  const call = async (url: string | URL, init: FetchInit = {}): Promise<FetchResponse> => {
    let target = readUrl(url);
    const deadline = new CallDeadline(options, `The call of ${placeOf(target)}`, init.signal);
    try {
      for (let redirects = 0; ; redirects++) {
        refuseLiteral(target);
        const { signal: _, ...request } = init;
        const response = await undiciFetch(target, {
          ...request,
          redirect: 'manual',
          signal: deadline.signal,
          dispatcher,
        });
        const next = init.redirect === 'manual' ? undefined : redirectTarget(response, target);
        if (next === undefined)
          return new OutboundResponse(response, target, deadline, options.maxTextBytes ?? 16_777_216);
        await response.body?.cancel();
        checkRedirect(init.method ?? 'GET', target, next, redirects);
        target = next;
      }
    } catch (error) {
      deadline.end();
      throw deadline.reason() ?? fetchFault(error, placeOf(target));
    }
  };
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= dispatcher.close();
    return closing;
  };
  return Object.assign(call, { close });
}

function createDispatcher({ trust, proxy, connections = 64, deadline }: CreateFetchOptions): Dispatcher {
  const tls = trust === undefined ? {} : { ca: [...trust.ca] };
  const connect = { ...tls, lookup: guardedLookup, timeout: Math.min(deadline, 10_000) };
  // Undici's own time-outs are off: one deadline covers a call, and it is the caller's clock that tells it.
  const common = { connections, headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 30_000 };
  if (proxy === undefined) return new Agent({ ...common, connect });
  return new ProxyAgent({ ...common, uri: proxy.url, proxyTls: connect, requestTls: tls, proxyTunnel: true });
}

function readUrl(url: string | URL): URL {
  const parsed = URL.parse(String(url));
  if (parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:')) return parsed;
  throw problem('RUNTIME_TARGET_UNREACHABLE', 'The URL of the target is not an http or https URL.');
}

/** Where a redirect leads; undefined for every other answer (RFC 9110 15.4). */
function redirectTarget({ status, headers }: UndiciResponse, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  const location = headers.get('location');
  return location === null ? undefined : (URL.parse(location, from.href) ?? undefined);
}

function checkRedirect(method: string, from: URL, to: URL, redirects: number): void {
  const place = placeOf(from);
  if (to.origin !== from.origin) {
    throw problem('RUNTIME_REDIRECT_REFUSED', `The target redirects to ${to.origin}.`, { place });
  }
  if (!['GET', 'HEAD'].includes(method.toUpperCase())) {
    throw problem('RUNTIME_REDIRECT_REFUSED', `The target redirects a ${method}, which could be carried out twice.`, {
      place,
    });
  }
  if (redirects >= mostRedirects)
    throw problem('RUNTIME_REDIRECT_REFUSED', 'The target redirects in circles.', { place });
}

function placeOf(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** One call's deadline and the caller's signal together; ends with the body, however that ends. */
class CallDeadline {
  readonly #controller = new AbortController();
  readonly #stopTimer: () => void;
  readonly #caller: AbortSignal | undefined;
  readonly #abort = (): void => this.#controller.abort(this.#caller?.reason);

  constructor({ clock, deadline }: CreateFetchOptions, what: string, caller: AbortSignal | undefined) {
    caller?.throwIfAborted();
    this.#caller = caller;
    this.#stopTimer = clock.timer(deadline, () =>
      this.#controller.abort(problem('RUNTIME_DEADLINE', `${what} did not end within ${deadline} ms.`)),
    );
    caller?.addEventListener('abort', this.#abort, { once: true });
  }
  get signal(): AbortSignal {
    return this.#controller.signal;
  }
  /** Why the call was ended early, if it was. */
  reason(): unknown {
    return this.signal.aborted ? this.signal.reason : undefined;
  }
  end(): void {
    this.#stopTimer();
    this.#caller?.removeEventListener('abort', this.#abort);
  }
}

class OutboundResponse implements FetchResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
  readonly #place: string;
  readonly #maxTextBytes: number;

  constructor(response: UndiciResponse, target: URL, deadline: CallDeadline, maxTextBytes: number) {
    this.status = response.status;
    this.ok = response.ok;
    this.url = target.href;
    this.headers = response.headers;
    this.#place = placeOf(target);
    this.#maxTextBytes = maxTextBytes;
    if (response.body === null) {
      deadline.end();
      this.body = null;
    } else {
      this.body = ReadableStream.from(readChunks(response.body, deadline, this.#place));
    }
  }

  async text(): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.body ?? []) {
      size += chunk.byteLength;
      if (size > this.#maxTextBytes)
        throw this.#fault('RUNTIME_ANSWER_TOO_LARGE', `The answer is larger than ${this.#maxTextBytes} bytes.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  async json(): Promise<unknown> {
    const text = await this.text();
    try {
      return JSON.parse(text);
    } catch (error) {
      throw this.#fault('RUNTIME_ANSWER_UNREADABLE', `The answer with status ${this.status} is not JSON.`, error);
    }
  }

  #fault(code: 'RUNTIME_ANSWER_TOO_LARGE' | 'RUNTIME_ANSWER_UNREADABLE', detail: string, cause?: unknown): Problem {
    return problem(code, detail, { place: this.#place, cause });
  }
}

async function* readChunks(
  body: AsyncIterable<unknown>,
  deadline: CallDeadline,
  place: string,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      // Undici types its stream's chunks as unknown; they are bytes.
      if (chunk instanceof Uint8Array) yield chunk;
    }
  } catch (error) {
    throw deadline.reason() ?? fetchFault(error, place);
  } finally {
    deadline.end();
  }
}
