import { posix } from 'node:path';
import { cmdletError } from '../commands/cmdlet-error.ts';
import type { ModuleInfo } from '../runtime/module-info.ts';
import { nowhere } from '../runtime/output.ts';
import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';
import { describe } from './describe-module.ts';
import { addImported, loadedModule } from './loaded-modules.ts';
import {
  compareVersions,
  type Manifest,
  ManifestProblem,
  type ModuleSpecification,
  moduleNameOf,
  readManifest,
} from './manifest.ts';
import { exportByDefault, exportMembers, importMembers, limitExports } from './members.ts';
import { findModuleFile } from './module-path.ts';
import { type ModuleRun, newModule, runBody, runModuleFile } from './run-module.ts';
import { readScriptFile } from './script-file.ts';

/** How deep modules may nest. */
const deepest = 10;

export interface LoadRequest extends ModuleRun {
  /** The world that imports: scripts of manifests run there, required modules are imported there. */
  readonly into: SessionState;
  readonly force: boolean;
  readonly depth?: number;
}

/**
 * Loads the module of a file that {@link findModuleFile} found, or answers the one loaded before.
 * Throws `Thrown` for what the module's code throws, {@link ManifestProblem} for what its manifest has wrong.
 */
export function loadModule(session: Session, path: string, request: LoadRequest): ModuleInfo {
  const known = request.force ? undefined : loadedModule(session, path);
  if (known !== undefined) return known;
  const { depth = 0 } = request;
  if (depth > deepest) throw tooDeep(path);
  switch (posix.extname(path).toLowerCase()) {
    case '.psd1':
      return loadManifest(session, path, request);
    case '.ps1':
      return loadScript(session, path, request);
    default:
      return runModuleFile(session, moduleNameOf(path), path, request);
  }
}

function tooDeep(path: string): ManifestProblem {
  const message = `Cannot load the module '${path}' because the module nesting limit has been exceeded. Modules can only be nested to ${deepest} levels. Evaluate and change the order in which you are loading modules to prevent exceeding the nesting limit, and then try running your script again.`;
  return new ManifestProblem(cmdletError('Modules_ModuleTooDeeplyNested', message, { target: path }));
}

/** A plain script runs where it is imported, and is a module without members. */
function loadScript(session: Session, path: string, { into, args, streams }: LoadRequest): ModuleInfo {
  const module = newModule(session, moduleNameOf(path), path);
  const block = readScriptFile(session, path, into);
  session.run(block, { newScope: false, args, out: nowhere, streams });
  return module;
}

function loadManifest(session: Session, path: string, request: LoadRequest): ModuleInfo {
  const manifest = readManifest(session, path, request.streams);
  const base = posix.dirname(path);
  const required = manifest.requiredModules.map((one) => requireModule(session, manifest, one, request));
  for (const script of manifest.list('ScriptsToProcess') ?? []) {
    const file = posix.resolve(base, script);
    addImported(session, request.into, loadScript(session, file, { ...request, args: [] }));
  }
  const name = moduleNameOf(path);
  const root = manifest.rootModule;
  const file = root === undefined ? undefined : rootFile(session, manifest, root, base);
  const module = newModule(session, name, file ?? path);
  for (const one of manifest.nestedModules) nest(session, manifest, module, one, base, request);
  if (file !== undefined) runRoot(session, module, file, request);
  else exportByDefault(module);
  describe(module, manifest, base);
  module.requiredModules.push(...required);
  exportNested(module);
  limitExports(module, {
    functions: manifest.list('FunctionsToExport'),
    variables: manifest.list('VariablesToExport'),
    aliases: manifest.list('AliasesToExport'),
  });
  return module;
}

function rootFile(session: Session, manifest: Manifest, root: string, base: string): string {
  const file = findModuleFile(session, root, base);
  if (file !== undefined) return file;
  throw fileNotFound(manifest, root, 'ModuleToProcess/RootModule');
}

function fileNotFound(manifest: Manifest, name: string, field: string): ManifestProblem {
  const message = `The module to process '${name}', listed in field '${field}' of module manifest '${manifest.path}' was not processed because no valid module was found in any module directory.`;
  return new ManifestProblem(
    cmdletError('Modules_ModuleFileNotFound', message, {
      type: 'System.Management.Automation.PSInvalidOperationException',
      category: 'ResourceUnavailable',
      target: moduleNameOf(manifest.path),
    }),
  );
}

/** The root module's code runs in the world of the module that the manifest makes. */
function runRoot(session: Session, module: ModuleInfo, file: string, { args, streams }: LoadRequest): void {
  runBody(session, module, (state) => readScriptFile(session, file, state), { args, streams });
}

function nest(
  session: Session,
  manifest: Manifest,
  module: ModuleInfo,
  { name }: ModuleSpecification,
  base: string,
  request: LoadRequest,
): void {
  const file = findModuleFile(session, name, base);
  if (file === undefined) throw fileNotFound(manifest, name, 'NestedModules');
  const { state } = module;
  if (state === undefined) return;
  const nested = loadModule(session, file, { ...request, into: state, args: [], depth: (request.depth ?? 0) + 1 });
  module.nestedModules.push(nested);
  importMembers(session, nested, state.top);
  addImported(session, state, nested);
}

/** What nested modules export, the module does too, unless the manifest says otherwise. */
function exportNested(module: ModuleInfo): void {
  for (const nested of module.nestedModules) {
    exportMembers(module, {
      functions: [...nested.exportedFunctions.values()].map((command) => command.name),
      aliases: [...nested.exportedAliases.values()].map((alias) => alias.name),
    });
  }
}

function requireModule(
  session: Session,
  manifest: Manifest,
  wanted: ModuleSpecification,
  request: LoadRequest,
): ModuleInfo {
  const known = session.modules.get(wanted.name.toLowerCase());
  if (known !== undefined && isVersion(known, wanted)) return known;
  const file = findModuleFile(session, wanted.name, undefined, (version) => isVersion({ version }, wanted));
  if (file === undefined) {
    const message = `The required module '${wanted.name}' is not loaded. Load the module or remove the module from 'RequiredModules' in the file '${manifest.path}'.`;
    throw new ManifestProblem(
      cmdletError('Modules_InvalidManifest', message, {
        type: 'System.MissingMemberException',
        category: 'ResourceUnavailable',
        target: manifest.path,
      }),
    );
  }
  const module = loadModule(session, file, { ...request, args: [], force: false, depth: (request.depth ?? 0) + 1 });
  importMembers(session, module, request.into.top);
  addImported(session, request.into, module);
  return module;
}

/** True where a module's version is what a specification asks for. */
export function isVersion({ version }: Pick<ModuleInfo, 'version'>, wanted: ModuleSpecification): boolean {
  const { minimumVersion, requiredVersion, maximumVersion } = wanted;
  if (requiredVersion !== undefined && compareVersions(version, requiredVersion) !== 0) return false;
  if (minimumVersion !== undefined && compareVersions(version, minimumVersion) < 0) return false;
  return maximumVersion === undefined || compareVersions(version, maximumVersion.replace(/\*/g, '999999')) <= 0;
}
