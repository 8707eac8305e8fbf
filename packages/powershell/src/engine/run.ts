import { problem } from '@joinery/problems';
import type { Answer, Failure } from '../sandbox/protocol.ts';
import type { RunLimits } from '../sandbox/run-budget.ts';
import type { ScriptProcess } from '../sandbox/script-process.ts';
import type { Engine } from './engine.ts';
import { endedProblem, failureProblem } from './failure.ts';
import { entriesOf, wireOf } from './hand-over.ts';
import type { InvokeOptions, Script, StreamEvent } from './options.ts';
import type { EngineValue } from './value.ts';
import { Watch } from './watch.ts';
import { decodeValue } from './wire.ts';

/** A runspace of an engine: what one script sets, the next one finds. */
export class Run implements AsyncDisposable {
  readonly #engine: Engine;
  readonly #process: ScriptProcess;
  readonly #number: number;
  #isClosed = false;

  /** For the engine only: see `Engine.run`. */
  constructor(engine: Engine, process: ScriptProcess, number: number) {
    this.#engine = engine;
    this.#process = process;
    this.#number = number;
  }

  /**
   * Runs a script in the global scope and yields what it writes, as it writes it; the script waits for the reader. It begins
   * when the first value is asked for. Leaving before its end ends the script and the run.
   * @param parameters values of its `param` block, by name
   * @throws POWERSHELL_PARSE, POWERSHELL_REFUSED, POWERSHELL_SCRIPT_FAILED (its `cause` is the {@link EngineError});
   *   POWERSHELL_TIME_LIMIT, POWERSHELL_MEMORY_LIMIT, POWERSHELL_OUTPUT_LIMIT, POWERSHELL_ENGINE_ENDED,
   *   POWERSHELL_ENGINE_FAULT, after which the run is lost; POWERSHELL_RUN_LOST, POWERSHELL_CLOSED,
   *   POWERSHELL_VALUE_INVALID; the signal's reason
   */
  async *invoke(
    script: string | Script,
    parameters: Readonly<Record<string, EngineValue>> | ReadonlyMap<string, EngineValue> = {},
    options: InvokeOptions = {},
  ): AsyncGenerator<EngineValue, void> {
    const { signal = new AbortController().signal, onStream = () => {} } = options;
    const limits = { ...this.#engine.limits, ...options.limits };
    const endTurn = await this.#engine.turns.begin(signal);
    try {
      const invocation = this.#begin(script, parameters, options, limits, signal);
      try {
        for (;;) {
          const answer = await invocation.next();
          if (answer.type === 'done') return;
          if (answer.type === 'stream') onStream(streamEvent(answer));
          if (answer.type !== 'value') continue;
          invocation.pause();
          yield decodeValue(answer.value);
          invocation.resume();
        }
      } finally {
        await invocation.end();
      }
    } finally {
      endTurn();
    }
  }

  #begin(
    script: string | Script,
    parameters: Readonly<Record<string, EngineValue>> | ReadonlyMap<string, EngineValue>,
    { arguments: args = [], underscore, zone = 'code' }: InvokeOptions,
    limits: RunLimits,
    signal: AbortSignal,
  ): Invocation {
    if (this.#isClosed) throw problem('POWERSHELL_CLOSED', 'The run is closed.');
    if (!this.#engine.holds(this.#process)) throw problem('POWERSHELL_RUN_LOST', 'The process of this run is gone.');
    const { text, file = null } = typeof script === 'string' ? { text: script } : script;
    const invocation = new Invocation(this.#engine, this.#process, limits, signal);
    this.#process.send({
      type: 'invoke',
      run: this.#number,
      script: text,
      file,
      parameters: entriesOf(parameters).map(([name, value]) => [name, wireOf(value, `-${name}`)]),
      arguments: args.map((value, at) => wireOf(value, `argument ${at + 1}`)),
      ...(underscore === undefined ? {} : { underscore: wireOf(underscore, '$_') }),
      zone,
      limits,
    });
    return invocation;
  }

  /** Lets go of the runspace. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#engine.turns.take(new AbortController().signal, async () => {
      if (!this.#engine.holds(this.#process)) return;
      this.#process.send({ type: 'close', run: this.#number });
      this.#process.ref();
      await this.#process.next();
      this.#process.unref();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** A script under way: its answers, its watch, and what becomes of its process. */
class Invocation {
  readonly #engine: Engine;
  readonly #process: ScriptProcess;
  readonly #signal: AbortSignal;
  readonly #watch: Watch;
  #isOver = false;

  constructor(engine: Engine, process: ScriptProcess, limits: RunLimits, signal: AbortSignal) {
    this.#engine = engine;
    this.#process = process;
    this.#signal = signal;
    this.#watch = new Watch(engine.clock, process, limits);
    process.ref();
    signal.addEventListener('abort', this.#abort, { once: true });
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
    return this.#signal.aborted ? this.#signal.reason : endedProblem(ended, this.#watch.reason);
  }

  async #failed(failure: Failure): Promise<unknown> {
    const { reason } = failure;
    // The state of the runspace is good only after an end that belongs to the language.
    this.#isOver = reason === 'script' || reason === 'parse' || reason === 'refused';
    if (this.#signal.aborted || reason === 'cancelled') return this.#signal.reason;
    return failureProblem(failure);
  }
}

function streamEvent({ stream, text, value, tags }: Answer & { type: 'stream' }): StreamEvent {
  const decoded = decodeValue(value);
  if (stream !== 'error') return { stream, text, value: decoded, tags };
  if (typeof decoded === 'object' && decoded !== null && 'kind' in decoded && decoded.kind === 'error') {
    return { stream, error: decoded };
  }
  return {
    stream,
    error: { kind: 'error', id: '', category: 'NotSpecified', type: '', message: text, line: 0, column: 0 },
  };
}
