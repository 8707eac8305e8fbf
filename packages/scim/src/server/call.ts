import { problem } from '@joinery/problems';
import type { Clock } from '@joinery/runtime';
import type { FastifyReply } from 'fastify';
import type { AttributePath } from '../schema/attribute-path.ts';
import type { ScimCall } from './storage.ts';

/**
 * The signal and conditions of one request. The signal is made when storage first asks for it: an indexed read that answers
 * from memory never does, and an abort controller with its listeners would cost more than the read.
 */
export class RequestCall implements ScimCall {
  readonly ifMatch?: string;
  readonly hides?: (path: AttributePath) => boolean;
  readonly #reply: FastifyReply;
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  #controller: AbortController | undefined;

  constructor(
    reply: FastifyReply,
    clock: Clock,
    deadlineMs: number,
    { ifMatch, hides }: Pick<ScimCall, 'ifMatch' | 'hides'>,
  ) {
    this.#reply = reply;
    this.#clock = clock;
    this.#deadlineMs = deadlineMs;
    if (ifMatch !== undefined) this.ifMatch = ifMatch;
    if (hides !== undefined) this.hides = hides;
  }

  get signal(): AbortSignal {
    if (this.#controller !== undefined) return this.#controller.signal;
    const controller = new AbortController();
    this.#controller = controller;
    const stop = this.#clock.timer(this.#deadlineMs, () =>
      controller.abort(problem('RUNTIME_DEADLINE', `The request did not end within ${this.#deadlineMs} ms.`)),
    );
    const { raw } = this.#reply;
    raw.once('close', () => {
      stop();
      if (!raw.writableFinished) controller.abort(problem('RUNTIME_CANCELLED', 'The client went away.'));
    });
    return controller.signal;
  }
}
