import type { Connector, ExportRun, ImportRun, ImportStep } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { type Logger, Redactor, systemClock, systemRandom } from '@joinery/runtime';
import { fromFailure, toFailure } from '../failure.ts';
import { eachLine, PRINTED } from '../output-lines.ts';
import type { Answer, Argument, CallMessage, CallName, HostMessage } from '../protocol.ts';
import { loadConnector, startedOf } from './load-connector.ts';
import { PagedImport } from './paged-import.ts';
import type { Port } from './port.ts';
import { RemoteLogger } from './remote-logger.ts';

type Answers = { readonly [K in CallName]: (argument: Argument<K>, signal: AbortSignal) => Promise<Answer<K>> };

/** The far end of a channel: makes the connector and carries the host's calls out on it. */
export class Runner {
  readonly #port: Port;
  readonly #redactor = new Redactor();
  readonly #logger: Logger;
  readonly #calls = new Map<number, AbortController>();
  readonly #imports = new Map<number, ImportRun>();
  readonly #exports = new Map<number, ExportRun>();
  #nextRun = 1;
  #connector: Connector | undefined;

  constructor(port: Port) {
    this.#port = port;
    this.#logger = new RemoteLogger((message) => port.post(message), this.#redactor);
    for (const stream of port.output) eachLine(stream, (line) => this.#logger.debug({ line }, PRINTED));
    port.listen((message) => this.#take(message));
  }

  #take(message: HostMessage): void {
    if (message.type === 'abort') this.#calls.get(message.call)?.abort(fromFailure(message.reason));
    else void this.#carryOut(message);
  }

  async #carryOut<K extends CallName>({ call, name, argument }: CallMessage<K>): Promise<void> {
    const controller = new AbortController();
    this.#calls.set(call, controller);
    const { signal } = controller;
    try {
      const value = await this.#answers[name](argument, signal);
      this.#port.post({ type: 'answer', call, value });
    } catch (error) {
      if (signal.aborted && error === signal.reason) this.#port.post({ type: 'aborted', call });
      else this.#port.post({ type: 'failure', call, failure: toFailure(error) });
    } finally {
      this.#calls.delete(call);
    }
  }

  readonly #answers: Answers = {
    start: async (argument) => {
      for (const secret of Object.values(argument.secrets)) this.#redactor.register(secret);
      this.#connector = await loadConnector(argument, {
        clock: systemClock,
        random: systemRandom,
        logger: this.#logger,
        folder: argument.folder,
      });
      return startedOf(this.#connector);
    },
    test: (_, signal) => this.#started.test(signal),
    schema: (_, signal) => this.#started.schema(signal),
    fullImport: (step, signal) => this.#openImport('fullImport', step, signal),
    deltaImport: (step, signal) => this.#openImport('deltaImport', step, signal),
    getEntries: (run, signal) => found(this.#imports, run).getEntries(signal),
    closeImport: async ({ run, reason }, signal) => {
      const closing = found(this.#imports, run);
      this.#imports.delete(run);
      return await closing.close(reason, signal);
    },
    export: async (step, signal) => {
      const run = this.#nextRun++;
      this.#exports.set(run, await present(this.#started.export?.(step, signal)));
      return run;
    },
    putEntries: ({ run, entries }, signal) => found(this.#exports, run).putEntries(entries, signal),
    closeExport: async ({ run, reason }, signal) => {
      const closing = found(this.#exports, run);
      this.#exports.delete(run);
      await closing.close(reason, signal);
      return null;
    },
    lookup: (query, signal) => present(this.#started.lookup?.(query, signal)),
    setPassword: async ({ entry, password, options }, signal) => {
      await present(this.#started.password?.set(entry, password, options, signal));
      return null;
    },
    changePassword: async ({ entry, oldPassword, newPassword }, signal) => {
      await present(this.#started.password?.change?.(entry, oldPassword, newPassword, signal));
      return null;
    },
    partitions: (_, signal) => present(this.#started.partitions?.(signal)),
    hierarchy: ({ parent }, signal) => present(this.#started.hierarchy?.(parent, signal)),
    dispose: async () => {
      await this.#started[Symbol.asyncDispose]();
      return null;
    },
  };

  async #openImport(name: 'fullImport' | 'deltaImport', step: ImportStep, signal: AbortSignal): Promise<number> {
    const run = this.#nextRun++;
    const opened = await present(this.#started[name]?.(step, signal));
    this.#imports.set(run, new PagedImport(opened, step.pageSize));
    return run;
  }

  get #started(): Connector {
    if (this.#connector === undefined) throw problem('RUNTIME_INTERNAL', 'A runner is called before it was started.');
    return this.#connector;
  }
}

/** The host knows which members there are and calls no other; one that is gone meanwhile is a fault of the connector. */
function present<T>(value: T | undefined): T {
  if (value === undefined) throw problem('RUNTIME_INTERNAL', 'The connector does not have this member any more.');
  return value;
}

/** Runs that were closed are let go of, so that a connector which keeps something in each does not fill up. */
function found<T>(runs: ReadonlyMap<number, T>, run: number): T {
  const open = runs.get(run);
  if (open === undefined) throw problem('CONNECTOR_RUN_CLOSED', 'The run is closed.');
  return open;
}
