import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { accessDenied, fileFailure, systemCode } from './file-failure.ts';

/**
 * A folder (or one file) that scripts may use.
 * @property path absolute
 * @property access `write` includes reading
 */
export interface Grant {
  readonly path: string;
  readonly access: 'read' | 'write';
}

interface Root {
  readonly real: string;
  readonly isWritable: boolean;
}

/**
 * Decides which paths scripts may use. Every path is made absolute, its links are resolved as far as it exists, and only
 * then is it compared with the granted roots, whose own links were resolved when the grant was made.
 */
export class GrantedPaths {
  readonly #roots: readonly Root[];

  /** Throws the system's error where a granted path does not exist. */
  constructor(grants: readonly Grant[]) {
    this.#roots = grants.map(({ path, access }) => ({
      real: realpathSync.native(path),
      isWritable: access === 'write',
    }));
  }

  /**
   * The path without links, to be used in place of the one asked for.
   * @param last `keep` leaves a link at the end alone: for removing and renaming the link itself
   * Throws `NetFailure` (`System.UnauthorizedAccessException`) for what lies outside.
   */
  resolve(path: string, access: 'read' | 'write', last: 'follow' | 'keep' = 'follow'): string {
    if (!isAbsolute(path) || path.includes('\0')) throw accessDenied(path);
    const plain = resolve(path);
    const real =
      last === 'keep' && plain !== dirname(plain)
        ? join(realPath(dirname(plain), path), tail(plain))
        : realPath(plain, path);
    if (!this.covers(real, access)) throw accessDenied(path);
    return real;
  }

  /** True where a path without links lies in a granted root. */
  covers(real: string, access: 'read' | 'write'): boolean {
    return this.#roots.some((root) => (root.isWritable || access === 'read') && isBelow(root.real, real));
  }
}

function tail(path: string): string {
  return path.slice(dirname(path).length).replace(/^[/\\]+/, '');
}

/** The real path of what exists, with the names that do not exist yet after it. A link that leads nowhere is refused: what it would create lies wherever it points. */
function realPath(plain: string, asked: string): string {
  const missing: string[] = [];
  let existing = plain;
  for (;;) {
    try {
      const real = realpathSync.native(existing);
      return missing.length === 0 ? real : join(real, ...missing.reverse());
    } catch (error) {
      const code = systemCode(error);
      if (code === 'ERR_ACCESS_DENIED') throw accessDenied(asked);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw fileFailure(error, asked);
      if (isLink(existing, asked)) throw accessDenied(asked);
      const parent = dirname(existing);
      if (parent === existing) throw accessDenied(asked);
      missing.push(tail(existing));
      existing = parent;
    }
  }
}

function isLink(path: string, asked: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch (error) {
    // A name below a file.
    if (systemCode(error) === 'ENOTDIR') return false;
    throw fileFailure(error, asked);
  }
}

/** Names on Windows have no case. */
const comparable = (path: string): string => (process.platform === 'win32' ? path.toLowerCase() : path);

function isBelow(root: string, path: string): boolean {
  const way = relative(comparable(root), comparable(path));
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
