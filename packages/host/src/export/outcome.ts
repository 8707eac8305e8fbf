import type { CSEntryChange, CSEntryChangeResult } from '@joinery/connector';

/** What is known of each entry after a call to the target. */
export type EntryOutcome =
  | { readonly kind: 'applied'; readonly result: CSEntryChangeResult | undefined }
  /** The call failed, and the target was found as the write wanted it. `result`: what it would have said of an anchor that it made. */
  | { readonly kind: 'found'; readonly result: CSEntryChangeResult | undefined }
  | { readonly kind: 'refused'; readonly result: CSEntryChangeResult }
  /** The target has not been given it, or was found as it was before. */
  | { readonly kind: 'notSent'; readonly error: unknown }
  | { readonly kind: 'unknown'; readonly error: unknown };

/** One call with one batch. */
export interface ExportCall {
  /** By the identifier of the entry. */
  readonly outcomes: ReadonlyMap<string, EntryOutcome>;
  /** Resolves when the connector has really let go of the call, which after a time-out may be much later. */
  readonly released: Promise<void>;
  /** The run had been opened for an earlier batch, so that what failed may only have been the old connection. */
  readonly reused: boolean;
}

/** How far a call came. */
export interface CallEnd {
  readonly results: readonly CSEntryChangeResult[];
  /** The entries were handed to the connector. */
  readonly sent: boolean;
  /** What ended the call before its end. */
  readonly fault: unknown;
}

/** A missing result means success only when the run ended normally (contract, `putEntries`). */
export function outcomesOf(
  entries: readonly CSEntryChange[],
  { results, sent, fault }: CallEnd,
): ReadonlyMap<string, EntryOutcome> {
  const byIdentifier = new Map(results.map((result) => [result.identifier, result]));
  return new Map(
    entries.map((entry): [string, EntryOutcome] => {
      const result = byIdentifier.get(entry.identifier);
      if (result !== undefined) return [entry.identifier, resultOutcome(entry, result)];
      if (fault === undefined) return [entry.identifier, { kind: 'applied', result }];
      return [entry.identifier, { kind: sent ? 'unknown' : 'notSent', error: fault }];
    }),
  );
}

function resultOutcome(entry: CSEntryChange, result: CSEntryChangeResult): EntryOutcome {
  const isGone = result.errorCode === 'ExportErrorConnectedDirectoryMissingObject';
  // An object that is gone is what a Delete wanted; callers repeat deletes (host sheet 3.8).
  if (result.errorCode === 'Success' || (entry.objectModificationType === 'Delete' && isGone))
    return { kind: 'applied', result };
  return { kind: 'refused', result };
}

/** The connector asks for the same object as an Add. */
export function isConversion(outcome: EntryOutcome | undefined): boolean {
  return outcome?.kind === 'refused' && outcome.result.errorCode === 'ExportActionConvertUpdateToAdd';
}
