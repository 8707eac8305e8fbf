import type { Frame } from '../runtime/frame.ts';
import { placeOf } from '../syntax/source.ts';
import type { Extent } from '../syntax/tree/index.ts';
import type { ErrorRecord } from './error-record.ts';
import { InvocationInfo } from './invocation-info.ts';
import { Thrown } from './thrown.ts';

/** Tells a record where it happened, unless it knows: the statement that runs in the frame, and the calls that led there. */
export function placeError(record: ErrorRecord, frame: Frame): void {
  const { position } = frame;
  if (record.invocation === undefined && position !== undefined) {
    record.invocation = new InvocationInfo(frame.source, position.start, position.end);
  }
  record.scriptStackTrace ??= stackTrace(frame);
}

/** Runs something whose errors belong to a place of their own, not to the statement as a whole. */
export function placedAt<T>(position: Extent, frame: Frame, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Thrown) {
      error.record.invocation ??= new InvocationInfo(frame.source, position.start, position.end);
    }
    throw error;
  }
}

/** `at Inner, <No file>: line 1`, innermost first: what `ScriptStackTrace` shows. */
function stackTrace(innermost: Frame): string {
  const lines: string[] = [];
  for (let frame: Frame | undefined = innermost; frame !== undefined; frame = frame.caller) {
    if (frame.position === undefined) continue;
    const { line } = placeOf(frame.source, frame.position.start);
    lines.push(`at ${frame.name}, ${frame.source.file ?? '<No file>'}: line ${line}`);
  }
  return lines.join('\n');
}
