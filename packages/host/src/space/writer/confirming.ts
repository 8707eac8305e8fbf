import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ALWAYS, NEVER } from '../layout.ts';
import { jsonOf, type ResolvedRow, rowDigest, type SpaceRow, type StoredRow } from '../row.ts';
import type { Aliases } from './aliases.ts';
import type { Blocks } from './blocks.ts';
import type { Confirmation } from './calls.ts';
import type { Exported } from './exported.ts';
import type { Journal } from './journal.ts';
import type { References, Renamed } from './references.ts';
import type { Resolving } from './resolving.ts';
import type { Staging } from './staging.ts';
import { livesIn, type VersionHead, type Versions } from './versions.ts';

export interface ConfirmingParts {
  readonly database: DatabaseSync;
  readonly versions: Versions;
  readonly blocks: Blocks;
  readonly journal: Journal;
  readonly references: References;
  readonly resolving: Resolving;
  readonly exported: Exported;
  readonly aliases: Aliases;
  readonly staging: Staging;
}

/** A row that is in every generation now. */
interface Placed {
  readonly row: number;
  readonly resolved: ResolvedRow;
}

/** Puts confirmed writes into the visible generation and, while an import is open, into the one it builds. */
export class Confirming {
  readonly #parts: ConfirmingParts;
  readonly #passwordUnknown: StatementSync;
  readonly #passwordKnown: StatementSync;

  constructor(parts: ConfirmingParts) {
    this.#parts = parts;
    const { database } = parts;
    this.#passwordUnknown = database.prepare('INSERT OR IGNORE INTO password_unknown (id, since) VALUES (?, ?)');
    this.#passwordKnown = database.prepare('DELETE FROM password_unknown WHERE id = ?');
  }

  /** @returns each row as it is stored when all of them are confirmed */
  confirm(confirmations: readonly Confirmation[], generation: number, now: number): (StoredRow | null)[] {
    const { resolving, versions } = this.#parts;
    const keys = new Set<string>();
    const renamed: Renamed[] = [];
    const placed = confirmations.map((each) => this.#one(each, generation, now, keys, renamed));
    const following = new Set(renamed.flatMap((each) => this.#follow(each, generation, now, keys)));
    const changed = resolving.refresh(keys, generation, now).union(following);
    return placed.map((each) => {
      if (each === undefined) return null;
      const again = changed.has(each.row) ? versions.at(each.row) : undefined;
      const { id, version, hidden, dn, references } = again ?? each.resolved;
      return { id, version, json: again?.json ?? jsonOf(each.resolved, now), hidden, dn, references };
    });
  }

  passwordKnown(ids: readonly string[]): void {
    for (const id of ids) this.#passwordKnown.run(id);
  }

  #one(
    { identifier, row, remove = [], alias = [], exported: as, passwordUnknown }: Confirmation,
    generation: number,
    now: number,
    keys: Set<string>,
    renamed: Renamed[],
  ): Placed | undefined {
    const { journal, versions, references, exported, aliases } = this.#parts;
    for (const id of remove) {
      this.#remove(id, generation, keys);
      exported.confirm(id, undefined);
      aliases.remove(id);
    }
    this.passwordKnown(remove);
    for (const each of alias) {
      aliases.put(each);
      this.#touchAliased(each.identity, each.id, generation);
    }
    if (passwordUnknown !== undefined) this.#passwordUnknown.run(passwordUnknown, now);
    journal.end(identifier);
    if (row === undefined) return undefined;
    exported.confirm(row.id, as);
    const from = versions.of(row.id).find((head) => livesIn(head, generation))?.referenceKey ?? null;
    const referenceKey = references.keyOf(row);
    if (from !== null && referenceKey !== null && from !== referenceKey) renamed.push({ from, row });
    return this.#place(row, generation, now, keys);
  }

  /** Lets what refers to an object go on doing so. @returns the rows that do */
  #follow(renamed: Renamed, generation: number, now: number, keys: Set<string>): number[] {
    const { versions, references } = this.#parts;
    const rows: number[] = [];
    for (const row of references.rowsReferringTo(renamed.from)) {
      const stored = versions.at(row);
      if (stored === undefined || !livesIn(stored, generation)) continue;
      const following = references.following(stored, renamed);
      if (following !== undefined) rows.push(this.#place(following, generation, now, keys).row);
    }
    return rows;
  }

  /** Puts a row into every generation. */
  #place(row: SpaceRow, generation: number, now: number, keys: Set<string>): Placed {
    const { versions, blocks, references, staging } = this.#parts;
    const referenceKey = references.keyOf(row);
    const heads = versions.of(row.id);
    // What an import has just staged has no index entries yet that could be compared.
    const kept = heads.find(({ born }) => born !== staging.next);
    const before = kept !== undefined && livesIn(kept, generation) ? versions.at(kept.row) : undefined;
    const former = this.#takeOut(heads, generation, keys, referenceKey, kept);
    const resolved = references.resolve({ ...row, digest: rowDigest(row) }, generation, before);
    const life = { born: ALWAYS, died: NEVER };
    const at = kept?.row ?? former ?? blocks.nextRow(row.type);
    if (kept === undefined) versions.insert(at, life, resolved, now);
    else versions.replace(at, life, resolved, now);
    blocks.change(row.type, at, 1, 0);
    // What the import staged for it, or took away, no longer counts.
    staging.touch(row.id, at, former);
    if (resolved.referred.length > 0) staging.queue(at);
    return { row: at, resolved };
  }

  #remove(id: string, generation: number, keys: Set<string>): void {
    const former = this.#takeOut(this.#parts.versions.of(id), generation, keys, null, undefined);
    this.#parts.staging.touch(id, undefined, former);
  }

  /**
   * Takes every version of an object out of the file and of the counts.
   * @param keys learns by what rows have to be looked at again that refer to it
   * @param referenceKey by what they refer to it from now on
   * @param kept the version that is to be overwritten; it is only taken out of the counts
   * @returns the row that it had
   */
  #takeOut(
    heads: readonly VersionHead[],
    generation: number,
    keys: Set<string>,
    referenceKey: string | null,
    kept: VersionHead | undefined,
  ): number | undefined {
    const { versions, blocks, staging } = this.#parts;
    const next = staging.next ?? generation;
    // In both generations, and called the same: nobody who refers to it sees a difference.
    const stays =
      heads.length > 0 &&
      heads.every((head) => livesIn(head, generation) && head.died === NEVER && head.referenceKey === referenceKey);
    if (!stays && referenceKey !== null) keys.add(referenceKey);
    for (const head of heads) {
      const visible = livesIn(head, generation) ? 1 : 0;
      const staged = livesIn(head, next) ? 1 : 0;
      blocks.change(head.type, head.row, -visible, visible - staged);
      if (head !== kept) versions.delete(head.row);
      if (!stays && head.referenceKey !== null) keys.add(head.referenceKey);
    }
    return heads[0]?.row;
  }

  /** An import that has read the new name before the alias was there must not make a second object of it. */
  #touchAliased(identity: string, id: string, generation: number): void {
    const { versions, blocks, staging } = this.#parts;
    if (staging.next === undefined) return;
    const heads = versions.of(id);
    staging.touch(id, heads[0]?.row, undefined);
    if (identity === id) return;
    const staged = versions.of(identity);
    if (staged.some((head: VersionHead) => livesIn(head, generation))) return;
    for (const head of staged) {
      if (livesIn(head, staging.next)) blocks.change(head.type, head.row, 0, -1);
      versions.delete(head.row);
    }
    staging.touch(identity, undefined, staged[0]?.row);
  }
}
