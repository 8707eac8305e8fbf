import {
  type ConnectorContext,
  type CSEntryChange,
  type CSEntryChangeResult,
  type ExportRun,
  type ExportStep,
  nameKey,
} from '@joinery/connector';
import { problem, toProblem } from '@joinery/problems';
import { planBatch } from './batch.ts';
import { openFile } from './file.ts';
import { readHeader } from './header.ts';
import { lockForWriting } from './lock.ts';
import { replaceFile } from './replacement.ts';
import type { CsvSettings } from './settings.ts';
import { bindTable } from './table.ts';

/** Runs work of one connector one after the other. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * An export. Every batch is one new version of each file that it is about, written under its lock, so the entries of one object type are in their
 * file together or not at all, and a batch that changes nothing writes nothing. Batches of several runs of one connector wait for each other;
 * another process gets CSV_FILE_LOCKED.
 */
export class CsvExport implements ExportRun {
  readonly #objectTypes: readonly CsvSettings[];
  readonly #context: ConnectorContext;
  readonly #step: ExportStep;
  readonly #queue: Queue;
  #closed = false;

  constructor(objectTypes: readonly CsvSettings[], context: ConnectorContext, step: ExportStep, queue: Queue) {
    this.#objectTypes = objectTypes;
    this.#context = context;
    this.#step = step;
    this.#queue = queue;
  }

  async putEntries(entries: readonly CSEntryChange[], signal: AbortSignal): Promise<readonly CSEntryChangeResult[]> {
    if (this.#closed) throw problem('CONNECTOR_RUN_CLOSED', 'This export is closed already.');
    return await this.#queue(async () => {
      signal.throwIfAborted();
      const results: CSEntryChangeResult[] = [];
      const failures: { readonly entries: readonly CSEntryChange[]; readonly error: unknown }[] = [];
      for (const [settings, own] of this.#byFile(entries)) {
        try {
          results.push(...(await this.#write(settings, own, signal)));
        } catch (error) {
          if (signal.aborted) throw error;
          failures.push({ entries: own, error });
        }
      }
      // What one file took is done and must be said; only a batch that reached no file fails as a whole.
      const [failure] = failures;
      if (failure !== undefined && results.length === 0) throw failure.error;
      return [...results, ...failures.flatMap((each) => each.entries.map((entry) => failed(entry, each.error)))];
    });
  }

  /** The entries of each object type, in their order. An entry of no type is the first type's to refuse. */
  #byFile(entries: readonly CSEntryChange[]): Map<CsvSettings, CSEntryChange[]> {
    const groups = new Map<CsvSettings, CSEntryChange[]>();
    const [first] = this.#objectTypes;
    for (const entry of entries) {
      const own =
        this.#objectTypes.find(({ objectType }) => nameKey(objectType) === nameKey(entry.objectType)) ?? first;
      if (own === undefined) continue;
      const group = groups.get(own);
      if (group === undefined) groups.set(own, [entry]);
      else group.push(entry);
    }
    return groups;
  }

  async #write(
    settings: CsvSettings,
    entries: readonly CSEntryChange[],
    signal: AbortSignal,
  ): Promise<readonly CSEntryChangeResult[]> {
    signal.throwIfAborted();
    using lock = await lockForWriting(settings.path);
    await using file = await openFile(lock.path);
    const check = (): void => signal.throwIfAborted();
    const table = bindTable(settings, await readHeader(file, settings, check), this.#step.schema);
    const plan = await planBatch(file, table, entries, check);
    if (plan.patches.length > 0) {
      await replaceFile(file, plan.patches, plan.digest, settings.encoding, this.#context.random, signal);
    }
    return plan.results;
  }

  async close(): Promise<void> {
    if (this.#closed) throw problem('CONNECTOR_RUN_CLOSED', 'This export is closed already.');
    this.#closed = true;
  }
}

/** The result of an entry whose file could not be written while another was. */
function failed({ identifier }: CSEntryChange, error: unknown): CSEntryChangeResult {
  const { code, message } = toProblem(error);
  return { identifier, errorCode: 'ExportErrorConnectedDirectoryError', errorName: code, errorDetail: message };
}

/** A queue of one place: what is asked meanwhile waits, and a failure is the failure of its own work only. */
export function queue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };
}
