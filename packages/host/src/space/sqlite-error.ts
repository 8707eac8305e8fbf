import { type Problem, problem, toProblem } from '@joinery/problems';

/** SQLite's primary result codes (sqlite.org/rescode.html) that the host tells apart. */
const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** The primary result code of a `node:sqlite` error, or undefined for another error. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

/**
 * Translates a storage fault once, where it enters.
 * @param path the space file, for the place
 */
export function toSpaceProblem(error: unknown, path: string): Problem {
  switch (sqliteCode(error)) {
    case SQLITE_FULL:
      return problem('HOST_SPACE_DISK_FULL', 'The disk that holds the connector space is full.', {
        place: path,
        cause: error,
      });
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return problem('HOST_SPACE_CORRUPT', 'The file of the connector space is damaged.', {
        place: path,
        cause: error,
      });
    case SQLITE_BUSY:
      return problem('HOST_SPACE_IN_USE', 'Another process holds the connector space.', { place: path, cause: error });
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return problem('HOST_SPACE_UNREADABLE', 'The connector space cannot be read or written.', {
        place: path,
        cause: error,
      });
    default:
      return toProblem(error);
  }
}
