import { problem } from '@joinery/problems';
import type { Answer, Failure } from '../sandbox/protocol.ts';
import type { RunLimits } from '../sandbox/run-budget.ts';
import type { ScriptProcess } from '../sandbox/script-process.ts';
import type { Engine } from './engine.ts';
import { endedProblem, failureProblem, received } from './failure.ts';
import { Watch } from './watch.ts';

/** A request under way: its answers, its watch, and what becomes of the process. */
export class Exchange {
  readonly #engine: Engine;
  readonly #process: ScriptProcess;
  readonly #signal: AbortSignal;
  readonly #watch: Watch;
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
  async next(): Promise<Exclude<Answer, { type: 'failed' }>> {
    for (;;) {
      const answer = await this.#process.next();
      if (answer === undefined) throw await this.#ended();
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
  }

  resume(): void {
    this.#watch.resume();
  }

  /** Lets go of the process; one that still runs a script is ended. */
  async end(): Promise<void> {
    this.#watch.stop();
    this.#signal.removeEventListener('abort', this.#abort);
    this.#process.unref();
    if (!this.#isOver || this.#signal.aborted) await this.#engine.retire(this.#process);
  }

  readonly #abort = (): void => {
    this.#process.cancel();
    this.#watch.hurry();
  };

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
