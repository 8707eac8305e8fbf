import type { ErrorRecord } from './error-record.ts';

/**
 * An error of the script on its way up, as JavaScript carries it.
 *
 * - `statement`: a statement-terminating error (`1/0`, a failed cast, a binding error, `ThrowTerminatingError`): it ends
 *   its statement, is reported, and the script goes on, unless a caller is inside a `try` or has a trap.
 * - `throw`: a `throw` statement: it ends the script unless caught, or unless `$ErrorActionPreference` silences it.
 * - `script`: an error under `-ErrorAction Stop` or `$ErrorActionPreference = 'Stop'`: it ends the script unless caught.
 */
export class Thrown extends Error {
  readonly record: ErrorRecord;
  reach: 'statement' | 'throw' | 'script';
  /** Whether `Stop` made a terminating error of it: handlers may then name ActionPreferenceStopException. */
  readonly wasStopped: boolean;
  /** Set once it was put into `$Error`, so that it is there once only. */
  recorded = false;

  constructor(record: ErrorRecord, reach: 'statement' | 'throw' | 'script' = 'statement') {
    super(record.exception.message);
    this.record = record;
    this.reach = reach;
    this.wasStopped = reach === 'script';
  }
}
