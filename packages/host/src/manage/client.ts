import { type JsonError, problem, problemTable } from '@joinery/problems';
import { type Clock, pause, withDeadline } from '@joinery/runtime';
import { homeAt } from '../configuration/home.ts';
import type { RunProfileName } from '../configuration/run-profiles.ts';
import type { Alias } from '../space/writer/calls.ts';
import type { AliasesAnswer, ConnectorAnswer, HistoryAnswer, RunAnswer, StartedRun, StatusAnswer } from './answers.ts';
import { MANAGE_ROOT } from './manage-app.ts';
import { type ManageFile, notRunning, readManageFile } from './manage-file.ts';
import { pinnedRequest } from './pinned-request.ts';

/** Longest time one answer may take; what takes longer is a run, which is asked for again and again. */
const ANSWER_MS = 60_000;

/** Between two questions about a run. */
const ASK_AGAIN_MS = 300;

/** Faults of connecting that mean that nobody is there any more: the file is left of a host that was killed. */
const GONE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE']);

/** The host that runs on a home folder, as the commands talk to it. */
export class ManageClient {
  readonly #file: ManageFile;
  readonly #path: string;
  readonly #clock: Clock;

  private constructor(file: ManageFile, path: string, clock: Clock) {
    this.#file = file;
    this.#path = path;
    this.#clock = clock;
  }

  /** @throws HOST_NOT_RUNNING, HOST_CONFIGURATION_NEWER, HOST_CONFIGURATION_UNREADABLE */
  static async connect(home: string, clock: Clock): Promise<ManageClient> {
    const path = homeAt(home).manage;
    return new ManageClient(await readManageFile(path), path, clock);
  }

  status(signal: AbortSignal): Promise<StatusAnswer> {
    return this.#call('GET', '/status', undefined, signal);
  }

  /** @throws HOST_CONNECTOR_UNKNOWN */
  async connector(name: string, signal: AbortSignal): Promise<ConnectorAnswer> {
    const found = (await this.status(signal)).connectors.find((each) => each.name === name);
    if (found === undefined) throw problem('HOST_CONNECTOR_UNKNOWN', `There is no connector "${name}".`);
    return found;
  }

  history(name: string, limit: number, signal: AbortSignal): Promise<HistoryAnswer> {
    return this.#call('GET', `${connectorPath(name)}/history?limit=${limit}`, undefined, signal);
  }

  /** Runs a profile and waits for its end. @param progress is told how many objects have been read */
  async run(
    name: string,
    profile: RunProfileName,
    progress: (objects: number) => void,
    signal: AbortSignal,
  ): Promise<RunAnswer> {
    return this.#follow(await this.#call('POST', `${connectorPath(name)}/runs`, { profile }, signal), progress, signal);
  }

  /** Accepts what was held back, and waits for the import that takes it over. */
  async accept(name: string, progress: (objects: number) => void, signal: AbortSignal): Promise<RunAnswer> {
    return this.#follow(await this.#call('POST', `${connectorPath(name)}/accept`, undefined, signal), progress, signal);
  }

  async setReadOnly(connector: string | undefined, on: boolean, signal: AbortSignal): Promise<void> {
    await this.#call('POST', '/read-only', { on, ...(connector === undefined ? {} : { connector }) }, signal);
  }

  /** @throws HOST_DOUBT_UNKNOWN */
  async forgetDoubt(name: string, identifier: string, signal: AbortSignal): Promise<void> {
    await this.#call('DELETE', `${connectorPath(name)}/doubts/${encodeURIComponent(identifier)}`, undefined, signal);
  }

  /** @throws HOST_PASSWORD_KNOWN */
  async acknowledgePassword(name: string, id: string, signal: AbortSignal): Promise<void> {
    await this.#call('DELETE', `${connectorPath(name)}/passwords/${encodeURIComponent(id)}`, undefined, signal);
  }

  /** What renamed objects are called, for a backup or a twin. */
  async *aliases(name: string, signal: AbortSignal): AsyncGenerator<Alias> {
    for (let after = ''; ; ) {
      const path = `${connectorPath(name)}/aliases?after=${encodeURIComponent(after)}`;
      const { aliases } = await this.#call<AliasesAnswer>('GET', path, undefined, signal);
      yield* aliases;
      const last = aliases.at(-1);
      if (last === undefined) return;
      after = last.identity;
    }
  }

  /** Hands over aliases of another host, at most {@link ALIASES_PER_PAGE}. @throws CONNECTOR_ANCHOR_INVALID */
  async takeAliases(name: string, aliases: readonly Alias[], signal: AbortSignal): Promise<void> {
    await this.#call('POST', `${connectorPath(name)}/aliases`, { aliases }, signal);
  }

  async #follow(started: StartedRun, progress: (objects: number) => void, signal: AbortSignal): Promise<RunAnswer> {
    const path = `${connectorPath(started.connector)}/runs/${started.run}`;
    for (let run = started; ; run = await this.#call<StartedRun>('GET', path, undefined, signal)) {
      if (run.problem !== undefined) throw problemOf(run.problem);
      if (run.report !== undefined) return run.report;
      progress(run.objects);
      await pause(this.#clock, ASK_AGAIN_MS, signal);
    }
  }

  /** The version in the file promises that an answer of this address has the type `T`; what is an error is parsed as one. */
  async #call<T>(method: string, path: string, body: object | undefined, signal: AbortSignal): Promise<T> {
    const order = { method, path: MANAGE_ROOT + path, ...(body === undefined ? {} : { body }) };
    const { status, text } = await withDeadline(this.#clock, ANSWER_MS, 'The answer of the host', signal, (within) =>
      pinnedRequest(this.#file, order, within),
    ).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && GONE.has(String(error.code)))
        throw notRunning(this.#path, error);
      throw error;
    });
    const value: T & JsonError = text === '' ? undefined : JSON.parse(text);
    if (status < 400) return value;
    throw problemOf(value);
  }
}

function connectorPath(name: string): string {
  return `/connectors/${encodeURIComponent(name)}`;
}

/** The host's problem as it said it; a newer host may have codes that this program does not know. */
function problemOf({ code, message, place, fix }: JsonError): Error {
  return Object.hasOwn(problemTable, code)
    ? problem(code, message, { fix, ...(place === undefined ? {} : { place }) })
    : problem('HOST_MANAGE_INVALID', message, { fix });
}
