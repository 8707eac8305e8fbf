import type { ErrorRecord } from './error-record.ts';

/**
 * An error of the script on its way up, as JavaScript carries it.
 *
 * - `statement`: a statement-terminating error (`1/0`, a failed cast, a binding error, `ThrowTerminatingError`): it ends
 *   its statement, is reported, and the script goes on, unless a caller is inside a `try` or has a trap.
 * - `script`: `throw`, or an error under `-ErrorAction Stop`: it ends the script unless caught.
 */
export class Thrown extends Error {
  readonly record: ErrorRecord;
  readonly reach: 'statement' | 'script';
  /** Set once it was put into `$Error`, so that it is there once only. */
  recorded = false;

  constructor(record: ErrorRecord, reach: 'statement' | 'script' = 'statement') {
    super(record.exception.message);
    this.record = record;
    this.reach = reach;
  }
}
