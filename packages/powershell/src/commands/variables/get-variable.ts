import { variableObject } from '../../values/variable-object.ts';
import type { CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { findVariables } from './find-variables.ts';

export const getVariable: CmdletDescription = {
  name: 'Get-Variable',
  typeName: 'Microsoft.PowerShell.Commands.GetVariableCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      validate: { notNullOrEmpty: true },
    },
    { name: 'ValueOnly', type: 'switch' },
    { name: 'Include', type: 'string[]' },
    { name: 'Exclude', type: 'string[]' },
    { name: 'Scope', type: 'string', validate: { notNullOrEmpty: true } },
  ],
  start: (call) => ({
    process() {
      const names = call.has('Name') ? textsOf(call.get('Name')) : ['*'];
      for (const { variable } of findVariables(call, names)) {
        if (call.isOn('ValueOnly')) call.write(variable.value);
        else call.write(variableObject(variable));
      }
    },
  }),
};
