import type { CloseReason, CSEntryChange, ImportPage, ImportRun } from '@joinery/connector';

/** Entries of one message at least; the host's thread unpacks each message in one go. */
const SMALLEST_PAGE = 1_000;

/** An import whose pages are no larger than was asked for: a connector that ignores the page size must not fill the host's memory. */
export class PagedImport implements ImportRun {
  readonly #run: ImportRun;
  readonly #pageSize: number;
  #left: readonly CSEntryChange[] = [];
  #moreToImport = true;

  constructor(run: ImportRun, pageSize: number) {
    this.#run = run;
    this.#pageSize = Math.max(SMALLEST_PAGE, pageSize);
  }

  async getEntries(signal: AbortSignal): Promise<ImportPage> {
    if (this.#left.length === 0) {
      const page = await this.#run.getEntries(signal);
      this.#left = page.entries;
      this.#moreToImport = page.moreToImport;
    }
    const entries = this.#left.slice(0, this.#pageSize);
    this.#left = this.#left.slice(this.#pageSize);
    return { entries, moreToImport: this.#moreToImport || this.#left.length > 0 };
  }

  close(reason: CloseReason, signal: AbortSignal): Promise<{ readonly watermark?: string }> {
    return this.#run.close(reason, signal);
  }
}
