import { type Problem, problem, toProblem } from '@joinery/problems';

/** The code of a fault that the operating system reported through Node (`ENOENT`, `EADDRINUSE`, …), or undefined for any other fault. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Translates a fault of writing a file, at the one edge where it enters.
 * EFBIG is the limit on the size of one file (ulimit, file system): for whoever wants to write it is a full disk too.
 * @returns RUNTIME_DISK_FULL, RUNTIME_FILE_UNWRITABLE, or what {@link toProblem} makes of it
 */
export function writeFault(path: string, error: unknown): Problem {
  const code = systemErrorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return problem('RUNTIME_DISK_FULL', 'There is no room left to write the file.', { place: path, cause: error });
  }
  if (code !== undefined && unwritable.has(code)) {
    return problem('RUNTIME_FILE_UNWRITABLE', `The file cannot be written (${code}).`, { place: path, cause: error });
  }
  return toProblem(error);
}

const unwritable = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'ENAMETOOLONG',
  'EIO',
  'EMFILE',
  'EBUSY',
  'ELOOP',
]);
