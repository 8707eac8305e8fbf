import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { JournalEntry, JournalState } from './calls.ts';

/** Deletions are counted by the hour. */
const DELETIONS_KEPT_MS = 3_600_000;

/** The record of writes on their way: entered before the connector is called, ended with the outcome (design decision 3). */
export class Journal {
  readonly #database: DatabaseSync;
  readonly #enter: StatementSync;
  readonly #end: StatementSync;
  readonly #mark: StatementSync;
  readonly #underWay: StatementSync;
  readonly #deletion: StatementSync;
  readonly #forgetDeletions: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#enter = database.prepare(
      'INSERT INTO journal (identifier, state, id, begun_at, entry, keys, password_pending) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#end = database.prepare('DELETE FROM journal WHERE identifier = ?');
    this.#mark = database.prepare('UPDATE journal SET state = ? WHERE identifier = ?');
    this.#underWay = database.prepare("SELECT id FROM journal WHERE state = 'sent' AND id IS NOT NULL");
    this.#deletion = database.prepare('INSERT INTO deletion (at) VALUES (?)');
    this.#forgetDeletions = database.prepare('DELETE FROM deletion WHERE at < ?');
  }

  enter(entries: readonly JournalEntry[]): void {
    for (const { identifier, state, id, begunAt, entry, keys, passwordPending, deletes } of entries) {
      this.#enter.run(identifier, state, id, begunAt, entry, JSON.stringify(keys), passwordPending ? 1 : 0);
      if (deletes !== true) continue;
      this.#forgetDeletions.run(begunAt - DELETIONS_KEPT_MS);
      this.#deletion.run(begunAt);
    }
  }

  /** When something was handed over to be deleted, within the last hour; oldest first, milliseconds since 1970. */
  deletions(): number[] {
    return this.#database
      .prepare('SELECT at FROM deletion ORDER BY at')
      .all()
      .map((found) => Number(found.at));
  }

  /** Ids of the objects that a write is on its way to. */
  underWay(): ReadonlySet<string> {
    return new Set(this.#underWay.all().map(({ id }) => String(id)));
  }

  end(identifier: string): void {
    this.#end.run(identifier);
  }

  endAll(identifiers: readonly string[]): void {
    for (const identifier of identifiers) this.end(identifier);
  }

  mark(identifiers: readonly string[], state: JournalState): void {
    for (const identifier of identifiers) this.#mark.run(state, identifier);
  }

  all(): JournalEntry[] {
    return this.#database
      .prepare('SELECT * FROM journal ORDER BY begun_at')
      .all()
      .map((found) => ({
        identifier: String(found.identifier),
        state: parseState(found.state),
        id: found.id === null ? null : String(found.id),
        begunAt: Number(found.begun_at),
        entry: String(found.entry),
        keys: parseKeys(String(found.keys)),
        passwordPending: found.password_pending === 1,
      }));
  }
}

/** Anything but a decided state is doubt, the careful reading. */
function parseState(value: unknown): JournalState {
  return value === 'sent' || value === 'uncertain' ? value : 'inDoubt';
}

function parseKeys(text: string): string[] {
  const keys: unknown = JSON.parse(text);
  return Array.isArray(keys) ? keys.map(String) : [];
}
