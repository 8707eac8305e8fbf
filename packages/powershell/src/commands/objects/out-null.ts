import type { CmdletDescription } from '../description.ts';

export const outNull: CmdletDescription = {
  name: 'Out-Null',
  typeName: 'Microsoft.PowerShell.Commands.OutNullCommand',
  module: 'Microsoft.PowerShell.Core',
  parameters: [{ name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true }],
  start: () => ({}),
};
