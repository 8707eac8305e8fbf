import { cmdletError } from '../../commands/cmdlet-error.ts';
import type { CmdletDescription } from '../../commands/description.ts';
import { textsOf } from '../../commands/items-of.ts';
import { exportMembers } from '../members.ts';

export const exportModuleMember: CmdletDescription = {
  name: 'Export-ModuleMember',
  typeName: 'Microsoft.PowerShell.Commands.ExportModuleMemberCommand',
  module: 'Microsoft.PowerShell.Core',
  parameters: [
    {
      name: 'Function',
      type: 'string[]',
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      allowEmptyCollection: true,
    },
    {
      name: 'Cmdlet',
      type: 'string[]',
      fromPipelineByPropertyName: true,
      allowEmptyCollection: true,
      coverage: { state: 'approximated', why: 'script modules have no cmdlets to export' },
    },
    { name: 'Variable', type: 'string[]', fromPipelineByPropertyName: true, validate: { notNull: true } },
    { name: 'Alias', type: 'string[]', fromPipelineByPropertyName: true, validate: { notNull: true } },
  ],
  start: (call) => ({
    process() {
      const { module } = call.scope.state;
      if (module === undefined) {
        call.fail(
          cmdletError(
            'Modules_CanOnlyExecuteExportModuleMemberInsideAModule',
            'The Export-ModuleMember cmdlet can only be called from inside a module.',
            { category: 'PermissionDenied' },
          ),
        );
        return;
      }
      module.explicitExports = true;
      const given = (parameter: string) => (call.has(parameter) ? textsOf(call.get(parameter)) : undefined);
      exportMembers(module, { functions: given('Function'), variables: given('Variable'), aliases: given('Alias') });
    },
  }),
};
