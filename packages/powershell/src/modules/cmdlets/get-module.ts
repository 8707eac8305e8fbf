import type { CmdletCall, CmdletDescription } from '../../commands/description.ts';
import { itemsOf, textsOf } from '../../commands/items-of.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { ModuleInfo } from '../../runtime/module-info.ts';
import { allModuleFiles, describeUnloaded } from '../available-modules.ts';
import { isVersion } from '../load-module.ts';
import { importedModules } from '../loaded-modules.ts';
import { ManifestProblem, readManifest, specification } from '../manifest.ts';
import { findModuleFile, isModulePath } from '../module-path.ts';

const sets = ['Loaded', 'Available'];

export const getModule: CmdletDescription = {
  name: 'Get-Module',
  typeName: 'Microsoft.PowerShell.Commands.GetModuleCommand',
  module: 'Microsoft.PowerShell.Core',
  defaultSet: 'Loaded',
  parameters: [
    { name: 'Name', type: 'string[]', sets, position: 0, fromPipeline: true, validate: { notNullOrEmpty: true } },
    { name: 'FullyQualifiedName', type: 'object[]', sets, fromPipelineByPropertyName: true },
    { name: 'All', type: 'switch', sets },
    {
      name: 'ListAvailable',
      type: 'switch',
      sets: [{ set: 'Available', mandatory: true }],
    },
    {
      name: 'Refresh',
      type: 'switch',
      sets: ['Available'],
      coverage: { state: 'approximated', why: 'accepted and without effect' },
    },
  ],
  start: (call) => ({
    process() {
      const { session } = call;
      const specified = itemsOf(call.get('FullyQualifiedName')).map((item) => specification(session, item));
      const patterns = call.has('Name') ? textsOf(call.get('Name')) : undefined;
      const matchers = patterns?.map((name) => new WildcardPattern(name));
      for (const module of call.isOn('ListAvailable') ? available(call, patterns) : loaded(call)) {
        const isNamed =
          matchers === undefined ||
          patterns?.some(isModulePath) ||
          matchers.some((one) => one.matches(module.name) || one.matches(module.path));
        const isSpecified = specified.some((one) => hasName(module, one.name) && isVersion(module, one));
        if (specified.length === 0 ? isNamed : isSpecified) call.write(module);
      }
    },
  }),
};

function loaded(call: CmdletCall): readonly ModuleInfo[] {
  const { session, scope } = call;
  const own = call.isOn('All') ? [...session.modules.values()] : [...importedModules(scope.state)];
  const global = scope.state === session.global ? [] : importedModules(session.global);
  return [...new Set([...own, ...global])].sort(byName);
}

/** The modules on disk, as their files say; a manifest that is none is passed over. */
function available(call: CmdletCall, names: readonly string[] | undefined): readonly ModuleInfo[] {
  const { session } = call;
  const paths = (names ?? []).filter(isModulePath);
  const files =
    paths.length === 0 ? allModuleFiles(session) : paths.flatMap((path) => findModuleFile(session, path) ?? []);
  return files.flatMap((file) => {
    try {
      const manifest = file.toLowerCase().endsWith('.psd1') ? readManifest(session, file, call.streams) : undefined;
      return [describeUnloaded(session, file, manifest)];
    } catch (error) {
      if (error instanceof ManifestProblem) return [];
      throw error;
    }
  });
}

function hasName(module: ModuleInfo, name: string): boolean {
  return module.name.toLowerCase() === name.toLowerCase();
}

function byName(a: ModuleInfo, b: ModuleInfo): number {
  return a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
}
