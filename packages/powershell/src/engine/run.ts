import { problem } from '@joinery/problems';
import type { Answer, Request } from '../sandbox/protocol.ts';
import type { RunLimits } from '../sandbox/run-budget.ts';
import type { ScriptProcess } from '../sandbox/script-process.ts';
import type { Engine } from './engine.ts';
import { Exchange } from './exchange.ts';
import { encodeRequest, entriesOf, receivedValue, wireOf } from './hand-over.ts';
import { checkedLimits } from './limits.ts';
import type { InvokeOptions, Script, StreamEvent } from './options.ts';
import type { EngineValue } from './value.ts';
import { Watch } from './watch.ts';

/** Milliseconds that letting go of a runspace may take. */
const closingMs = 500;

/** What a request of a run may be told beside itself. */
type AskOptions = Pick<InvokeOptions, 'signal' | 'onStream' | 'limits'>;

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
   *   POWERSHELL_VALUE_INVALID, POWERSHELL_LIMIT_INVALID; the signal's reason
   */
  invoke(
    script: string | Script,
    parameters: Readonly<Record<string, EngineValue>> | ReadonlyMap<string, EngineValue> = {},
    options: InvokeOptions = {},
  ): AsyncGenerator<EngineValue, void> {
    return this.ask((run, limits) => invocation(run, limits, script, parameters, options), options);
  }

  /**
   * For mappings: makes a request of the runspace and yields the values that it is answered with, in its turn.
   * @param request made once it is this one's turn
   * @throws as `invoke` does
   */
  async *ask(
    request: (run: number, limits: RunLimits) => Request,
    { signal = new AbortController().signal, onStream = () => {}, limits: given }: AskOptions,
  ): AsyncGenerator<EngineValue, void> {
    const limits = checkedLimits({ ...this.#engine.limits, ...given });
    const endTurn = await this.#engine.turns.begin(signal);
    try {
      const exchange = this.#begin(encodeRequest(request(this.#number, limits)), limits, signal);
      try {
        for (;;) {
          const answer = await exchange.next();
          if (answer.type === 'done') return;
          if (answer.type === 'stream') onStream(streamEvent(answer));
          if (answer.type !== 'value') continue;
          exchange.pause();
          yield receivedValue(answer.value);
          exchange.resume();
        }
      } finally {
        await exchange.end();
      }
    } finally {
      endTurn();
    }
  }

  #begin(request: Buffer, limits: RunLimits, signal: AbortSignal): Exchange {
    if (this.#isClosed) throw problem('POWERSHELL_CLOSED', 'The run is closed.');
    if (!this.#engine.holds(this.#process)) throw problem('POWERSHELL_RUN_LOST', 'The process of this run is gone.');
    return new Exchange(this.#engine, this.#process, request, limits, signal);
  }

  /** Lets go of the runspace; ends the process where it does not answer. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#engine.turns.take(new AbortController().signal, async () => {
      if (!this.#engine.holds(this.#process)) return;
      const { clock, limits } = this.#engine;
      const watch = new Watch(clock, this.#process, { ...limits, milliseconds: closingMs });
      this.#process.ref();
      this.#process.send(encodeRequest({ type: 'close', run: this.#number }));
      const answer = await this.#process.next();
      watch.stop();
      this.#process.unref();
      if (answer === undefined) await this.#engine.retire(this.#process);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function streamEvent({ stream, text, value, tags }: Answer & { type: 'stream' }): StreamEvent {
  const decoded = receivedValue(value);
  if (stream !== 'error') return { stream, text, value: decoded, tags };
  if (typeof decoded === 'object' && decoded !== null && 'kind' in decoded && decoded.kind === 'error') {
    return { stream, error: decoded };
  }
  return {
    stream,
    error: { kind: 'error', id: '', category: 'NotSpecified', type: '', message: text, line: 0, column: 0 },
  };
}

function invocation(
  run: number,
  limits: RunLimits,
  script: string | Script,
  parameters: Readonly<Record<string, EngineValue>> | ReadonlyMap<string, EngineValue>,
  { arguments: args = [], underscore }: InvokeOptions,
): Request {
  const { text, file = null } = typeof script === 'string' ? { text: script } : script;
  return {
    type: 'invoke',
    run,
    script: text,
    file,
    parameters: entriesOf(parameters).map(([name, value]) => [name, wireOf(value, `-${name}`)]),
    arguments: args.map((value, at) => wireOf(value, `argument ${at + 1}`)),
    ...(underscore === undefined ? {} : { underscore: wireOf(underscore, '$_') }),
    limits,
  };
}
