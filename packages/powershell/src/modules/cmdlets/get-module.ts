import type { CmdletDescription } from '../../commands/description.ts';
import { itemsOf, textsOf } from '../../commands/items-of.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { ModuleInfo } from '../../runtime/module-info.ts';
import { isVersion } from '../load-module.ts';
import { importedModules } from '../loaded-modules.ts';
import { specification } from '../manifest.ts';

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
      coverage: { state: 'approximated', why: 'lists the modules that are loaded, not those on disk' },
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
      const { session, scope } = call;
      const loaded = call.isOn('All') ? [...session.modules.values()] : [...importedModules(scope.state)];
      const global = scope.state === session.global ? [] : importedModules(session.global);
      const modules = [...new Set([...loaded, ...global])].sort(byName);
      const names = call.has('Name') ? textsOf(call.get('Name')) : undefined;
      const specified = itemsOf(call.get('FullyQualifiedName')).map((item) => specification(session, item));
      const patterns = names?.map((name) => new WildcardPattern(name));
      for (const module of modules) {
        const isNamed =
          patterns === undefined || patterns.some((one) => one.matches(module.name) || one.matches(module.path));
        const isSpecified = specified.some((one) => hasName(module, one.name) && isVersion(module, one));
        if (specified.length === 0 ? isNamed : isSpecified) call.write(module);
      }
    },
  }),
};

function hasName(module: ModuleInfo, name: string): boolean {
  return module.name.toLowerCase() === name.toLowerCase();
}

function byName(a: ModuleInfo, b: ModuleInfo): number {
  return a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
}
