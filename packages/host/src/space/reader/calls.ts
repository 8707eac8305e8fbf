import type { AttributePath, Predicate } from '@joinery/scim/evaluation';
import type { StoredRow } from '../row.ts';
import type { RunError, RunRecord } from '../run-record.ts';
import type { Alias } from '../writer/aliases.ts';

/** What the reader thread is started with. */
export interface ReaderData {
  readonly path: string;
}

/** An equality that narrows a search to the rows of one index entry. */
export interface IndexEntry {
  readonly attribute: number;
  readonly key: string;
}

export interface Search {
  /** SCIM resource type; absent: every type. */
  readonly type?: string;
  /** Absent: every object. */
  readonly predicate?: Predicate;
  readonly narrow?: IndexEntry;
  readonly sortBy?: AttributePath;
  readonly descending: boolean;
  /** Matches to skip. */
  readonly offset: number;
  readonly limit: number;
}

export interface Found {
  readonly total: number;
  readonly rows: readonly StoredRow[];
}

/** The calls of the reader thread: whatever may touch many rows, so that the main thread never does. */
export interface ReaderCalls {
  search(search: Search): Found;
  /** The next objects in listing order, for streaming the whole space. */
  dump(argument: { readonly after: number; readonly limit: number }): {
    readonly documents: readonly string[];
    readonly next: number;
  };
  /** The next former names, by what the objects are called now. */
  aliases(argument: { readonly after: string; readonly limit: number }): readonly Alias[];
  history(argument: { readonly limit: number }): readonly HistoryLine[];
}

/** A run of the history with the errors of its objects. `kind` and `outcome` are as the release that wrote them called them. */
export interface HistoryLine extends Omit<RunRecord, 'kind' | 'outcome'> {
  readonly number: number;
  readonly kind: string;
  readonly outcome: string;
  /** Where the next delta import starts; null when the run did not move it. */
  readonly watermark: string | null;
  readonly errors: readonly RunError[];
}
