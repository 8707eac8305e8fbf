import { problem } from '@joinery/problems';
import { encodeFrame } from '../sandbox/frames.ts';
import type { Answer, Failure } from '../sandbox/protocol.ts';
import type { RunLimits } from '../sandbox/run-budget.ts';
import type { ScriptProcess } from '../sandbox/script-process.ts';
import { isWebQuestion, type WebQuestion, type WebReply } from '../sandbox/web-protocol.ts';
import type { Engine } from './engine.ts';
import { endedProblem, failureProblem, faultOf, received } from './failure.ts';
import { Watch } from './watch.ts';
import type { WebBroker } from './web-broker.ts';

/** A request under way: its answers, its watch, and what becomes of the process. */
export class Exchange {
  readonly #engine: Engine;
  readonly #process: ScriptProcess;
  readonly #signal: AbortSignal;
  readonly #watch: Watch;
  #web: WebBroker | undefined;
  /** When the caller last took over, and for how long it has held the script since the last request. */
  #pausedAt: number | undefined;
  #heldMs = 0;
  #isOver = false;

  /** @param request a frame: see `encodeRequest` */
  constructor(engine: Engine, process: ScriptProcess, request: Buffer, limits: RunLimits, signal: AbortSignal) {
    this.#engine = engine;
    this.#process = process;
    this.#signal = signal;
    this.#watch = new Watch(engine.clock, process, limits);
    process.ref();
    process.send(request);
    signal.addEventListener('abort', this.#abort, { once: true });
    if (signal.aborted) this.#abort();
  }

  /** The next answer that is not a failure; throws for one. Nothing more comes after the signal was aborted. */
  async next(): Promise<Exclude<Answer, { type: 'failed' } | WebQuestion>> {
    for (;;) {
      const answer = await this.#process.next();
      if (answer === undefined) throw await this.#ended();
      if (isWebQuestion(answer)) {
        await this.#request(answer);
        continue;
      }
      if (answer.type === 'failed') throw await this.#failed(answer.failure);
      if (answer.type === 'done') this.#isOver = true;
      if (this.#signal.aborted) {
        if (answer.type === 'done') throw this.#signal.reason;
        continue;
      }
      return answer;
    }
  }

  pause(): void {
    this.#watch.pause();
    this.#pausedAt = this.#engine.clock.monotonic();
  }

  resume(): void {
    this.#watch.resume();
    if (this.#pausedAt !== undefined) this.#heldMs += this.#engine.clock.monotonic() - this.#pausedAt;
    this.#pausedAt = undefined;
  }

  /** Lets go of the process; one that still runs a script is ended. */
  async end(): Promise<void> {
    this.#watch.stop();
    this.#signal.removeEventListener('abort', this.#abort);
    this.#process.unref();
    await this.#web?.end();
    if (!this.#isOver || this.#signal.aborted) await this.#engine.retire(this.#process);
  }

  readonly #abort = (): void => {
    this.#process.cancel();
    this.#watch.hurry();
    this.#web?.cancel();
  };

  /** Loaded with the first request: most scripts make none. */
  async #broker(): Promise<WebBroker> {
    if (this.#web !== undefined) return this.#web;
    const { WebBroker } = await import('./web-broker.ts');
    const web = new WebBroker(this.#engine.web);
    this.#web = web;
    if (this.#signal.aborted) web.cancel();
    void this.#process.gone.then(() => web.cancel());
    return web;
  }

  /** Carries out a request of the script, which waits for it. */
  async #request(question: WebQuestion): Promise<void> {
    const web = await this.#broker();
    if (question.type === 'web-close') {
      web.close();
      return;
    }
    const held = this.#heldMs;
    this.#heldMs = 0;
    try {
      const outcome = await web.answer(question);
      this.#process.send(encodeFrame({ ...outcome, held } satisfies WebReply));
    } catch (error) {
      throw faultOf(error);
    }
  }

  async #ended(): Promise<unknown> {
    const ended = await this.#engine.retire(this.#process);
    if (this.#signal.aborted) return this.#signal.reason;
    if (this.#engine.isClosed) return problem('POWERSHELL_CLOSED', 'The engine was closed while a script ran.');
    return endedProblem(ended, this.#watch.reason);
  }

  async #failed(failure: Failure): Promise<unknown> {
    const { reason } = failure;
    // The state of the runspace is good only after an end that belongs to the language.
    this.#isOver = reason === 'script' || reason === 'parse' || reason === 'refused';
    if (this.#signal.aborted) return this.#signal.reason;
    if (reason === 'cancelled') return problem('POWERSHELL_ENGINE_FAULT', 'It was cancelled by nobody.');
    return received(() => failureProblem(failure));
  }
}
