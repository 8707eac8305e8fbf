import { type NetFailure, netFailure } from '../errors/raise.ts';

/** The refusal of a path that no grant covers: the same as the system's own, so that scripts handle it as they do on a real machine. */
export function accessDenied(path: string): NetFailure {
  return netFailure('System.UnauthorizedAccessException', `Access to the path '${path}' is denied.`);
}

/** The refusal of a file that a stream keeps for itself. */
export function fileInUse(path: string): NetFailure {
  const message = `The process cannot access the file '${path}' because it is being used by another process.`;
  return netFailure('System.IO.IOException', message);
}

/** What .NET throws where Node failed at a file. Errors that are no system errors pass unchanged. */
export function fileFailure(error: unknown, path: string, isDirectoryWanted = false): unknown {
  switch (systemCode(error)) {
    case undefined:
      return error;
    case 'ENOENT':
      return isDirectoryWanted
        ? netFailure('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`)
        : netFailure('System.IO.FileNotFoundException', `Could not find file '${path}'.`, {
            details: { FileName: path },
          });
    case 'ENOTDIR':
      return netFailure('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`);
    case 'EEXIST':
      return netFailure('System.IO.IOException', `The file '${path}' already exists.`);
    case 'ENOTEMPTY':
      return netFailure('System.IO.IOException', `Directory not empty : '${path}'`);
    case 'ENOSPC':
      return netFailure('System.IO.IOException', `No space left on device : '${path}'`);
    case 'ENAMETOOLONG':
      return netFailure('System.IO.PathTooLongException', `The path '${path}' is too long.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EISDIR':
    case 'ELOOP':
    case 'ERR_ACCESS_DENIED':
      return accessDenied(path);
    default:
      return netFailure('System.IO.IOException', `The file '${path}' could not be used (${systemCode(error)}).`);
  }
}

/** `ENOENT` and the like; `undefined` for what is no error of the system. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
