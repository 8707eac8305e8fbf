import { problem } from '@joinery/problems';
import type { Clock } from '@joinery/runtime';
import { ROWS_PER_TRANSACTION } from '../space/layout.ts';
import type { SpaceRow, StoredRow } from '../space/row.ts';
import type { Space } from '../space/space.ts';
import type { RowPacker } from '../space/writer/packed-page.ts';
import type { Tally } from './tally.ts';

/** What one page of an import does to the space, gathered and then written some hundred objects at a time. */
export class StagedPage {
  readonly #space: Space;
  readonly #clock: Clock;
  readonly #tally: Tally;
  readonly #whole: boolean;
  readonly #packer: RowPacker;
  readonly #parts: ReturnType<RowPacker['take']>[] = [];
  readonly #keep: string[] = [];
  /** Of a delta, which may tell of one object several times: the last word counts. */
  readonly #changed = new Map<string, SpaceRow | undefined>();
  readonly #stored = new Map<string, StoredRow>();

  /**
   * @param whole of a full import, where an object that comes twice is a fault
   * @param packer one for all pages of an import, each of which is written before the next is begun
   */
  constructor(
    { space, clock }: { readonly space: Space; readonly clock: Clock },
    tally: Tally,
    whole: boolean,
    packer: RowPacker,
  ) {
    this.#packer = packer;
    this.#space = space;
    this.#clock = clock;
    this.#tally = tally;
    this.#whole = whole;
  }

  /** Reads the objects that partial changes of this page build on. */
  async load(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const row of await this.#space.writer.call('latest', ids)) this.#stored.set(row.id, row);
  }

  /** An object as the space would have it after everything that came so far. */
  latest(id: string): StoredRow | undefined {
    if (!this.#changed.has(id)) return this.#stored.get(id);
    const row = this.#changed.get(id);
    return row === undefined ? undefined : asStored(row);
  }

  row(row: SpaceRow): void {
    if (this.#whole) this.#pack(row);
    else this.#changed.set(row.id, row);
  }
  gone(id: string): void {
    this.#changed.set(id, undefined);
  }
  keep(id: string): void {
    this.#keep.push(id);
  }

  /** Nothing can be added when this has been called. */
  async write(signal: AbortSignal): Promise<void> {
    const gone: string[] = [];
    for (const [id, row] of this.#changed) {
      if (row === undefined) gone.push(id);
      else this.#pack(row);
    }
    this.#parts.push(this.#packer.take());
    for (let at = 0; at < this.#parts.length || at * ROWS_PER_TRANSACTION < gone.length; at++) {
      const rows = this.#parts[at] ?? this.#packer.take();
      const start = at * ROWS_PER_TRANSACTION;
      await this.#stage(rows, at === 0 ? this.#keep : [], gone.slice(start, start + ROWS_PER_TRANSACTION));
      signal.throwIfAborted();
    }
  }

  #pack(row: SpaceRow): void {
    this.#packer.add(row);
    if (this.#packer.count === ROWS_PER_TRANSACTION) this.#parts.push(this.#packer.take());
  }

  async #stage(rows: ReturnType<RowPacker['take']>, keep: readonly string[], gone: readonly string[]): Promise<void> {
    const tally = this.#tally;
    const staged = await this.#space.stagePacked(rows, {
      keep,
      gone,
      again: !this.#whole,
      now: this.#clock.now(),
    });
    tally.adds += staged.adds;
    tally.updates += staged.updates;
    tally.renames += staged.renames;
    tally.unchanged += staged.unchanged;
    tally.passed += staged.passed;
    tally.deletes.add(staged.gone.length, staged.gone);
    tally.differ(staged.differences);
    for (const { attribute, count, examples } of staged.blanked) tally.blank(attribute, count, examples);
    for (const id of staged.duplicates) {
      tally.fail(id, problem('HOST_IMPORT_DUPLICATE', 'A second object has the same anchor; the first one was taken.'));
    }
  }
}

/** What a later change of the same object builds on; it is never answered, so it needs neither version nor ids of references. */
function asStored({ id, body, hidden, dn, references }: SpaceRow): StoredRow {
  const raw = Object.entries(references ?? {}).map(([name, values]) => [name, values.map((value) => [value, null])]);
  return {
    id,
    json: body,
    hidden,
    dn,
    version: '',
    references: raw.length === 0 ? null : JSON.stringify(Object.fromEntries(raw)),
  };
}
