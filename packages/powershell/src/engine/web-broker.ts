import type { TlsTrust } from '@joinery/runtime';
import type { Clock } from '@joinery/runtime/clock';
import { createHttpClient, type HttpClient } from '@joinery/runtime/http-client';
import type { TlsVersion, WebOutcome, WebQuestion } from '../sandbox/web-protocol.ts';
import type { GrantedHosts } from '../world/granted-hosts.ts';
import { headerValue } from './decoded-body.ts';
import { WebExchange } from './web-exchange.ts';
import { WebStop, webFault } from './web-fault.ts';

/**
 * @property hosts that scripts may talk to
 * @property trust beside or instead of Node's list of public CAs; that list where absent
 */
export interface WebAllowance {
  readonly hosts: GrantedHosts;
  readonly trust: TlsTrust | undefined;
  readonly clock: Clock;
}

/**
 * Carries out the requests of one invocation, one at a time. What asks is not to be trusted: the grants are asked here, with
 * the very name and port that the connection goes to. No redirect is followed: the next hop is another question.
 */
export class WebBroker {
  readonly #allowance: WebAllowance;
  readonly #clients = new Map<string, HttpClient>();
  #exchange: WebExchange | undefined;
  #isCancelled = false;

  constructor(allowance: WebAllowance) {
    this.#allowance = allowance;
  }

  /** Throws `TypeError` for a question that makes no sense where it comes. */
  async answer(question: Exclude<WebQuestion, { type: 'web-close' }>): Promise<WebOutcome> {
    if (question.type === 'web-send') this.close();
    const stopTimer = this.#allowance.clock.timer(question.milliseconds, () => {
      this.#exchange?.end(new WebStop('time'));
    });
    try {
      if (this.#isCancelled) throw new WebStop('cancelled');
      return await this.#carryOut(question);
    } catch (error) {
      this.close();
      if (error instanceof TypeError) throw error;
      return { type: 'web-failed', failure: webFault(error) };
    } finally {
      stopTimer();
    }
  }

  /** Lets go of the request, if there is one; of its connection, too, unless its answer was read to the end. */
  close(): void {
    this.#exchange?.end(new WebStop('cancelled'));
    this.#exchange = undefined;
  }

  /** Ends the request, if there is one, and every later one before it begins. */
  cancel(): void {
    this.#isCancelled = true;
    this.close();
  }

  /** Ends all connections. */
  async end(): Promise<void> {
    this.cancel();
    await Promise.all([...this.#clients.values()].map((client) => client.destroy()));
  }

  async #carryOut(question: Exclude<WebQuestion, { type: 'web-close' }>): Promise<WebOutcome> {
    if (question.type === 'web-send') {
      const url = this.#granted(question.url);
      this.#checkHost(url, question.headers);
      this.#exchange = new WebExchange(this.#client(question.tls), url, checkedForm(question));
      return await this.#exchange.begin();
    }
    if (this.#exchange === undefined) throw new TypeError('a question about a request that is over');
    return question.type === 'web-read' ? await this.#exchange.read() : await this.#exchange.write(question.bytes);
  }

  #granted(text: string): URL {
    const url = URL.parse(text);
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new WebStop('granted');
    if (!this.#allowance.hosts.isGranted(url.hostname, portOf(url))) throw new WebStop('granted');
    return url;
  }

  /** Behind one address there may be many hosts: the one that a request names is to be granted, too (RFC 9110 7.2). */
  #checkHost(url: URL, headers: readonly string[]): void {
    const named = headerValue(headers, 'host');
    if (named === undefined) return;
    const [, host, port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(named) ?? [];
    if (host === undefined || !this.#allowance.hosts.isGranted(host, port === '' ? portOf(url) : Number(port))) {
      throw new WebStop('granted');
    }
  }

  #client(tls: readonly TlsVersion[]): HttpClient {
    const [lowest = 'TLSv1.2', highest = 'TLSv1.3'] = [tls.toSorted()[0], tls.toSorted().at(-1)];
    const key = `${lowest} ${highest}`;
    let client = this.#clients.get(key);
    if (client === undefined) {
      const { trust } = this.#allowance;
      client = createHttpClient({ lowestTls: lowest, highestTls: highest, ...(trust === undefined ? {} : { trust }) });
      this.#clients.set(key, client);
    }
    return client;
  }
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** Throws `TypeError` for what could be read as another request than the one that was asked for (RFC 9110 5.6.2, 5.5). */
function checkedForm(question: WebQuestion & { type: 'web-send' }): WebQuestion & { type: 'web-send' } {
  const { method, headers } = question;
  const isToken = (text: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(text);
  const areHeaders =
    headers.length % 2 === 0 && headers.every((text, at) => (at % 2 === 0 ? isToken(text) : isValue(text)));
  if (isToken(method) && method !== 'CONNECT' && areHeaders) return question;
  throw new TypeError('a request that is none');
}

function isValue(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}
