import type { IndexedAttribute } from '../indexed-attribute.ts';
import type { HistoryLine } from '../reader/calls.ts';
import type { SpaceRow, StoredRow } from '../row.ts';
import type { Difference, RunError, RunRecord } from '../run-record.ts';
import type { Alias } from './aliases.ts';
import type { PackedPage } from './packed-page.ts';
import type { ReferenceDefinition } from './references.ts';

export type { Alias } from './aliases.ts';
export type { ReferenceDefinition } from './references.ts';

/** What the writer thread is started with. */
export interface WriterData {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly indexed: readonly IndexedAttribute[];
  /** Of what rows are made by now. */
  readonly shape: string;
  readonly references: readonly ReferenceDefinition[];
  /** What the main thread reads without asking, as {@link SharedState}. */
  readonly shared: SharedArrayBuffer;
}

/** The space as it is when the writer has opened it. */
export interface SpaceState {
  /** True once an import was taken over that made rows as they are made now: absence, of an object or a value, then means something. */
  readonly filled: boolean;
  readonly watermark: string | null;
  readonly importedAt: number | null;
  /** When the whole target was last read into it. */
  readonly fullAt: number | null;
  /** When something was handed over to be deleted, within the last hour; oldest first, milliseconds since 1970. */
  readonly deletions: readonly number[];
  /** The import of the history that ended last. */
  readonly lastImport: HistoryLine | undefined;
  /** Created objects of which nobody knows whether their password was set. */
  readonly passwordUnknown: readonly PasswordUnknown[];
  /** Journal entries without an outcome: the writes that were on their way when the process ended. */
  readonly open: readonly JournalEntry[];
  /** Where a damaged file was kept. */
  readonly keptAside: string | undefined;
  /** What the file has lost and no import brings back, a sentence each. */
  readonly losses: readonly string[];
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
  /** `attribute name without schema + U+0001 + index key` of the values by which callers look for the object. */
  readonly keys: readonly string[];
  readonly passwordPending: boolean;
  /** Counts as a deletion. */
  readonly deletes?: boolean;
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
  /** What objects are called now, when that is not what their id says; the id stays. */
  readonly alias?: readonly Alias[];
  /** How the row was written, where no import has read it yet; absent when it was read from the target. */
  readonly exported?: 'add' | 'change';
}

/** Objects that have lost their value of an attribute. */
export interface Blanked {
  readonly attribute: string;
  readonly count: number;
  /** Ids of the first ones. */
  readonly examples: readonly string[];
}

export interface StageOutcome {
  readonly adds: number;
  readonly updates: number;
  /** Of the updates: those with another DN. */
  readonly renames: number;
  readonly unchanged: number;
  /** What was passed over, because an export has written the object since the import opened. */
  readonly passed: number;
  /** Ids that the same import had already brought. */
  readonly duplicates: readonly string[];
  /** Those of `gone` that were there. */
  readonly gone: readonly string[];
  /** What the updates take away, against the visible content. */
  readonly blanked: readonly Blanked[];
  /** Objects that differ from what was exported, with the names of the attributes. */
  readonly differences: readonly Difference[];
}

export interface SweepOutcome {
  readonly deletes: number;
  /** Ids of the first ones. */
  readonly examples: readonly string[];
  /** Deletes by resource type. */
  readonly types: ReadonlyMap<string, number>;
  readonly next: number;
  readonly done: boolean;
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
  /** Objects as the new generation has them so far; what a delta import changes a part of. Unknown ids are left out. */
  latest(ids: readonly string[]): readonly StoredRow[];
  /** Puts a page into the new generation. */
  stage(page: PackedPage): StageOutcome;
  /** Ends the next objects that the import did not bring; `done` when there are no more. */
  sweep(argument: { readonly after: number }): SweepOutcome;
  /** Ids, in order, of added objects that the open import has not brought and that its sweep would spare this once. */
  missingAdds(argument: { readonly after: string; readonly limit: number }): readonly string[];
  /** The target was asked: these are not there, so the sweep takes them. */
  absent(ids: readonly string[]): void;
  /**
   * Looks again at rows of the open import that refer to objects which came or went since, and writes index entries that
   * waited; repeated until `done`, before the flip. What is left then the flip works off itself.
   */
  resolve(argument: { readonly now: number }): { readonly done: boolean };
  /**
   * Makes the new generation the visible one and writes the history line. A full import decides what was in doubt before it opened.
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
  /** Puts what a backup or a twin says of former names in the place of what is there. */
  importAliases(aliases: readonly Alias[]): void;
  /** After much work: gives memory back. */
  rest(argument: null): void;
  record(argument: { readonly run: RunRecord; readonly errors: readonly RunError[] }): void;
  /** Starts an index or goes on building it; readers use it once `done`. */
  buildIndex(argument: { readonly attribute: IndexedAttribute; readonly after: number }): {
    readonly number: number;
    readonly next: number;
    readonly done: boolean;
  };
  close(argument: null): void;
}
