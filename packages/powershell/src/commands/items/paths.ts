import { posix } from 'node:path';
import type { Session } from '../../runtime/session.ts';

/** A path split at its drive: `env:PATH`, `function:f`, `FileSystem::/tmp`. Paths without one are of the file system. */
export interface DrivePath {
  /** Folded name of the drive: `variable`, `function`, `env`, `alias`, or `file`. */
  readonly drive: string;
  /** What follows the colon; a path of the file system as it is. */
  readonly path: string;
}

export function splitDrive(path: string): DrivePath {
  const provider = /^(?:microsoft\.powershell\.core\\)?(filesystem|variable|function|environment|alias)::(.*)$/is.exec(
    path,
  );
  if (provider !== null) {
    const [, name = '', rest = ''] = provider;
    const folded = name.toLowerCase();
    return { drive: folded === 'filesystem' ? 'file' : folded === 'environment' ? 'env' : folded, path: rest };
  }
  const [, drive = '', rest = ''] = /^([A-Za-z][A-Za-z0-9_]*):(.*)$/s.exec(path) ?? [];
  return drive === '' ? { drive: 'file', path } : { drive: drive.toLowerCase(), path: rest };
}

/**
 * A path of the file system as scripts write it, made absolute: relative to the location, `~` is the home folder, either
 * slash separates. Links are not followed.
 */
export function resolveNative(session: Session, path: string): string {
  const { path: rest } = splitDrive(path);
  const slashed = rest.replaceAll('\\', '/');
  if (slashed === '~' || slashed.startsWith('~/')) {
    return posix.normalize(`${session.world.environment.get('HOME') ?? ''}/${slashed.slice(2)}`);
  }
  const resolved = posix.resolve(session.location, slashed);
  return resolved;
}
