import type { ErrorRecord } from '../errors/error-record.ts';
import type { Instance } from '../values/instance.ts';
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

/** What a host of the engine is told while a script runs. */
export type StreamRecord =
  | { readonly stream: 'error'; readonly record: ErrorRecord }
  | { readonly stream: 'warning' | 'verbose' | 'debug' | 'information' | 'progress'; readonly record: Instance };
