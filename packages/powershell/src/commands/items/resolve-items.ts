import { posix } from 'node:path';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { FileAccess, FileStatus, Session } from '../../runtime/session.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { textsOf } from '../items-of.ts';
import type { Drive, DriveItem } from './drive.ts';
import { driveNamed } from './drives.ts';
import { resolveNative, splitDrive } from './paths.ts';

/** Something that a path leads to: a file or folder, or an item of another drive. */
export type Item = FoundFile | FoundItem;

export interface FoundFile {
  readonly kind: 'file';
  readonly path: string;
  readonly status: FileStatus;
}

export interface FoundItem {
  readonly kind: 'item';
  readonly drive: Drive;
  readonly item: DriveItem;
}

/** The paths that `-Path` or `-LiteralPath` of a cmdlet give, and whether wildcards in them count. */
export function pathsOf(call: CmdletCall): { readonly paths: readonly string[]; readonly isLiteral: boolean } {
  const isLiteral = call.has('LiteralPath');
  return { paths: textsOf(call.get(isLiteral ? 'LiteralPath' : 'Path')), isLiteral };
}

/**
 * The items of a path. Of a plain path that leads nowhere, and of a drive that is not there, writes the error of PowerShell
 * and answers nothing; a wildcard that matches nothing is no error.
 */
export function resolveItems(call: CmdletCall, path: string, isLiteral: boolean): Item[] {
  const { drive: driveName, path: name } = splitDrive(path);
  if (driveName !== 'file') {
    const drive = driveNamed(driveName);
    if (drive === undefined) {
      call.writeError(driveNotFound(driveName));
      return [];
    }
    return driveItems(call, drive, name, isLiteral);
  }
  try {
    return fileItems(call, path, isLiteral);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    call.writeError(accessError(error, path));
    return [];
  }
}

export function driveNotFound(name: string): ErrorRecord {
  return cmdletError('DriveNotFound', `Cannot find drive. A drive with the name '${name}' does not exist.`, {
    type: 'System.Management.Automation.DriveNotFoundException',
    category: 'ObjectNotFound',
    target: name,
  });
}

/** A path that may not be looked at. */
export function accessError(error: NetFailure, path: string): ErrorRecord {
  return new ErrorRecord(error.exception, 'ItemExistsUnauthorizedAccessError', 'PermissionDenied', path);
}

export function pathNotFound(path: string): ErrorRecord {
  return cmdletError('PathNotFound', `Cannot find path '${path}' because it does not exist.`, {
    type: 'System.Management.Automation.ItemNotFoundException',
    category: 'ObjectNotFound',
    target: path,
  });
}

function driveItems(call: CmdletCall, drive: Drive, written: string, isLiteral: boolean): Item[] {
  const { session, scope } = call;
  const name = written.replace(/^[/\\]/, '');
  if (name === '' || (!isLiteral && WildcardPattern.has(name))) {
    const pattern = new WildcardPattern(name === '' ? '*' : name);
    return [...drive.list(session, scope)]
      .filter((item) => pattern.matches(item.name))
      .map((item) => ({ kind: 'item', drive, item }));
  }
  const item = drive.find(session, scope, isLiteral ? name : WildcardPattern.unescape(name));
  if (item !== undefined) return [{ kind: 'item', drive, item }];
  const label = drive.provider === 'Environment' ? 'Env' : drive.provider;
  call.writeError(pathNotFound(`${label}:/${name}`));
  return [];
}

function fileItems(call: CmdletCall, path: string, isLiteral: boolean): Item[] {
  const { session } = call;
  if (!isLiteral && WildcardPattern.has(path)) return glob(session, path);
  const native = resolveNative(session, isLiteral ? path : WildcardPattern.unescape(path));
  const status = session.world.files.stat(native);
  if (status !== undefined) return [{ kind: 'file', path: native, status }];
  call.writeError(pathNotFound(isLiteral && WildcardPattern.has(path) ? path : native));
  return [];
}

/** Files and folders whose paths match, each part of the path by itself. Names that begin with a dot count too. */
export function glob(session: Session, path: string): FoundFile[] {
  const slashed = splitDrive(path).path.replaceAll('\\', '/');
  const parts = slashed.split('/').filter((part) => part !== '');
  const start = slashed.startsWith('/') ? '/' : parts[0] === '~' ? resolveNative(session, '~') : session.location;
  if (parts[0] === '~' && !slashed.startsWith('/')) parts.shift();
  // Folders on the way to the first wildcard need not be granted themselves.
  const plain = parts.findIndex((part) => WildcardPattern.has(part));
  const way = parts.splice(0, plain === -1 ? parts.length : plain).map((part) => WildcardPattern.unescape(part));
  const root = posix.join(start, ...way);
  const status = session.world.files.stat(root);
  let found: FoundFile[] = status === undefined ? [] : [{ kind: 'file', path: root, status }];
  for (const part of parts) found = found.flatMap((folder) => matches(session, folder, part));
  return found;
}

function matches(session: Session, folder: FoundFile, part: string): FoundFile[] {
  const { files } = session.world;
  const entry = (name: string): FoundFile[] => {
    const path = posix.join(folder.path, name);
    const status = statusForPattern(files, path);
    return status === undefined ? [] : [{ kind: 'file', path, status }];
  };
  if (!WildcardPattern.has(part)) return entry(WildcardPattern.unescape(part));
  if (folder.status.kind !== 'directory') return [];
  const pattern = new WildcardPattern(part);
  return files
    .list(folder.path)
    .filter((name) => pattern.matches(name))
    .flatMap(entry);
}

/** A pattern does not match what may not be looked at. */
function statusForPattern(files: FileAccess, path: string): FileStatus | undefined {
  try {
    return files.stat(path);
  } catch (error) {
    if (error instanceof NetFailure) return undefined;
    throw error;
  }
}

/** The name that `-Filter`, `-Include` and `-Exclude` look at. */
export function nameOfItem(item: Item): string {
  return item.kind === 'file' ? posix.basename(item.path) : item.item.name;
}

/** `-Filter`, `-Include` and `-Exclude` of a cmdlet. */
export function itemFilter(call: CmdletCall): (item: Item) => boolean {
  const wildcards = (parameter: string) => textsOf(call.get(parameter)).map((pattern) => new WildcardPattern(pattern));
  const filter = wildcards('Filter');
  const include = wildcards('Include');
  const exclude = wildcards('Exclude');
  return (item) => {
    const name = nameOfItem(item);
    const fits = (patterns: readonly WildcardPattern[]) => patterns.some((pattern) => pattern.matches(name));
    if (filter.length > 0 && !fits(filter)) return false;
    return (include.length === 0 || fits(include)) && !fits(exclude);
  };
}
