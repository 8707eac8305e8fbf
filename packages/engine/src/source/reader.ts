import type { SourceEntry } from './entry.ts';

/**
 * What the engine reads objects from. Every method answers with complete objects in their present state, honours the signal,
 * and may be called again with the same arguments after a crash.
 */
export interface SourceReader {
  /** The name in logs, e.g. `Directory`. */
  readonly name: string;

  /** The position of the change feed right now. A full read that starts after it misses nothing that `readChanges` from it will not bring. */
  watermark(signal: AbortSignal): Promise<string>;

  /**
   * One page of every object, in an order that survives writes in between (by key, not by offset).
   * @param cursor null for the first page, then the `next` of the page before
   * @param limit the most entries to answer with
   */
  readAll(cursor: string | null, limit: number, signal: AbortSignal): Promise<SourcePage>;

  /**
   * Objects that changed since `watermark`: attributes, state, or assignment to the application; hard deletes as
   * `presence: 'deleted'`. Replays, any order and repeats are fine.
   * @throws ENGINE_WATERMARK_EXPIRED when the feed no longer reaches back that far; the engine then reads everything
   */
  readChanges(watermark: string, limit: number, signal: AbortSignal): Promise<ChangePage>;

  /**
   * Objects by id in their present state, in any order; ids that are not there are left out.
   * @param ids at most 100
   */
  readSome(objectType: string, ids: readonly string[], signal: AbortSignal): Promise<readonly SourceEntry[]>;
}

export interface SourcePage {
  readonly entries: readonly SourceEntry[];
  /** null: this was the last page. */
  readonly next: string | null;
}

export interface ChangePage {
  readonly entries: readonly SourceEntry[];
  /** The position after this page. */
  readonly watermark: string;
  /** False: the feed has nothing beyond `watermark` for now. */
  readonly more: boolean;
}

/** What is known of an object that the source no longer has; its connection adds the name it had. */
export function deletedEntry(objectType: string, id: string): SourceEntry {
  return {
    objectType,
    id,
    displayName: id,
    attributes: new Map(),
    presence: 'deleted',
    accountEnabled: false,
    assigned: false,
  };
}
