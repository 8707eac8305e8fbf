import { variableObject } from '../../values/variable-object.ts';
import type { CmdletDescription, CmdletParameter } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { findVariables } from './find-variables.ts';
import { attemptChange } from './set-variable.ts';
import { variableError } from './variable-access.ts';

const names: readonly CmdletParameter[] = [
  { name: 'Name', type: 'string[]', mandatory: true, position: 0, fromPipelineByPropertyName: true },
  { name: 'Include', type: 'string[]' },
  { name: 'Exclude', type: 'string[]' },
  { name: 'Force', type: 'switch' },
];
const scope: CmdletParameter = { name: 'Scope', type: 'string', validate: { notNullOrEmpty: true } };

export const removeVariable: CmdletDescription = {
  name: 'Remove-Variable',
  typeName: 'Microsoft.PowerShell.Commands.RemoveVariableCommand',
  module: 'Microsoft.PowerShell.Utility',
  supportsShouldProcess: true,
  parameters: [...names, scope],
  start: (call) => ({
    process() {
      for (const { variable, scope: owner } of findVariables(call, textsOf(call.get('Name')))) {
        if (!call.shouldProcess(`Name: ${variable.name}`, 'Remove variable')) continue;
        attemptChange(call, () => {
          if (variable.constant || (variable.readOnly && !call.isOn('Force'))) {
            throw variableError('VariableNotRemovable', variable.name);
          }
          owner.remove(variable.name.toLowerCase());
        });
      }
    },
  }),
};

export const clearVariable: CmdletDescription = {
  name: 'Clear-Variable',
  typeName: 'Microsoft.PowerShell.Commands.ClearVariableCommand',
  module: 'Microsoft.PowerShell.Utility',
  supportsShouldProcess: true,
  parameters: [...names, { name: 'PassThru', type: 'switch' }, scope],
  start: (call) => ({
    process() {
      for (const { variable } of findVariables(call, textsOf(call.get('Name')))) {
        if (!call.shouldProcess(`Name: ${variable.name}`, 'Clear variable')) continue;
        attemptChange(call, () => {
          if (variable.constant || (variable.readOnly && !call.isOn('Force'))) {
            throw variableError('VariableNotWritable', variable.name);
          }
          variable.value = variable.check === undefined ? null : variable.check(null);
          if (call.isOn('PassThru')) call.write(variableObject(variable));
        });
      }
    },
  }),
};
