import { cmdletError } from '../commands/cmdlet-error.ts';
import { resolveNative } from '../commands/items/paths.ts';
import type { ErrorRecord } from '../errors/error-record.ts';
import type { ModuleInfo } from '../runtime/module-info.ts';
import type { Scope } from '../runtime/scope.ts';
import type { Session } from '../runtime/session.ts';
import { approvedVerbs } from './approved-verbs.ts';
import { isVersion, type LoadRequest, loadModule } from './load-module.ts';
import { addImported, forgetModule, loadedModule } from './loaded-modules.ts';
import { ManifestProblem, type ModuleSpecification } from './manifest.ts';
import { type ImportFilter, importMembers, prefixed } from './members.ts';
import { findModuleFile, hasForeignExtension, isBuiltInModule, isModulePath } from './module-path.ts';
import { removeModule } from './remove-module.ts';

export interface ImportRequest extends LoadRequest, ImportFilter {
  readonly prefix?: string;
  /** The scope that the members come into, where it is not the top of the importing world. */
  readonly scope?: Scope;
}

/**
 * Imports a module by name or path into a world: loads it where it is not, and brings in what it exports.
 * `undefined` for modules that are part of the engine.
 * Throws {@link ManifestProblem} for a module that is not found or cannot be used, `Thrown` for what its code throws.
 */
export function importModule(
  session: Session,
  wanted: ModuleSpecification,
  request: ImportRequest,
): ModuleInfo | undefined {
  const { name } = wanted;
  if (isBuiltInModule(name)) return undefined;
  const byName = isModulePath(name) ? undefined : session.modules.get(name.toLowerCase());
  if (byName !== undefined && (!request.force || byName.path === '') && isVersion(byName, wanted)) {
    bringIn(session, byName, request);
    return byName;
  }
  const file = findModuleFile(session, name, undefined, (version) => isVersion({ version }, wanted));
  if (file === undefined)
    throw new ManifestProblem(hasVersion(wanted) ? wrongVersion(wanted) : notFound(session, name));
  if (request.force) {
    const old = loadedModule(session, file);
    if (old !== undefined) removeModule(session, old, request.streams);
  }
  const module = loadModule(session, file, request);
  if (!isVersion(module, wanted)) {
    forgetModule(session, module);
    throw new ManifestProblem(wrongVersion(wanted));
  }
  bringIn(session, module, request);
  return module;
}

/** Brings a loaded module's members into a world, where `Get-Module` lists it from then on. */
export function bringIn(session: Session, module: ModuleInfo, request: ImportRequest): void {
  const { into, scope = into.top } = request;
  importMembers(session, module, scope, { ...request, prefix: request.prefix ?? module.prefix });
  if (into.module !== undefined && !into.module.nestedModules.includes(module)) into.module.nestedModules.push(module);
  addImported(session, into, module);
}

function notFound(session: Session, name: string): ErrorRecord {
  const native = isModulePath(name) ? resolveNative(session, name) : undefined;
  if (native !== undefined && hasForeignExtension(name) && session.world.files.stat(native) !== undefined) {
    const extension = /\.[^./]*$/.exec(name)?.[0] ?? '';
    return cmdletError(
      'Modules_InvalidModuleExtension',
      `The extension '${extension}' is not a valid module extension. The supported module extensions are '.dll', '.ps1', '.psm1', '.psd1' and '.cdxml'. Correct the extension then try adding the file '${native}' again.`,
    );
  }
  return cmdletError(
    'Modules_ModuleNotFound',
    `The specified module '${name}' was not loaded because no valid module file was found in any module directory.`,
    { type: 'System.IO.FileNotFoundException', category: 'ResourceUnavailable', target: name },
  );
}

function hasVersion({ minimumVersion, requiredVersion, maximumVersion }: ModuleSpecification): boolean {
  return minimumVersion !== undefined || requiredVersion !== undefined || maximumVersion !== undefined;
}

function wrongVersion({ name, minimumVersion, requiredVersion, maximumVersion }: ModuleSpecification): ErrorRecord {
  const message =
    maximumVersion !== undefined && minimumVersion === undefined && requiredVersion === undefined
      ? `The specified module '${name}' with MaximumVersion '${maximumVersion}' was not loaded because no valid module file was found in any module directory.`
      : `The specified module '${name}' with version '${requiredVersion ?? minimumVersion ?? ''}' was not loaded because no valid module file was found in any module directory.`;
  return cmdletError('Modules_ModuleWithVersionNotFound', message, {
    type: 'System.IO.FileNotFoundException',
    category: 'ResourceUnavailable',
    target: name,
  });
}

/** What `Import-Module` warns of: names of commands with verbs that are not approved, or with odd characters. */
export function nameWarnings(module: ModuleInfo, prefix: string): string[] {
  const names = [...module.exportedFunctions.values()].map((command) => prefixed(command.name, prefix));
  const warnings: string[] = [];
  const verbs = names
    .filter((name) => name.includes('-'))
    .map((name) => name.slice(0, name.indexOf('-')).toLowerCase());
  if (verbs.some((verb) => !approvedVerbs.has(verb))) {
    warnings.push(
      `The names of some imported commands from the module '${module.name}' include unapproved verbs that might make them less discoverable. To find the commands with unapproved verbs, run the Import-Module command again with the Verbose parameter. For a list of approved verbs, type Get-Verb.`,
    );
  }
  const odd = names.filter((name) => /^[^-]+-.*[#,(){}[\]&/\\$^;:"'<>|?@`*%+=~-]/.test(name));
  if (odd.length > 0) {
    warnings.push(
      'Some imported command names contain one or more of the following restricted characters: # , ( ) {{ }} [ ] & - / \\ $ ^ ; : " \' < > | ? @ ` * % + = ~',
    );
  }
  return warnings;
}
