import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { attemptChange } from '../variables/set-variable.ts';
import { optionsOf, scopeNamed } from '../variables/variable-access.ts';
import { checkWritable, findAlias, setAlias } from './alias-access.ts';

const parameters: readonly CmdletParameter[] = [
  { name: 'Name', type: 'string', mandatory: true, position: 0, fromPipelineByPropertyName: true },
  { name: 'Value', type: 'string', mandatory: true, position: 1, fromPipelineByPropertyName: true },
  { name: 'Description', type: 'string' },
  { name: 'Option', type: 'System.Management.Automation.ScopedItemOptions' },
  { name: 'PassThru', type: 'switch' },
  { name: 'Scope', type: 'string' },
  { name: 'Force', type: 'switch' },
];

function assign(call: CmdletCall, action: string): void {
  const scope = call.has('Scope') ? scopeNamed(call) : call.scope;
  const [name = ''] = textsOf(call.get('Name'));
  const [definition = ''] = textsOf(call.get('Value'));
  if (!call.shouldProcess(`Name: ${name} Value: ${definition}`, action)) return;
  attemptChange(call, () => {
    const alias = setAlias(scope, name, definition, {
      force: call.isOn('Force'),
      options: optionsOf(call),
      description: textsOf(call.get('Description'))[0],
    });
    if (call.isOn('PassThru')) call.write(alias);
  });
}

export const setAliasCmdlet: CmdletDescription = {
  name: 'Set-Alias',
  typeName: 'Microsoft.PowerShell.Commands.SetAliasCommand',
  module: 'Microsoft.PowerShell.Utility',
  supportsShouldProcess: true,
  parameters,
  start: (call) => ({ process: () => assign(call, 'Set Alias') }),
};

export const newAlias: CmdletDescription = {
  name: 'New-Alias',
  typeName: 'Microsoft.PowerShell.Commands.NewAliasCommand',
  module: 'Microsoft.PowerShell.Utility',
  supportsShouldProcess: true,
  parameters,
  start: (call) => ({
    process() {
      const [name = ''] = textsOf(call.get('Name'));
      if (!call.isOn('Force') && findAlias(call.scope, name) !== undefined) {
        const message = `The alias is not allowed, because an alias with the name '${name}' already exists.`;
        call.writeError(
          cmdletError('AliasAlreadyExists', message, {
            type: 'System.Management.Automation.SessionStateException',
            category: 'ResourceExists',
            target: name,
          }),
        );
        return;
      }
      assign(call, 'New Alias');
    },
  }),
};

export const removeAlias: CmdletDescription = {
  name: 'Remove-Alias',
  typeName: 'Microsoft.PowerShell.Commands.RemoveAliasCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'Default',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'Scope', type: 'string' },
    { name: 'Force', type: 'switch' },
  ],
  start: (call) => ({
    process() {
      for (const name of textsOf(call.get('Name'))) {
        const found = findAlias(call.has('Scope') ? scopeNamed(call) : call.scope, name);
        if (found === undefined) {
          const message = `This command cannot find a matching alias because an alias with the name '${name}' does not exist.`;
          call.writeError(
            cmdletError('ItemNotFoundException', message, {
              type: 'System.Management.Automation.ItemNotFoundException',
              category: 'ObjectNotFound',
              target: name,
            }),
          );
          continue;
        }
        attemptChange(call, () => {
          checkWritable(found.alias, call.isOn('Force'));
          found.scope.aliases?.delete(name.toLowerCase());
        });
      }
    },
  }),
};
