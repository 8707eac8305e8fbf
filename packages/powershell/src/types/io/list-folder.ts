import { posix } from 'node:path';
import { NetFailure, netFailure } from '../../errors/raise.ts';
import type { FileStatus, Session } from '../../runtime/session.ts';
import { FileItem } from './file-item.ts';

/**
 * What a listing looks for.
 * @property pattern `*` and `?` of .NET's search patterns; `*.*` is everything. Case counts, as it does on Linux
 */
export interface Listing {
  readonly kind: FileStatus['kind'] | 'any';
  readonly pattern?: string;
  readonly isRecursive?: boolean;
}

/**
 * What a folder holds, in the order of names; recursive listings give the files of a folder before those of the folders in
 * it and do not go into links. What may not be looked at (a link that leads out) counts as a file.
 * @param shown how the folder was given: the paths that are answered begin with it
 * @throws NetFailure DirectoryNotFoundException, ArgumentException for a pattern with a NUL
 */
export function* listFolder(session: Session, folder: string, listing: Listing, shown = folder): Generator<FileItem> {
  const isWanted = matcher(listing.pattern ?? '*');
  const waiting = [{ folder, shown }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const name of session.world.files.list(next.folder)) {
      session.budget.step();
      const path = posix.join(next.folder, name);
      const status = statusOf(session, path);
      const original =
        next.shown === '' ? name : next.shown.endsWith('/') ? next.shown + name : `${next.shown}/${name}`;
      const kind = status?.kind ?? 'file';
      if ((listing.kind === 'any' || listing.kind === kind) && isWanted(name)) {
        yield new FileItem(path, status, { kind, original });
      }
      if (listing.isRecursive === true && kind === 'directory' && status?.isLink === false) {
        waiting.push({ folder: path, shown: original });
      }
    }
  }
}

function statusOf(session: Session, path: string): FileStatus | undefined {
  try {
    return session.world.files.stat(path);
  } catch (error) {
    if (error instanceof NetFailure) return undefined;
    throw error;
  }
}

function matcher(pattern: string): (name: string) => boolean {
  if (pattern.includes('\0'))
    throw netFailure('System.ArgumentException', 'Null character in path.', { parameter: 'expression' });
  if (pattern === '*' || pattern === '*.*') return () => true;
  return (name) => matches(pattern, name);
}

/** Goes back to the last `*` only, so that no pattern takes longer than the product of the two lengths. */
function matches(pattern: string, name: string): boolean {
  let [at, unit, star, mark] = [0, 0, -1, 0];
  while (unit < name.length) {
    if (at < pattern.length && pattern[at] === '*') {
      star = at++;
      mark = unit;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[unit])) {
      at++;
      unit++;
    } else if (star >= 0) {
      at = star + 1;
      unit = ++mark;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
