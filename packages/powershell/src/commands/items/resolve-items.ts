import { posix } from 'node:path';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { FileAccess, FileStatus, Session } from '../../runtime/session.ts';
import type { DriveInfo } from '../../types/automation/drive-info.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { textsOf } from '../items-of.ts';
import type { NamedItem, NamedItems } from './named-items.ts';
import { itemName, nativeOf, type PlacedPath, placePath } from './paths.ts';
import { itemsOfProvider } from './provider-items.ts';

/** Something that a path leads to: a file or folder, or an item of another drive. */
export type Item = FoundFile | FoundItem;

export interface FoundFile {
  readonly kind: 'file';
  /** Native. */
  readonly path: string;
  readonly status: FileStatus;
  /** The drive by which it was found. */
  readonly drive: DriveInfo;
}

export interface FoundItem {
  readonly kind: 'item';
  readonly drive: DriveInfo;
  readonly items: NamedItems;
  readonly item: NamedItem;
}

/** The paths that `-Path` or `-LiteralPath` of a cmdlet give, and whether wildcards in them count. */
export function pathsOf(call: CmdletCall): { readonly paths: readonly string[]; readonly isLiteral: boolean } {
  const isLiteral = call.has('LiteralPath');
  return { paths: textsOf(call.get(isLiteral ? 'LiteralPath' : 'Path')), isLiteral };
}

/**
 * The items of a path. Of a plain path that leads nowhere, and of a drive that is not there, writes the error of PowerShell
 * and answers nothing; a wildcard that matches nothing is no error. Wildcards find what is hidden only under `-Force`.
 */
export function resolveItems(call: CmdletCall, path: string, isLiteral: boolean): Item[] {
  try {
    return itemsAt(call, path, isLiteral);
  } catch (error) {
    if (error instanceof NetFailure) call.writeError(accessError(error, path));
    else if (error instanceof Thrown) call.writeError(error.record);
    else throw error;
    return [];
  }
}

function itemsAt(call: CmdletCall, path: string, isLiteral: boolean): Item[] {
  const { session, scope } = call;
  const isPattern = !isLiteral && WildcardPattern.has(path);
  const placed = placePath(session, path, isPattern ? 'pattern' : 'literal');
  const { drive } = placed;
  const items = itemsOfProvider(drive.provider);
  if (items === undefined) {
    if (isPattern) return glob(session, placed, hidesHidden(call));
    return plainFile(call, isLiteral ? placed : unescaped(placed), isLiteral ? path : undefined);
  }
  const name = itemName(placed);
  if (name === '' || isPattern) {
    const pattern = new WildcardPattern(name === '' ? '*' : name);
    return [...items.list(session, scope)]
      .filter((item) => pattern.matches(item.name))
      .map((item) => ({ kind: 'item', drive, items, item }));
  }
  const item = items.find(session, scope, isLiteral ? name : WildcardPattern.unescape(name));
  if (item !== undefined) return [{ kind: 'item', drive, items, item: { ...item, name } }];
  call.writeError(pathNotFound(drive.show(`/${name}`)));
  return [];
}

function plainFile(call: CmdletCall, placed: PlacedPath, literal: string | undefined): Item[] {
  const path = nativeOf(placed);
  const status = call.session.world.files.stat(path);
  if (status !== undefined) return [{ kind: 'file', path, status, drive: placed.drive }];
  const isOdd = literal !== undefined && WildcardPattern.has(literal);
  call.writeError(pathNotFound(isOdd ? literal : placed.drive.showNative(path)));
  return [];
}

/** A path that was written with wildcards escaped, and has no others. */
export function unescaped({ drive, inside }: PlacedPath): PlacedPath {
  return { drive, inside: WildcardPattern.unescape(inside) };
}

export function hidesHidden(call: CmdletCall): boolean {
  return !call.isOn('Force') && !call.isOn('Hidden');
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

/** On Unix what is hidden is what its name says to be. */
export function isHidden(path: string): boolean {
  return posix.basename(path).startsWith('.');
}

/** Files and folders whose paths match, each part of the path by itself. */
export function glob(session: Session, { drive, inside }: PlacedPath, withoutHidden: boolean): FoundFile[] {
  const parts = inside.split('/').filter((part) => part !== '');
  // Folders on the way to the first wildcard need not be granted themselves.
  const plain = parts.findIndex((part) => WildcardPattern.has(part));
  const way = parts.splice(0, plain === -1 ? parts.length : plain).map((part) => WildcardPattern.unescape(part));
  const root = posix.join(drive.root, ...way);
  const status = session.world.files.stat(root);
  let found: FoundFile[] = status === undefined ? [] : [{ kind: 'file', path: root, status, drive }];
  for (const part of parts) found = found.flatMap((folder) => matches(session, folder, part, withoutHidden));
  return found;
}

function matches(session: Session, folder: FoundFile, part: string, withoutHidden: boolean): FoundFile[] {
  const { files } = session.world;
  const entry = (name: string): FoundFile[] => {
    const path = posix.join(folder.path, name);
    const status = statusForPattern(files, path);
    return status === undefined ? [] : [{ kind: 'file', path, status, drive: folder.drive }];
  };
  if (!WildcardPattern.has(part)) return entry(WildcardPattern.unescape(part));
  if (folder.status.kind !== 'directory') return [];
  const pattern = new WildcardPattern(part);
  return files
    .list(folder.path)
    .filter((name) => {
      session.budget.step();
      return pattern.matches(name) && !(withoutHidden && isHidden(name));
    })
    .flatMap(entry)
    .sort(foldersFirst);
}

export function foldersFirst(left: FoundFile, right: FoundFile): number {
  return Number(left.status.kind === 'file') - Number(right.status.kind === 'file');
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

/** The path of an item as it is shown: by its drive. */
export function shownPath(item: Item): string {
  return item.kind === 'file' ? item.drive.showNative(item.path) : item.drive.show(`/${item.item.name}`);
}
