import { type WebAccess, type WebAnswer, WebFailure, type WebRequest } from '../../runtime/web-access.ts';
import type { RunBudget } from '../run-budget.ts';
import type { WebOutcome, WebQuestion, WebReply } from '../web-protocol.ts';
import type { AnswerPipe, RequestPipe } from './pipes.ts';

/** Bytes of a body that go out at once; one that is smaller goes with its request. */
const pieceBytes = 65_536;

/** Later than the end of the run, so that its own budget is what ends it. */
const afterEnd = 5;

/** Requests of scripts, asked of the parent: see `web-protocol.ts`. Everything waits for its answer. */
export class WebLine implements WebAccess {
  readonly #pipe: AnswerPipe;
  readonly #replies: RequestPipe;
  readonly #budget: RunBudget;
  #current = 0;

  constructor(pipe: AnswerPipe, replies: RequestPipe, budget: RunBudget) {
    this.#pipe = pipe;
    this.#replies = replies;
    this.#budget = budget;
  }

  send({ method, url, headers, body, tls, closes, milliseconds }: WebRequest): WebAnswer {
    const end = milliseconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + milliseconds;
    const left = (): number => Math.max(0, end - performance.now());
    const number = ++this.#current;
    const pieces = body === undefined ? undefined : inPieces(body);
    const outcome = this.#begin(
      { type: 'web-send', method, url, headers, body: null, tls, closes, milliseconds: 0 },
      pieces,
      left,
    );
    if (outcome.type !== 'web-head') throw new TypeError('an answer without its head');
    const { status, reason, headers: names } = outcome;
    let isOver = false;
    return {
      status,
      reason,
      headers: names,
      read: (longest = Number.POSITIVE_INFINITY) => {
        if (isOver) return undefined;
        if (number !== this.#current) throw new WebFailure('ended');
        const piece = this.#ask({ type: 'web-read', milliseconds: 0 }, longest);
        if (piece.type === 'web-bytes') return Buffer.from(piece.bytes, 'base64');
        isOver = true;
        return undefined;
      },
      close: () => {
        if (isOver || number !== this.#current) return;
        isOver = true;
        this.#pipe.send({ type: 'web-close' });
      },
    };
  }

  /** Sends the request and its body; the answer's head, as soon as it is there. */
  #begin(
    question: WebQuestion & { type: 'web-send' },
    pieces: Generator<Uint8Array, undefined> | undefined,
    left: () => number,
  ): WebOutcome {
    try {
      const first = nextOf(pieces);
      const second = nextOf(pieces);
      if (second === undefined) {
        const body = first === undefined ? null : { bytes: base64(first) };
        return this.#ask({ ...question, body }, left());
      }
      let outcome = this.#ask({ ...question, body: 'pieces' }, left());
      for (let piece = first, next: Uint8Array | undefined = second; outcome.type === 'web-more'; ) {
        outcome = this.#ask(
          { type: 'web-write', bytes: piece === undefined ? null : base64(piece), milliseconds: 0 },
          left(),
        );
        if (piece === undefined) break;
        piece = next;
        next = next === undefined ? undefined : nextOf(pieces);
      }
      return outcome;
    } catch (error) {
      // The body failed, or the run is over: nobody waits for the answer.
      this.#pipe.send({ type: 'web-close' });
      throw error;
    } finally {
      // An answer may come before the end of what it answers.
      pieces?.return(undefined);
    }
  }

  /** Throws `WebFailure`, or what ends the run. */
  #ask(
    question: Exclude<WebQuestion, { type: 'web-close' }>,
    longest: number,
  ): Exclude<WebOutcome, { type: 'web-failed' }> {
    this.#budget.look();
    const milliseconds = Math.min(longest, this.#budget.left() + afterEnd);
    this.#pipe.send({ ...question, milliseconds });
    this.#pipe.flush();
    const start = performance.now();
    // The parent is the program that started this process.
    const reply = this.#replies.next() as WebReply | undefined;
    if (reply === undefined) throw new WebFailure('cancelled');
    // What the reader of the output took before it let the parent answer.
    this.#budget.resume(Math.min(reply.held, performance.now() - start));
    if (reply.type !== 'web-failed') return reply;
    throw new WebFailure(reply.failure.kind, reply.failure.code);
  }
}

function* inPieces(body: Iterable<Uint8Array>): Generator<Uint8Array, undefined> {
  for (const bytes of body) {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
}

function nextOf(pieces: Iterator<Uint8Array> | undefined): Uint8Array | undefined {
  const next = pieces?.next();
  return next?.done === true ? undefined : next?.value;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
