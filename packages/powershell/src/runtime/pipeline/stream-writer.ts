import type { ErrorRecord } from '../../errors/error-record.ts';
import type { Instance } from '../../values/instance.ts';
import { InformationRecord, MessageRecord } from '../../values/stream-records.ts';
import type { Value } from '../../values/value.ts';
import type { Frame } from '../frame.ts';
import type { CommandCall } from './call-options.ts';
import type { CommonOptions } from './common-options.ts';
import { activityOf } from './invocation-error.ts';
import { type StreamWriter, writeErrorRecord, writeMessageRecord } from './write-record.ts';

/** Writes to the streams in the name of one call: by the preferences that hold for it. */
export class CallWriter implements StreamWriter {
  readonly session: CommandCall['session'];
  readonly frame: Frame;
  readonly actions: CommonOptions['actions'];
  readonly collectors: CommonOptions['collectors'];
  readonly #call: CommandCall;
  /** True once it wrote an error. */
  failed = false;

  /** @param frame whose scope has the preference variables: the caller's, or the function's own */
  constructor(call: CommandCall, { actions, collectors }: Pick<CommonOptions, 'actions' | 'collectors'>, frame: Frame) {
    this.session = call.session;
    this.#call = call;
    this.actions = actions;
    this.collectors = collectors;
    this.frame = frame;
  }

  /** A non-terminating error, completed by the call's name and place. */
  error(record: ErrorRecord): void {
    this.failed = true;
    this.complete(record);
    writeErrorRecord(this, record, this.#call.streams.error);
  }

  /** A record that knows its place keeps that and its name: `Write-Error` speaks for the function that calls it. */
  complete(record: ErrorRecord): void {
    if (record.invocation === undefined) {
      if (this.#call.errorName !== '') record.commandName ??= this.#call.errorName;
      record.invocation = this.#call.invocation;
      record.activity ??= activityOf(this.#call.invocation);
    }
    record.exception.record ??= record;
  }

  message(stream: 'warning' | 'verbose' | 'debug', text: string): void {
    const kind = stream === 'warning' ? 'Warning' : stream === 'verbose' ? 'Verbose' : 'Debug';
    const record = new MessageRecord(kind, text, this.#call.invocation);
    writeMessageRecord(this, stream, record, text, this.#call.streams[stream]);
  }

  information(data: Value, tags: readonly string[]): void {
    const record =
      data instanceof InformationRecord
        ? data
        : new InformationRecord(
            data,
            this.#call.invocation.source?.file ?? this.#call.errorName,
            tags,
            this.session.clock.now(),
          );
    const text = this.session.text(record.messageData);
    writeMessageRecord(this, 'information', record, text, this.#call.streams.information);
  }

  progress(record: Instance): void {
    writeMessageRecord(this, 'progress', record, '', this.#call.streams.progress);
  }
}
