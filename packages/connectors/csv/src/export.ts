import type { ConnectorContext, CSEntryChange, CSEntryChangeResult, ExportRun, ExportStep } from '@joinery/connector';
import { problem } from '@joinery/problems';
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
 * An export. Every batch is one new version of the file, written under the lock, so a batch is in the file wholly or not at all, and a batch that
 * changes nothing writes nothing. Batches of several runs of one connector wait for each other; another process gets CSV_FILE_LOCKED.
 */
export class CsvExport implements ExportRun {
  readonly #settings: CsvSettings;
  readonly #context: ConnectorContext;
  readonly #step: ExportStep;
  readonly #queue: Queue;
  #closed = false;

  constructor(settings: CsvSettings, context: ConnectorContext, step: ExportStep, queue: Queue) {
    this.#settings = settings;
    this.#context = context;
    this.#step = step;
    this.#queue = queue;
  }

  async putEntries(entries: readonly CSEntryChange[], signal: AbortSignal): Promise<readonly CSEntryChangeResult[]> {
    if (this.#closed) throw problem('CONNECTOR_RUN_CLOSED', 'This export is closed already.');
    return await this.#queue(async () => {
      signal.throwIfAborted();
      using lock = await lockForWriting(this.#settings.path);
      await using file = await openFile(lock.path);
      const check = (): void => signal.throwIfAborted();
      const table = bindTable(this.#settings, await readHeader(file, this.#settings, check), this.#step.schema);
      const plan = await planBatch(file, table, entries, check);
      if (plan.patches.length > 0) {
        const { encoding } = this.#settings;
        await replaceFile(file, plan.patches, plan.digest, encoding, this.#context.random, signal);
      }
      return plan.results;
    });
  }

  async close(): Promise<void> {
    if (this.#closed) throw problem('CONNECTOR_RUN_CLOSED', 'This export is closed already.');
    this.#closed = true;
  }
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
