import type { Frame } from '../runtime/frame.ts';
import { placeOf } from '../syntax/source.ts';
import type { ErrorRecord } from './error-record.ts';
import { InvocationInfo } from './invocation-info.ts';

/** Tells a record where it happened, unless it knows: the statement that runs in the frame, and the calls that led there. */
export function placeError(record: ErrorRecord, frame: Frame): void {
  const { position } = frame;
  if (record.invocation === undefined && position !== undefined) {
    record.invocation = new InvocationInfo(frame.source, position.start, position.end);
  }
  record.scriptStackTrace ??= stackTrace(frame);
}

/** `at Inner, <No file>: line 1`, innermost first: what `ScriptStackTrace` shows. */
export function stackTrace(innermost: Frame): string {
  const lines: string[] = [];
  for (let frame: Frame | undefined = innermost; frame !== undefined; frame = frame.caller) {
    if (frame.position === undefined) continue;
    const { line } = placeOf(frame.source, frame.position.start);
    lines.push(`at ${frame.name}, ${frame.source.file ?? '<No file>'}: line ${line}`);
  }
  return lines.join('\n');
}
