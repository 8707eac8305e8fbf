import { type Problem, problem } from '@joinery/problems';
import type { Failure, PlacedError } from '../sandbox/protocol.ts';
import type { Ended } from '../sandbox/script-process.ts';
import type { EngineError } from './value.ts';
import { decodeValue } from './wire.ts';

/** The problem that a failed run stands for; a cancelled one is the caller's own. */
export function failureProblem(failure: Exclude<Failure, { readonly reason: 'cancelled' }>): Problem {
  switch (failure.reason) {
    case 'script':
      return scriptProblem(failure.error);
    case 'parse':
      return placedProblem('POWERSHELL_PARSE', failure.errors, failure.file);
    case 'refused':
      return placedProblem('POWERSHELL_REFUSED', failure.errors, failure.file);
    case 'fault':
      return problem('POWERSHELL_ENGINE_FAULT', failure.message, { cause: new Error(failure.stack) });
    default:
      return problem(limitCodes[failure.reason], failure.message);
  }
}

const limitCodes = {
  time: 'POWERSHELL_TIME_LIMIT',
  memory: 'POWERSHELL_MEMORY_LIMIT',
  output: 'POWERSHELL_OUTPUT_LIMIT',
} as const;

/** `cause` is the error as a value. */
function scriptProblem(wire: unknown): Problem {
  const error = decodeValue(wire);
  if (!isError(error)) throw new TypeError('a script failed with something that is no error');
  const place = error.line === 0 ? undefined : placeText(error.file, error);
  return problem('POWERSHELL_SCRIPT_FAILED', error.message, {
    ...(place === undefined ? {} : { place }),
    cause: error,
  });
}

function isError(value: unknown): value is EngineError {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'error';
}

/** `cause` is the whole list. */
function placedProblem(
  code: 'POWERSHELL_PARSE' | 'POWERSHELL_REFUSED',
  errors: readonly PlacedError[],
  file: string | null,
): Problem {
  const [first, ...rest] = errors;
  if (first === undefined) throw new TypeError('a script was refused without a reason');
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
  return problem(code, `${first.id}: ${first.message}${more}`, {
    place: placeText(file ?? undefined, first),
    cause: errors,
  });
}

/** `file:line:column`, as editors understand it. */
export function placeText(
  file: string | undefined,
  { line, column }: { readonly line: number; readonly column: number },
): string {
  return file === undefined ? `line ${line}, column ${column}` : `${file}:${line}:${column}`;
}

/** The problem of a process that is gone in the middle of its work. */
export function endedProblem(ended: Ended, killedFor: 'time' | 'memory' | undefined): Problem {
  if (killedFor === 'time') return problem('POWERSHELL_TIME_LIMIT', 'It did not end when its time was over.');
  if (killedFor === 'memory' || ended.isOutOfMemory) {
    return problem('POWERSHELL_MEMORY_LIMIT', 'It needed more memory than its process may have.');
  }
  return problem('POWERSHELL_ENGINE_ENDED', `The process ${ended.how}.`, { cause: new Error(ended.output) });
}

/** Runs what reads an answer of the process that runs scripts, which is not to be trusted. @throws POWERSHELL_ENGINE_FAULT */
export function received<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw faultOf(error);
  }
}

/** What was sent is no frame, no JSON, no answer or no value. Other errors pass unchanged. */
export function faultOf(error: unknown): unknown {
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError
    ? problem('POWERSHELL_ENGINE_FAULT', `The process sent nonsense: ${error.message}.`, { cause: error })
    : error;
}
