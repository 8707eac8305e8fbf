import { cmdletError } from '../../commands/cmdlet-error.ts';
import type { CmdletDescription } from '../../commands/description.ts';
import { itemsOf, textsOf } from '../../commands/items-of.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { ModuleInfo } from '../../runtime/module-info.ts';
import { isVersion } from '../load-module.ts';
import { specification } from '../manifest.ts';
import { removeModule } from '../remove-module.ts';

export const removeModuleCmdlet: CmdletDescription = {
  name: 'Remove-Module',
  typeName: 'Microsoft.PowerShell.Commands.RemoveModuleCommand',
  module: 'Microsoft.PowerShell.Core',
  supportsShouldProcess: true,
  parameters: [
    { name: 'Name', type: 'string[]', sets: ['name'], mandatory: true, position: 0, fromPipeline: true },
    {
      name: 'FullyQualifiedName',
      type: 'object[]',
      sets: ['FullyQualifiedName'],
      mandatory: true,
    },
    {
      name: 'ModuleInfo',
      type: 'System.Management.Automation.PSModuleInfo[]',
      sets: ['ModuleInfo'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
    },
    { name: 'Force', type: 'switch' },
  ],
  start: (call) => {
    let removed = 0;
    let isWildcard = false;
    return {
      process() {
        const { session } = call;
        const names = textsOf(call.get('Name'));
        isWildcard ||= names.some((name) => WildcardPattern.has(name));
        const patterns = names.map((name) => new WildcardPattern(name));
        const specified = itemsOf(call.get('FullyQualifiedName')).map((item) => specification(session, item));
        const given = new Set(itemsOf(call.get('ModuleInfo')).filter((item) => item instanceof ModuleInfo));
        for (const module of [...session.modules.values()]) {
          const isWanted =
            given.has(module) ||
            patterns.some((pattern) => pattern.matches(module.name)) ||
            specified.some((one) => one.name.toLowerCase() === module.name.toLowerCase() && isVersion(module, one));
          if (!isWanted) continue;
          removed++;
          if (call.shouldProcess(`${module.name} (Path: '${module.path}')`))
            removeModule(session, module, call.streams, call);
        }
      },
      end() {
        if (removed > 0 || isWildcard) return;
        const message =
          'No modules were removed. Verify that the specification of modules to remove is correct and those modules exist in the runspace.';
        call.writeError(cmdletError('Modules_NoModulesRemoved', message, { category: 'ResourceUnavailable' }));
      },
    };
  },
};
