import type { ErrorRecord } from '../../errors/error-record.ts';
import { runtimeError } from '../../errors/raise.ts';
import type { Thrown } from '../../errors/thrown.ts';
import type { Instance } from '../../values/instance.ts';
import type { Frame } from '../frame.ts';
import type { Output } from '../output.ts';
import { type ActionPreference, preferenceOf } from '../preference.ts';
import type { Session } from '../session.ts';
import { StoppedError, stoppedMessage } from './invocation-error.ts';

/** A command that writes to the streams: whose preferences hold, and what it was told itself. */
export interface StreamWriter {
  readonly session: Session;
  /** The frame whose scope has the preference variables, and whose `-ErrorVariable` and the like listen. */
  readonly frame: Frame;
  /** `-ErrorAction` and its kind, where the call has them. */
  readonly actions: ReadonlyMap<MessageStream | 'error', ActionPreference>;
  readonly collectors: ReadonlyMap<MessageStream | 'error', (record: Instance) => void>;
}

export type MessageStream = 'warning' | 'verbose' | 'debug' | 'information' | 'progress';

const variableNames: Readonly<Record<MessageStream | 'error', string>> = {
  error: 'ErrorActionPreference',
  warning: 'WarningPreference',
  verbose: 'VerbosePreference',
  debug: 'DebugPreference',
  information: 'InformationPreference',
  progress: 'ProgressPreference',
};

/** Writes a non-terminating error. Under Stop it is thrown. */
export function writeErrorRecord(writer: StreamWriter, record: ErrorRecord, out: Output): void {
  const { session } = writer;
  const action = actionFor(writer, 'error');
  session.lastSucceeded = false;
  if (action === 'Ignore') return;
  if (action === 'Stop' || action === 'Inquire') throw new StoppedError(recordUnderStop(record));
  session.addError(record);
  writer.collectors.get('error')?.(record);
  writer.frame.errorSink?.(record);
  if (action !== 'SilentlyContinue') out.write(record);
}

/** Writes a warning, a verbose or debug message, information or progress, by its preference. */
export function writeMessageRecord(
  writer: StreamWriter,
  stream: MessageStream,
  record: Instance,
  text: string,
  out: Output,
): void {
  const action = actionFor(writer, stream);
  if (action === 'Ignore') return;
  if (stream === 'warning' || stream === 'information') {
    writer.collectors.get(stream)?.(record);
    writer.frame.recordSink?.(stream, record);
  }
  if (action === 'SilentlyContinue') {
    if (stream === 'information') out.write(record);
    return;
  }
  out.write(record);
  if (action !== 'Stop') return;
  throw stopped(stoppedMessage(variableNames[stream], text));
}

/** The error of a script that does not parse has no exception of its own to be thrown: Stop gives it one. */
function recordUnderStop(record: ErrorRecord): ErrorRecord {
  const { exception, errorId, category, target } = record;
  if (exception.type.name !== 'System.Management.Automation.ParentContainsErrorRecordException') return record;
  const message = stoppedMessage(variableNames.error, exception.message);
  const type = 'System.Management.Automation.ActionPreferenceStopException';
  const stop = runtimeError(errorId, message, { type, category, target }).record;
  stop.invocation = record.invocation;
  return stop;
}

function stopped(message: string): Thrown {
  const { record } = runtimeError('ActionPreferenceStop', message, {
    type: 'System.Management.Automation.ActionPreferenceStopException',
    category: 'OperationStopped',
  });
  return new StoppedError(record);
}

function actionFor(writer: StreamWriter, stream: MessageStream | 'error'): ActionPreference {
  return writer.actions.get(stream) ?? preferenceOf(writer.frame.scope, variableNames[stream].toLowerCase());
}
