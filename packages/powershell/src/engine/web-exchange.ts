import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { HttpClient } from '@joinery/runtime/http-client';
import type { WebOutcome, WebQuestion } from '../sandbox/web-protocol.ts';
import { decodedAnswer } from './decoded-body.ts';

/** Bytes of a body that wait for a slow target. */
const waitingBytes = 262_144;

/** One request of a script under way: its body goes out as the target takes it, its answer comes in as the script reads it. */
export class WebExchange {
  readonly #abort = new AbortController();
  readonly #feed: PassThrough | undefined;
  readonly #head: Promise<WebOutcome>;
  #body: AsyncIterator<Uint8Array> | undefined;

  /** @param url of a host that is granted */
  constructor(client: HttpClient, url: URL, { method, headers, body, closes }: WebQuestion & { type: 'web-send' }) {
    this.#feed = body === 'pieces' ? new PassThrough({ highWaterMark: waitingBytes }) : undefined;
    // A request that ended takes no more of its body.
    this.#feed?.on('error', () => {});
    const whole = body === null || body === 'pieces' ? undefined : Buffer.from(body.bytes, 'base64');
    const content = this.#feed ?? whole;
    const request = { url, method, headers, closes, signal: this.#abort.signal };
    this.#head = this.#send(client, content === undefined ? request : { ...request, body: content });
    // Whoever waits for it next hears of its failure.
    this.#head.catch(() => {});
  }

  /** The answer's head, or the wish for the body's first piece. */
  async begin(): Promise<WebOutcome> {
    return this.#feed === undefined ? await this.#head : { type: 'web-more' };
  }

  /** Takes a piece of the body; waits where the target is slow. `null` ends the body. */
  async write(bytes: string | null): Promise<WebOutcome> {
    const feed = this.#feed;
    if (feed === undefined || feed.writableEnded) throw new TypeError('a piece of a body that is whole');
    if (bytes === null) {
      feed.end();
      return await this.#head;
    }
    const isRoom = feed.write(Buffer.from(bytes, 'base64'));
    const drained = isRoom ? undefined : once(feed, 'drain', { signal: this.#abort.signal });
    drained?.catch(() => {});
    // An answer that is there already is told first.
    return await Promise.race([this.#head, (drained ?? soon()).then((): WebOutcome => ({ type: 'web-more' }))]);
  }

  async read(): Promise<WebOutcome> {
    if (this.#body === undefined) throw new TypeError('a piece of an answer that is not there');
    const { value, done } = await this.#body.next();
    if (done === true) return { type: 'web-end' };
    return {
      type: 'web-bytes',
      bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'),
    };
  }

  /** Ends it, whatever it does. */
  end(reason: unknown): void {
    this.#abort.abort(reason);
    this.#feed?.destroy();
  }

  async #send(client: HttpClient, request: Parameters<HttpClient['send']>[0]): Promise<WebOutcome> {
    const answer = await client.send(request);
    const { headers, body } = decodedAnswer(answer.headers, answer.body);
    this.#body = body[Symbol.asyncIterator]();
    return { type: 'web-head', status: answer.status, reason: answer.reason, headers };
  }
}

/** One turn of the event loop, so that what has happened already is known. */
function soon(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
