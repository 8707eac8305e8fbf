import { posix } from 'node:path';
import { resolveNative } from '../commands/items/paths.ts';
import type { Session } from '../runtime/session.ts';
import { folderVersion, moduleFilesIn, moduleFolders } from './available-modules.ts';

const extensions = ['.psd1', '.psm1', '.ps1'];
const foreign = ['.dll', '.cdxml', '.exe', '.ni.dll'];

/** Modules that are part of the engine: importing them changes nothing. */
const builtIn = new Set([
  'microsoft.powershell.core',
  'microsoft.powershell.utility',
  'microsoft.powershell.management',
  'microsoft.powershell.security',
]);

export function isBuiltInModule(name: string): boolean {
  return builtIn.has(name.toLowerCase());
}

/** True for what names a file or folder rather than a module to be searched for. */
export function isModulePath(name: string): boolean {
  return /[/\\]/.test(name) || /^\.\.?$/.test(name) || name.startsWith('~');
}

/** True for a file name with an extension that a module cannot have. */
export function hasForeignExtension(name: string): boolean {
  const extension = posix.extname(name).toLowerCase();
  return extension !== '' && ![...extensions, ...foreign].includes(extension) && !/^\.\d+$/.test(extension);
}

/**
 * The file that a module name or path stands for, absolute; `undefined` where there is none. A path may leave the extension
 * out or name the module's folder; a name is looked for in the folders of `PSModulePath`.
 * @param isWanted for modules that have folders of versions: the newest that is wanted is taken
 * @param base the folder that relative paths of a manifest begin at; the current location where left out
 */
export function findModuleFile(
  session: Session,
  name: string,
  base?: string,
  isWanted: (version: string) => boolean = () => true,
): string | undefined {
  const slashed = name.replaceAll('\\', '/');
  if (isModulePath(name) || base !== undefined) {
    const path = base === undefined ? resolveNative(session, slashed) : posix.resolve(base, slashed);
    const found = moduleFileAt(session, path);
    if (found !== undefined || isModulePath(name)) return found;
  }
  for (const folder of moduleFolders(session)) {
    const versions = moduleFilesIn(session, folder, slashed);
    const found = versions.find((file) => {
      const version = folderVersion(file);
      return version === undefined || isWanted(version);
    });
    const plain = found ?? moduleFileAt(session, posix.join(folder, slashed));
    if (plain !== undefined) return plain;
  }
  return undefined;
}

function moduleFileAt(session: Session, path: string): string | undefined {
  const { files } = session.world;
  const known = files.stat(path);
  const isScript = extensions.includes(posix.extname(path).toLowerCase());
  if (isScript) return known?.kind === 'file' ? path : undefined;
  const inside =
    known?.kind === 'directory' ? extensions.map((end) => posix.join(path, posix.basename(path) + end)) : [];
  return [...extensions.map((end) => path + end), ...inside].find((file) => files.stat(file)?.kind === 'file');
}
