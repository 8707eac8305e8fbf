import type { Output } from './output.ts';

/**
 * The streams beside output. Records: ErrorRecord, WarningRecord, VerboseRecord, DebugRecord, InformationRecord, ProgressRecord.
 * A redirection replaces one of them; `2>&1` makes `error` write into the output.
 */
export interface Streams {
  readonly error: Output;
  readonly warning: Output;
  readonly verbose: Output;
  readonly debug: Output;
  readonly information: Output;
  readonly progress: Output;
}
