import { posix } from 'node:path';
import { NetFailure } from '../errors/raise.ts';
import { AliasCommand, FunctionCommand } from '../runtime/command.ts';
import { ModuleInfo } from '../runtime/module-info.ts';
import type { Session } from '../runtime/session.ts';
import { parse } from '../syntax/parse.ts';
import { visitChildren } from '../syntax/walk.ts';
import { ScriptBlock } from '../values/script-block.ts';
import { describe } from './describe-module.ts';
import { compareVersions, type Manifest, moduleNameOf } from './manifest.ts';
import { limitExports } from './members.ts';

const extensions = ['.psd1', '.psm1', '.ps1'];
const versionName = /^\d+(\.\d+){1,3}$/;

/** The folders that modules are looked for in by name: those of `PSModulePath` that are granted. */
export function moduleFolders(session: Session): readonly string[] {
  const folders = (session.world.environment.get('PSModulePath') ?? '').split(':');
  return folders.filter((folder) => folder !== '' && isFolder(session, folder));
}

/** What may not be looked at has no modules. */
function isFolder(session: Session, path: string): boolean {
  try {
    return session.world.files.stat(path)?.kind === 'directory';
  } catch (error) {
    if (error instanceof NetFailure) return false;
    throw error;
  }
}

/**
 * The files of a module of a folder of modules, by the name of its own folder: the newest of its versions first
 * (`Name/2.0/Name.psd1`), then the one without a version (`Name/Name.psd1`).
 */
export function moduleFilesIn(session: Session, folder: string, name: string): readonly string[] {
  const { files } = session.world;
  const own = posix.join(folder, name);
  if (!isFolder(session, own)) return [];
  const versions = files.list(own).filter((one) => versionName.test(one) && isFolder(session, posix.join(own, one)));
  versions.sort((left, right) => compareVersions(right, left));
  const leaf = posix.basename(name);
  return [...versions.map((version) => posix.join(own, version)), own].flatMap((place) => {
    const found = extensions.map((end) => posix.join(place, `${leaf}${end}`)).find((file) => isFile(session, file));
    return found === undefined ? [] : [found];
  });
}

/** The version that the folder of a module's file stands for. */
export function folderVersion(path: string): string | undefined {
  const folder = posix.basename(posix.dirname(path));
  return versionName.test(folder) ? folder : undefined;
}

/** The files of all modules that can be found by name, folder by folder, in the order of names. */
export function allModuleFiles(session: Session): readonly string[] {
  return moduleFolders(session).flatMap((folder) =>
    session.world.files.list(folder).flatMap((name) => moduleFilesIn(session, folder, name)),
  );
}

function isFile(session: Session, path: string): boolean {
  return session.world.files.stat(path)?.kind === 'file';
}

/** What a module exports and says of itself, by its files alone: nothing of it runs. */
export function describeUnloaded(session: Session, path: string, manifest: Manifest | undefined): ModuleInfo {
  const base = posix.dirname(path);
  const module = new ModuleInfo(moduleNameOf(path), path, base);
  const root = manifest === undefined ? path : manifest.rootModule && posix.resolve(base, manifest.rootModule);
  const scripts = [root ?? '', ...(manifest?.nestedModules ?? []).map(({ name }) => posix.resolve(base, name))];
  for (const script of scripts)
    if (/\.psm?1$/i.test(script) && isFile(session, script)) addMembers(session, module, script);
  if (manifest === undefined) return module;
  describe(module, manifest, base);
  const names = { functions: manifest.list('FunctionsToExport'), aliases: manifest.list('AliasesToExport') };
  for (const name of names.functions ?? []) {
    if (!/[*?[]/.test(name) && !module.exportedFunctions.has(name.toLowerCase())) addFunction(module, name);
  }
  limitExports(module, { ...names, variables: manifest.list('VariablesToExport') });
  return module;
}

/** The functions and aliases that a module's script defines at its top. */
function addMembers(session: Session, module: ModuleInfo, path: string): void {
  const source = { text: session.world.files.readText(path), file: path };
  const { ast, errors } = parse(source);
  if (errors.length > 0) return;
  visitChildren(ast, function visit(node): void {
    if (node.kind === 'function') {
      const block = new ScriptBlock(node.body, source.text.slice(node.body.start, node.body.end));
      addFunction(module, node.name.replace(/^\w+:/, ''), block);
    } else if (node.kind === 'command') {
      const [head, name, target] = node.elements;
      const isAlias = head?.kind === 'string' && /^(set|new)-alias$/i.test(head.value);
      if (isAlias && name?.kind === 'string' && target?.kind === 'string') {
        module.exportedAliases.set(name.value.toLowerCase(), new AliasCommand(name.value, target.value, module));
      }
    } else if (node.kind !== 'scriptBlockExpression' && node.kind !== 'typeDefinition') visitChildren(node, visit);
  });
}

function addFunction(module: ModuleInfo, name: string, block = emptyBlock()): void {
  module.exportedFunctions.set(name.toLowerCase(), new FunctionCommand(name, block, { module }));
}

function emptyBlock(): ScriptBlock {
  return new ScriptBlock(parse({ text: '', file: undefined }).ast, '');
}
