import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { problem } from '@joinery/problems';
import { compareRows } from '../attribute-values.ts';
import { BLOCK_BITS, blockOf, NEVER, ROWS_PER_TRANSACTION } from '../layout.ts';
import { bodyOf, digestIn, isStoredAs, type ResolvedRow, type StoredRow } from '../row.ts';
import { RUN_EXAMPLES_KEPT } from '../run-record.ts';
import type { Blocks } from './blocks.ts';
import type { StageOutcome, SweepOutcome } from './calls.ts';
import type { DeferredValues } from './deferred-values.ts';
import type { Exported } from './exported.ts';
import { type PackedPage, PackedReader, type PackedRows } from './packed-page.ts';
import type { References } from './references.ts';
import { Seen } from './seen.ts';
import { StageTally } from './stage-tally.ts';
import { liveOf, otherSlot, type VersionHead, type Versions } from './versions.ts';

export interface StagingParts {
  readonly database: DatabaseSync;
  readonly versions: Versions;
  readonly blocks: Blocks;
  readonly references: References;
  readonly exported: Exported;
  readonly deferred: DeferredValues;
}

/** Blocks that one call of a sweep looks through at most. */
const BLOCKS_PER_SWEEP = 64;

/**
 * The generation that an import builds beside the visible one.
 *
 * A changed object gets a second version that is born with the new generation, and its visible version dies with it; an
 * unchanged one is only marked as seen. Objects exported after the import opened are noted as touched: the import may hold
 * an older state of them, so it neither overwrites nor deletes them (design decision 2).
 */
export class Staging {
  readonly seen = new Seen();
  readonly #parts: StagingParts;
  readonly #touched: StatementSync;
  readonly #touch: StatementSync;
  readonly #blocks: StatementSync;
  readonly #rows: StatementSync;
  readonly #enter: StatementSync;
  readonly #queue: StatementSync;
  /** The memory that pages come in. */
  readonly #pieces = new Map<number, Buffer>();
  #next: number | undefined;
  #anyTouched = false;
  /** What is visible was made of another configuration: the same words of the target may be another row now. */
  #reshaped = false;
  /** Rows that the present transaction has made for new objects. */
  #made: { first: number; last: number }[] = [];

  constructor(parts: StagingParts) {
    const { database } = parts;
    this.#parts = parts;
    this.#touched = database.prepare('SELECT 1 FROM touched WHERE id = ?');
    this.#touch = database.prepare('INSERT OR IGNORE INTO touched (id) VALUES (?)');
    this.#blocks = database.prepare(
      `SELECT number, sum(objects + staged) AS live FROM block WHERE number >= ? GROUP BY number
       ORDER BY number LIMIT ${BLOCKS_PER_SWEEP}`,
    );
    this.#rows = database.prepare(
      `SELECT row, id, type, reference_key FROM object WHERE row > ? AND row < ? AND died = ${NEVER} ORDER BY row`,
    );
    this.#enter = database.prepare('INSERT OR REPLACE INTO staged (first, last) VALUES (?, ?)');
    this.#queue = database.prepare('INSERT OR IGNORE INTO unresolved (row) VALUES (?)');
  }

  /** The generation that is being built; undefined while no import is open. */
  get next(): number | undefined {
    return this.#next;
  }

  /** The generation that a process which ended abruptly left behind. */
  resume(left: number | null): void {
    this.#next = left ?? undefined;
  }

  /** @param reshaped what is visible was made of another configuration */
  open(generation: number, reshaped: boolean): void {
    const { database, exported, deferred } = this.#parts;
    database.exec('DELETE FROM touched; DELETE FROM staged; DELETE FROM unresolved');
    database.prepare('UPDATE state SET staging = ?').run(generation + 1);
    this.#next = generation + 1;
    this.#anyTouched = false;
    this.#reshaped = reshaped;
    this.seen.clear();
    deferred.clear();
    exported.open();
  }

  /** Keeps the memory that a page brings along. To be called before anything can fail: each piece is introduced once. */
  introduce({ rows: { piece, memory } }: PackedPage): void {
    if (memory !== undefined) this.#pieces.set(piece, Buffer.from(memory));
  }

  /** One page of an import, its memory introduced: what is gone, what is there, and what is there but could not be read. */
  stage(page: PackedPage): StageOutcome {
    const { keep, gone = [], again = false, now } = page;
    const texts = this.#textsOf(page.rows);
    const next = this.opened();
    const tally = new StageTally();
    this.#made = [];
    for (const id of gone) this.#takeAway(id, next, tally);
    for (const rows = new PackedReader(page.rows, texts); rows.next(); ) this.#stageRow(rows, again, next, now, tally);
    for (const id of keep) {
      const live = liveOf(this.#parts.versions.of(id));
      if (live !== undefined) this.seen.add(live.row);
    }
    for (const { first, last } of this.#made) this.#enter.run(first, last);
    this.#parts.deferred.settle();
    return tally.outcome();
  }

  /**
   * Ends the next objects that the import did not bring.
   * @param underWay ids of objects that a write is on its way to: the target may have taken them away for it, and its own
   * outcome says so
   */
  sweep(after: number, underWay: ReadonlySet<string>): SweepOutcome {
    const next = this.opened();
    const examples: string[] = [];
    const types = new Map<string, number>();
    let deletes = 0;
    let last = after;
    const blocks = this.#blocks.all(blockOf(after + 1));
    for (const each of blocks) {
      const block = Number(each.number);
      const end = (block + 1) * 2 ** BLOCK_BITS;
      if (this.seen.count(block) < Number(each.live)) {
        // Read at once: what is read is written to.
        for (const found of this.#rows.all(last, end)) {
          last = Number(found.row);
          if (this.seen.has(last)) continue;
          const id = String(found.id);
          if (underWay.has(id) || this.#parts.exported.spare(id, next)) continue;
          const key = found.reference_key === null ? null : String(found.reference_key);
          const type = String(found.type);
          this.#end(id, { row: last, type, referenceKey: key }, next);
          deletes += 1;
          types.set(type, (types.get(type) ?? 0) + 1);
          if (examples.length < RUN_EXAMPLES_KEPT) examples.push(id);
          if (deletes === ROWS_PER_TRANSACTION) return { deletes, examples, types, next: last, done: false };
        }
      }
      last = end - 1;
    }
    return { deletes, examples, types, next: last, done: blocks.length < BLOCKS_PER_SWEEP };
  }

  /** Objects as the new generation has them so far. */
  latest(ids: readonly string[]): StoredRow[] {
    const { versions } = this.#parts;
    return ids.flatMap((id) => {
      const live = liveOf(versions.of(id));
      return live === undefined ? [] : (versions.at(live.row) ?? []);
    });
  }

  /** Added objects that a sweep would spare because only this import has missed them. */
  missingAdds(after: string, limit: number): readonly string[] {
    const { versions, exported } = this.#parts;
    const missing: string[] = [];
    for (let from = after; ; ) {
      const ids = exported.missing(from, limit);
      for (const id of ids) {
        const live = liveOf(versions.of(id));
        if (live !== undefined && !this.seen.has(live.row)) missing.push(id);
        if (missing.length === limit) return missing;
      }
      const last = ids.at(-1);
      if (last === undefined || ids.length < limit) return missing;
      from = last;
    }
  }

  /**
   * Notes that an export has just decided what an object is, whatever the import still brings.
   * @param row where it is now; undefined when it is gone
   * @param former where it was
   */
  touch(id: string, row: number | undefined, former: number | undefined): void {
    if (this.#next === undefined) return;
    this.#anyTouched = true;
    this.#touch.run(id);
    if (former !== undefined) this.seen.delete(former);
    if (row !== undefined) this.seen.add(row);
  }

  /** Lets rows that refer to this key be looked at again before the import becomes visible. */
  queueReferrers(key: string | null): void {
    if (key === null || this.#next === undefined) return;
    for (const row of this.#parts.references.rowsReferringTo(key)) this.#queue.run(row);
  }
  queue(row: number): void {
    if (this.#next !== undefined) this.#queue.run(row);
  }

  closed(): void {
    this.#next = undefined;
    this.seen.clear();
  }

  /** The generation that is being built. @throws RUNTIME_INTERNAL when there is none */
  opened(): number {
    if (this.#next === undefined) throw problem('RUNTIME_INTERNAL', 'No import is open in this connector space.');
    return this.#next;
  }

  #textsOf({ piece }: PackedRows): Buffer {
    const texts = this.#pieces.get(piece);
    if (texts === undefined) throw problem('RUNTIME_INTERNAL', 'A page came without its memory.');
    return texts;
  }

  #stageRow(rows: PackedReader, again: boolean, next: number, now: number, tally: StageTally): void {
    const { versions, references, blocks, exported } = this.#parts;
    const { id, type } = rows;
    if (this.#isTouched(id)) {
      tally.unchanged += 1;
      tally.passed += 1;
      return;
    }
    const live = versions.live(id);
    if (live !== undefined && !this.seen.add(live.row) && !again) {
      tally.duplicates.push(id);
      return;
    }
    const { digest } = rows;
    if (live === undefined) {
      const resolved = references.resolve(rows.row(id, digest), next);
      // A delta import may take an object away and bring it back: it stays in its place.
      const [former] = again ? versions.of(id) : [];
      const at = former === undefined ? this.#newRow(type) : otherSlot(former.row);
      this.seen.add(at);
      // Before it is there: that it refers to itself it knows.
      this.queueReferrers(resolved.referenceKey);
      versions.insert(at, { born: next, died: NEVER }, resolved, now, this.#parts.deferred);
      blocks.change(type, at, 0, 1);
      tally.adds += 1;
      return;
    }
    const unconfirmed = exported.end(id, next);
    // What its references stand for now is looked at where they are called otherwise, or come and go.
    const isSame = digestIn(live.version) === digest && live.type === type;
    const resolved = isSame && !this.#reshaped ? undefined : references.resolve(rows.row(id, digest), next);
    if (resolved === undefined || (isSame && this.#isStored(live.row, resolved))) tally.unchanged += 1;
    else this.#change(live.row, resolved, unconfirmed, next, now, tally);
  }

  #isStored(at: number, row: ResolvedRow): boolean {
    const stored = this.#parts.versions.at(at);
    return stored?.referenceKey === row.referenceKey && isStoredAs(row, stored.json);
  }

  /** Puts another version of an object into the new generation. */
  #change(
    at: number,
    row: ResolvedRow,
    unconfirmed: 'add' | 'change' | undefined,
    next: number,
    now: number,
    tally: StageTally,
  ): void {
    const { versions, blocks, references } = this.#parts;
    const live = versions.at(at);
    if (live === undefined) throw problem('RUNTIME_INTERNAL', 'A version that was just found is gone.');
    const { changed, blanked, filled } = compareRows(live, { ...row, json: bodyOf(row) }, references.shownBy(row.type));
    // What a target fills in for a new object is no difference: nothing was exported for it.
    const attributes = unconfirmed === 'add' ? changed.filter((name) => !filled.includes(name)) : changed;
    if (unconfirmed !== undefined && attributes.length > 0) tally.differences.push({ id: row.id, attributes });
    for (const attribute of blanked) tally.blank(attribute, row.id);
    this.replace(live, row, next, now);
    if (live.type !== row.type) {
      blocks.change(live.type, at, 0, -1);
      blocks.change(row.type, at, 0, 1);
    }
    if (live.referenceKey !== row.referenceKey) {
      this.queueReferrers(live.referenceKey);
      this.queueReferrers(row.referenceKey);
    }
    tally.updates += 1;
    if (live.dn !== row.dn) tally.renames += 1;
  }

  /** Ends a version with the new generation and puts another one into it; one that the import has made itself goes at once. */
  replace(live: VersionHead, row: ResolvedRow, next: number, now: number): void {
    const { versions } = this.#parts;
    const own = live.born === next;
    const at = own ? live.row : otherSlot(live.row);
    if (own) versions.delete(at);
    else versions.end(live.row, next);
    versions.insert(at, { born: next, died: NEVER }, row, now, this.#parts.deferred);
  }

  #takeAway(id: string, next: number, tally: StageTally): void {
    if (this.#isTouched(id)) {
      tally.passed += 1;
      return;
    }
    const live = liveOf(this.#parts.versions.of(id));
    if (live === undefined) return;
    this.seen.delete(live.row);
    this.#end(id, live, next);
    if (live.born === next) this.#parts.versions.delete(live.row);
    tally.gone.push(id);
  }

  #end(
    id: string,
    { row, type, referenceKey }: Pick<VersionHead, 'row' | 'type' | 'referenceKey'>,
    next: number,
  ): void {
    const { versions, blocks, exported } = this.#parts;
    versions.end(row, next);
    blocks.change(type, row, 0, -1);
    exported.end(id, next);
    this.queueReferrers(referenceKey);
  }

  #isTouched(id: string): boolean {
    return this.#anyTouched && this.#touched.get(id) !== undefined;
  }

  #newRow(type: string): number {
    const row = this.#parts.blocks.nextRow(type);
    const range = this.#made.at(-1);
    if (range !== undefined && range.last + 2 === row) range.last = row;
    else this.#made.push({ first: row, last: row });
    return row;
  }
}
