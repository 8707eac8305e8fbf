import { posix } from 'node:path';
import { runtimeError } from '../../errors/raise.ts';
import type { Thrown } from '../../errors/thrown.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { Session } from '../../runtime/session.ts';
import { findDrive } from '../../runtime/visible-drives.ts';
import type { DriveInfo } from '../../types/automation/drive-info.ts';
import { fileSystem, findProvider } from '../../types/automation/provider-info.ts';

/**
 * Where a path leads, as scripts write it.
 * @property inside absolute within the drive, with slashes: `/sub/x.txt`, `/PATH`. Never above the root
 */
export interface PlacedPath {
  readonly drive: DriveInfo;
  readonly inside: string;
}

/** `FileSystem::/a`, with or without the module's name before it. */
const providerPath = /^(?:microsoft\.powershell\.core\\)?([A-Za-z]\w*)::(.*)$/is;
/** `C:\a`, `env:PATH`. A colon after a slash belongs to a name. */
const drivePath = /^([^:/\\]+):(.*)$/s;

/** A path split at its drive, which need not be there; the drive is empty for a path without one. */
export function splitDrive(path: string): { readonly drive: string; readonly path: string } {
  const [, drive = '', rest = path] = drivePath.exec(path) ?? [];
  return { drive, path: rest };
}

/**
 * Places a path: relative to the location of its drive, or of the current one; `~` is the home folder, either slash
 * separates. Links are not followed.
 * @param form `pattern`: what is joined before a relative path is escaped, so that wildcards of folders do not count
 * Throws `Thrown` (`DriveNotFound`, `ProviderNotFound`; for a path of a drive that leads above its root).
 */
export function placePath(session: Session, path: string, form: 'literal' | 'pattern' = 'literal'): PlacedPath {
  const [, provider, behind = ''] = providerPath.exec(path) ?? [];
  if (provider !== undefined) return ofProvider(session, provider, slashed(behind));
  const { drive: name, path: written } = splitDrive(path);
  const rest = slashed(written);
  const { drive } = session;
  if (name !== '') {
    const named = findDrive(session.frame.scope, name);
    if (named === undefined) throw driveNotFound(name);
    return { drive: named, inside: insideOf(named, rest, form, true) };
  }
  if (rest.startsWith('/')) return { drive: rootOf(session), inside: posix.normalize(rest) };
  if (drive.provider === fileSystem && (rest === '~' || rest.startsWith('~/'))) {
    const home = slashed(session.world.environment.get('HOME') ?? '/');
    return { drive: rootOf(session), inside: posix.normalize(`/${escaped(home, form)}/${rest.slice(2)}`) };
  }
  return { drive, inside: insideOf(drive, rest, form, false) };
}

function ofProvider(session: Session, name: string, path: string): PlacedPath {
  const provider = findProvider(name);
  if (provider === undefined) throw providerNotFound(name);
  const drive =
    provider === fileSystem
      ? rootOf(session)
      : findDrive(session.global.top, provider.name === 'Environment' ? 'env' : provider.name);
  if (drive === undefined) throw driveNotFound(provider.name);
  return { drive, inside: posix.normalize(path.startsWith('/') ? path : `/${path}`) };
}

function insideOf(drive: DriveInfo, rest: string, form: 'literal' | 'pattern', isNamed: boolean): string {
  const path = rest.startsWith('/') ? rest : `${escaped(drive.at, form)}/${rest}`;
  // Relative paths end at the root; one that names its drive must not lead out of it.
  if (isNamed && posix.normalize(`./${path}`).startsWith('..')) {
    const written = `${drive.root}/${rest.replace(/^\/+/, '')}`;
    const message = `The path '${written}' referred to an item that was outside the base '${drive.root}'.`;
    const type = 'System.Management.Automation.PSArgumentException';
    throw runtimeError(type, message, { type, category: 'InvalidArgument' });
  }
  return posix.normalize(`/${path}`);
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

function escaped(path: string, form: 'literal' | 'pattern'): string {
  return form === 'pattern' ? WildcardPattern.escape(path) : path;
}

function rootOf(session: Session): DriveInfo {
  const root = findDrive(session.global.top, '/');
  if (root === undefined) throw driveNotFound('/');
  return root;
}

export function driveNotFound(name: string): Thrown {
  return runtimeError('DriveNotFound', `Cannot find drive. A drive with the name '${name}' does not exist.`, {
    type: 'System.Management.Automation.DriveNotFoundException',
    category: 'ObjectNotFound',
    target: name,
  });
}

export function providerNotFound(name: string): Thrown {
  return runtimeError('ProviderNotFound', `Cannot find a provider with the name '${name}'.`, {
    type: 'System.Management.Automation.ProviderNotFoundException',
    category: 'ObjectNotFound',
    target: name,
  });
}

/** The name of an item that a path of a drive without folders leads to; empty for the drive itself. */
export function itemName({ inside }: PlacedPath): string {
  return inside.replace(/^\/+/, '');
}

/** The native path of a placed path of files. */
export function nativeOf({ drive, inside }: PlacedPath): string {
  const path = drive.root === '/' ? inside : posix.join(drive.root, inside);
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

/**
 * A path of files as scripts write it, as an absolute native one: for whatever opens files.
 * Throws `Thrown` as `placePath` does, and for a path of a drive that has no files.
 */
export function resolveNative(session: Session, path: string): string {
  const placed = placePath(session, path);
  if (placed.drive.provider === fileSystem) return nativeOf(placed);
  const { fullName } = placed.drive.provider;
  throw runtimeError(
    'ReadWriteFileNotFileSystemProvider',
    `Cannot open file because the current provider (${fullName}) cannot open a file.`,
    { type: 'System.Management.Automation.PSInvalidOperationException', category: 'InvalidArgument' },
  );
}
