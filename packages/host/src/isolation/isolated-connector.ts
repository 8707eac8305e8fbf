import type {
  CloseReason,
  Connector,
  CSEntryChange,
  CSEntryChangeResult,
  ExportRun,
  ImportPage,
  ImportRun,
  ImportStep,
  PasswordCapability,
} from '@joinery/connector';
import type { Started } from './protocol.ts';
import type { Remote } from './remote.ts';
import type { Supervisor } from './supervisor.ts';

/** The connector at the other end of a channel, with exactly the members that it has there. */
export function isolatedConnector({ traits, members }: Started, supervisor: Supervisor): Connector {
  const has = new Set(members);
  return {
    traits,
    test: (signal) => supervisor.call('test', null, signal),
    schema: (signal) => supervisor.call('schema', null, signal),
    ...(has.has('fullImport') ? { fullImport: (step, signal) => openImport('fullImport', step, signal) } : {}),
    ...(has.has('deltaImport') ? { deltaImport: (step, signal) => openImport('deltaImport', step, signal) } : {}),
    ...(has.has('export')
      ? {
          export: async (step, signal) => {
            signal.throwIfAborted();
            const remote = await supervisor.remote();
            return new RemoteExport(remote, await remote.call('export', step, signal));
          },
        }
      : {}),
    ...(has.has('lookup') ? { lookup: (query, signal) => supervisor.call('lookup', query, signal) } : {}),
    ...(has.has('password') ? { password: passwords(supervisor, has.has('changePassword')) } : {}),
    ...(has.has('partitions') ? { partitions: (signal) => supervisor.call('partitions', null, signal) } : {}),
    ...(has.has('hierarchy')
      ? { hierarchy: (parent, signal) => supervisor.call('hierarchy', { parent }, signal) }
      : {}),
    [Symbol.asyncDispose]: () => supervisor.dispose(),
  };

  async function openImport(
    name: 'fullImport' | 'deltaImport',
    step: ImportStep,
    signal: AbortSignal,
  ): Promise<ImportRun> {
    signal.throwIfAborted();
    const remote = await supervisor.remote();
    return new RemoteImport(remote, await remote.call(name, step, signal));
  }
}

function passwords(supervisor: Supervisor, change: boolean): PasswordCapability {
  return {
    set: async (entry, password, options, signal) => {
      await supervisor.call('setPassword', { entry, password, options }, signal);
    },
    ...(change
      ? {
          change: async (entry, oldPassword, newPassword, signal) => {
            await supervisor.call('changePassword', { entry, oldPassword, newPassword }, signal);
          },
        }
      : {}),
  };
}

/** A run lives and ends with the runner that opened it. Closing goes over whatever the signal says: the run must know that it ends. */
class RemoteImport implements ImportRun {
  readonly #remote: Remote;
  readonly #run: number;

  constructor(remote: Remote, run: number) {
    this.#remote = remote;
    this.#run = run;
  }
  async getEntries(signal: AbortSignal): Promise<ImportPage> {
    signal.throwIfAborted();
    return await this.#remote.call('getEntries', this.#run, signal);
  }
  async close(reason: CloseReason, signal: AbortSignal): Promise<{ readonly watermark?: string }> {
    return await this.#remote.call('closeImport', { run: this.#run, reason }, signal);
  }
}

class RemoteExport implements ExportRun {
  readonly #remote: Remote;
  readonly #run: number;

  constructor(remote: Remote, run: number) {
    this.#remote = remote;
    this.#run = run;
  }
  async putEntries(entries: readonly CSEntryChange[], signal: AbortSignal): Promise<readonly CSEntryChangeResult[]> {
    signal.throwIfAborted();
    return await this.#remote.call('putEntries', { run: this.#run, entries }, signal);
  }
  async close(reason: CloseReason, signal: AbortSignal): Promise<void> {
    await this.#remote.call('closeExport', { run: this.#run, reason }, signal);
  }
}
