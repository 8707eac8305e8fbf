import { realpathSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { problem } from '@joinery/problems';
import { type Clock, systemClock } from '@joinery/runtime/clock';
import { childProgram } from '../sandbox/program.ts';
import type { Request } from '../sandbox/protocol.ts';
import type { RunLimits } from '../sandbox/run-budget.ts';
import { ScriptProcess } from '../sandbox/script-process.ts';
import { GrantedHosts, type HostGrant, hostKey } from '../world/granted-hosts.ts';
import type { Grant } from '../world/granted-paths.ts';
import { Exchange } from './exchange.ts';
import { encodeRequest, entriesOf, wireOf } from './hand-over.ts';
import { checkedLimits, defaultLimits } from './limits.ts';
import type { EngineOptions } from './options.ts';
import { Run } from './run.ts';
import { Turn } from './turn.ts';
import type { WebAllowance } from './web-broker.ts';
import type { Wire } from './wire.ts';

/**
 * PowerShell, embedded: scripts run in a child process that can touch nothing but what is granted here.
 *
 * An engine keeps one such process warm; its runs take turns in it. A script that breaks its budget, is cancelled, or is not
 * read to its end loses the process, and every run of it; the next run gets a fresh one.
 */
export class Engine implements AsyncDisposable {
  readonly #program: string;
  readonly #options: EngineOptions;
  readonly #grants: readonly Grant[];
  readonly #variables: readonly (readonly [string, Wire])[];
  readonly #settings: readonly (readonly [string, Wire])[];
  readonly #turns = new Turn();
  readonly clock: Clock;
  readonly limits: RunLimits;
  /** For runs: what their requests may reach. */
  readonly web: WebAllowance;
  #process: ScriptProcess | undefined;
  #lastRun = 0;
  #isClosed = false;

  private constructor(program: string, options: EngineOptions, grants: readonly Grant[]) {
    this.#program = program;
    this.#options = options;
    this.#grants = grants;
    this.#variables = entriesOf(options.variables ?? {}).map(([name, value]) => [name, wireOf(value, `$${name}`)]);
    this.#settings = entriesOf(options.settings ?? {}).map(([name, value]) => [name, wireOf(value, `setting ${name}`)]);
    this.clock = options.clock ?? systemClock;
    this.limits = checkedLimits({ ...defaultLimits, ...options.limits });
    this.web = { hosts: new GrantedHosts(this.#hosts), trust: options.trust, clock: this.clock };
    this.#process = this.#start();
  }

  /**
   * Starts an engine. Its process begins to load at once; the first run waits for it.
   * @throws POWERSHELL_ROOT_INVALID, POWERSHELL_HOST_INVALID, POWERSHELL_VALUE_INVALID, POWERSHELL_LIMIT_INVALID
   */
  static async open(options: EngineOptions = {}): Promise<Engine> {
    // Mappings get nothing, whatever is granted.
    const roots = options.profile === 'mapping' ? [] : (options.roots ?? []);
    for (const grant of options.hosts ?? []) checkHost(grant);
    const grants = roots.map(checkedGrant);
    return new Engine(await childProgram(options.program), options, grants);
  }

  /**
   * Opens a run: a fresh runspace with the engine's variables and modules.
   * @throws POWERSHELL_CLOSED, POWERSHELL_ENGINE_ENDED; what a script throws, for a module that fails or does not end; the signal's reason
   */
  async run({ signal = never }: { readonly signal?: AbortSignal } = {}): Promise<Run> {
    return await this.#turns.take(signal, async () => {
      if (this.#isClosed) throw problem('POWERSHELL_CLOSED', 'The engine is closed.');
      this.#process ??= this.#start();
      const process = this.#process;
      const number = ++this.#lastRun;
      const exchange = new Exchange(this, process, encodeRequest(this.#openRequest(number)), this.limits, signal);
      try {
        while ((await exchange.next()).type !== 'done');
        return new Run(this, process, number);
      } finally {
        await exchange.end();
      }
    });
  }

  /** Ends the process. Runs that are under way fail; resolves once it is gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#process !== undefined) await this.retire(this.#process);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The number of the process that runs scripts, for logs; `undefined` while there is none. */
  get processId(): number | undefined {
    return this.#process?.pid;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** For runs: one at a time works in the process. */
  get turns(): Turn {
    return this.#turns;
  }

  /** For runs: whether the process that they began in is still the engine's. */
  holds(process: ScriptProcess): boolean {
    return this.#process === process;
  }

  /** For runs: ends a process that is not to be used again. */
  async retire(process: ScriptProcess): ReturnType<() => ScriptProcess['gone']> {
    if (this.#process === process) this.#process = undefined;
    process.kill();
    // Whoever waits for its end must not run out of reasons to stay.
    process.ref();
    const ended = await process.gone;
    process.discard();
    return ended;
  }

  #start(): ScriptProcess {
    return new ScriptProcess({ program: this.#program, grants: this.#grants, memoryBytes: this.limits.memoryBytes });
  }

  /** Mappings get none, whatever is granted. */
  get #hosts(): readonly HostGrant[] {
    return this.#options.profile === 'mapping' ? [] : (this.#options.hosts ?? []);
  }

  #openRequest(run: number): Request {
    const { profile = 'connector', environment = {}, modules = [], location } = this.#options;
    return {
      type: 'open',
      run,
      profile,
      grants: this.#grants,
      hosts: this.#hosts,
      environment,
      location: location ?? this.#grants[0]?.path ?? '/',
      variables: this.#variables,
      settings: this.#settings,
      modules,
      limits: this.limits,
    };
  }
}

const never = new AbortController().signal;

/** A root by its real path: the child process is allowed that one, and links on the way to it change nothing later. */
function checkedGrant({ path, access }: Grant): Grant {
  if (!isAbsolute(path) || path.includes('*'))
    throw invalidRoot(path, 'It must be an absolute path without an asterisk.');
  let real: string;
  try {
    real = realpathSync.native(path);
  } catch (error) {
    throw invalidRoot(path, 'It does not exist, or may not be read.', error);
  }
  if (real.includes('*')) throw invalidRoot(path, 'It leads to a path with an asterisk.');
  return { path: real, access };
}

function checkHost({ host, port }: HostGrant): void {
  if (hostKey(host, port) !== undefined) return;
  throw problem('POWERSHELL_HOST_INVALID', 'It must be one name or address, and a port from 1 to 65535.', {
    place: `${host}:${port}`,
  });
}

function invalidRoot(path: string, detail: string, cause?: unknown): Error {
  return problem('POWERSHELL_ROOT_INVALID', detail, { place: path, cause });
}
