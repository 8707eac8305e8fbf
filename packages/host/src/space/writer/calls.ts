import type { IndexedAttribute } from '../indexed-attribute.ts';
import type { HistoryLine } from '../reader/calls.ts';
import type { SpaceRow, StoredRow } from '../row.ts';
import type { RunError, RunRecord } from '../run-record.ts';

/** What the writer thread is started with. */
export interface WriterData {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly indexed: readonly IndexedAttribute[];
  /** Of what rows are made by now. */
  readonly shape: string;
}

/** The space as it is when the writer has opened it. */
export interface SpaceState {
  /** True once an import was taken over that made rows as they are made now: absence, of an object or a value, then means something. */
  readonly filled: boolean;
  readonly objects: number;
  readonly watermark: string | null;
  readonly importedAt: number | null;
  /** When the whole target was last read into it. */
  readonly fullAt: number | null;
  /** The run of the history that ended last. */
  readonly lastRun: HistoryLine | undefined;
  /** Created objects of which nobody knows whether their password was set. */
  readonly passwordUnknown: readonly PasswordUnknown[];
  /** Journal entries without an outcome: the writes that were on their way when the process ended. */
  readonly open: readonly JournalEntry[];
  /** Where a damaged file was kept. */
  readonly keptAside: string | undefined;
  readonly indexes: ReadonlyMap<string, number>;
}

/** An object that was created with a password of which nobody knows whether it was set. `since`: milliseconds since 1970. */
export interface PasswordUnknown {
  readonly id: string;
  readonly since: number;
}

export type JournalState = 'sent' | 'inDoubt' | 'uncertain';

/** One write on its way to the target. Holds no password and no write-only value, only that one was pending. */
export interface JournalEntry {
  /** The identifier of the exported entry. */
  readonly identifier: string;
  readonly state: JournalState;
  /** The resource id; null while the target has not made the anchor yet. */
  readonly id: string | null;
  readonly begunAt: number;
  /** What was to happen, as {@link JournalledWrite} JSON. */
  readonly entry: string;
  /** `attribute name + U+0001 + index key` of the values by which callers look for the object. */
  readonly keys: readonly string[];
  readonly passwordPending: boolean;
}

/** What a confirmed export leaves in the space. */
export interface Confirmation {
  readonly identifier: string;
  /** The object after the write; absent when the space keeps nothing of it. */
  readonly row?: SpaceRow;
  /** Ids to take out: a deleted object, or the former id of one whose anchor changed. */
  readonly remove?: readonly string[];
  /** The id of an object whose password is not known to be set; noted in the same transaction. */
  readonly passwordUnknown?: string;
}

export interface StageOutcome {
  readonly adds: number;
  readonly updates: number;
  readonly unchanged: number;
  /** Ids that the same import had already brought. */
  readonly duplicates: readonly string[];
}

/** The calls of the writer thread, which owns every write to one space file (design decision 2). */
export interface WriterCalls {
  open(argument: null): SpaceState;
  /** Enters the writes that are about to be sent; durable when it answers. */
  journal(entries: readonly JournalEntry[]): void;
  /** Takes entries whose write certainly did not happen out of the journal. */
  forget(identifiers: readonly string[]): void;
  /** The passwords of these objects are known to be set, or a person has looked after them. */
  passwordKnown(ids: readonly string[]): void;
  mark(argument: { readonly identifiers: readonly string[]; readonly state: JournalState }): void;
  /**
   * Puts confirmed writes into the space and ends their journal entries, in one transaction; answers the rows as stored.
   * With `journalled` it survives the end of the process but does not wait for the disk: the entries of the journal do, and
   * after a power loss they say that these writes are in doubt, which the target then decides.
   */
  confirm(argument: {
    readonly confirmations: readonly Confirmation[];
    readonly now: number;
    readonly journalled?: true;
  }): readonly (StoredRow | null)[];
  /** Opens a new generation beside the visible one. */
  openStaging(argument: null): void;
  /** At most ROWS_PER_TRANSACTION rows into the new generation. */
  stage(argument: {
    readonly rows: readonly SpaceRow[];
    /** Objects that are there but could not be read: they keep the content they have. */
    readonly keep: readonly string[];
    readonly now: number;
  }): StageOutcome;
  /** Ends the next objects that the import did not bring; `done` when there are no more. */
  sweep(argument: { readonly after: number }): {
    readonly deletes: number;
    readonly next: number;
    readonly done: boolean;
  };
  /**
   * Makes the new generation the visible one, decides what was in doubt before it opened, and writes the history line.
   * Creates with a password stay in the journal, because only a look at the object tells whether there is one to be noted.
   */
  flip(argument: {
    readonly watermark: string | null;
    readonly run: RunRecord;
    readonly errors: readonly RunError[];
  }): {
    readonly objects: number;
    readonly decided: readonly string[];
  };
  /** Takes the new generation back, a transaction at a time. */
  abandon(argument: null): { readonly done: boolean };
  /** Deletes rows that no reader can see any more, a transaction at a time. */
  collect(argument: null): { readonly done: boolean };
  record(argument: { readonly run: RunRecord; readonly errors: readonly RunError[] }): void;
  /** Starts an index or goes on building it; readers use it once `done`. */
  buildIndex(argument: { readonly attribute: IndexedAttribute; readonly after: number }): {
    readonly number: number;
    readonly next: number;
    readonly done: boolean;
  };
  close(argument: null): void;
}
