import { isDeepStrictEqual } from 'node:util';
import type { ErrorDump, ParseErrorDump, Vector, VectorResult } from './vector.ts';

/** One place where the engine answered otherwise. `path` names the part of the result. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** Where two results differ; none when they are equal by the rules of the vectors' format. */
export function differences(vector: Vector, got: VectorResult): readonly Difference[] {
  const expected = vector.result;
  const note = vector.note ?? '';
  if ('parse' in expected || 'parse' in got) {
    return 'parse' in expected && 'parse' in got
      ? parseDifferences(expected.parse, got.parse, note)
      : [{ path: 'result', expected, got }];
  }
  const messagesMayDiffer = /messages? (?:after the colon )?may differ/.test(note);
  const found: Difference[] = [];
  const compare = (path: string, left: unknown, right: unknown): void => {
    if (!isDeepStrictEqual(left, right)) found.push({ path, expected: left, got: right });
  };
  compareLists(found, 'output', expected.output, got.output);
  const comparable = (error: ErrorDump): ErrorDump => (messagesMayDiffer ? { ...error, message: '' } : error);
  compareLists(found, 'errors', expected.errors.map(comparable), got.errors.map(comparable));
  compareLists(found, 'warnings', expected.warnings, got.warnings);
  compareLists(found, 'verbose', expected.verbose, got.verbose);
  compareLists(found, 'information', expected.information, got.information);
  compare(
    'terminated',
    expected.terminated === null ? null : comparable(expected.terminated),
    got.terminated === null ? null : comparable(got.terminated),
  );
  compare('files', sorted(expected.files), sorted(got.files));
  return found;
}

function compareLists(found: Difference[], path: string, expected: readonly unknown[], got: readonly unknown[]): void {
  const length = Math.max(expected.length, got.length);
  for (let at = 0; at < length; at++) {
    const left = at < expected.length ? expected[at] : nothing;
    const right = at < got.length ? got[at] : nothing;
    if (!isDeepStrictEqual(left, right)) found.push({ path: `${path}[${at}]`, expected: left, got: right });
  }
}

const nothing = '(nothing)';

/** Where the note says that only the first error's id and line count, nothing else is looked at. */
function parseDifferences(
  expected: readonly ParseErrorDump[],
  got: readonly ParseErrorDump[],
  note: string,
): readonly Difference[] {
  if (!note.startsWith('what counts')) {
    const found: Difference[] = [];
    compareLists(found, 'parse', expected, got);
    return found;
  }
  const first = (errors: readonly ParseErrorDump[]): unknown =>
    errors[0] === undefined ? undefined : { id: errors[0].id, line: errors[0].line };
  return isDeepStrictEqual(first(expected), first(got))
    ? []
    : [{ path: 'parse[0]', expected: first(expected), got: got[0] }];
}

function sorted(files: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1));
}
