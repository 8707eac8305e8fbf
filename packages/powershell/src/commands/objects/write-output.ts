import type { CmdletDescription } from '../description.ts';

export const writeOutput: CmdletDescription = {
  name: 'Write-Output',
  typeName: 'Microsoft.PowerShell.Commands.WriteOutputCommand',
  module: 'Microsoft.PowerShell.Utility',
  aliases: ['write'],
  parameters: [
    {
      name: 'InputObject',
      type: 'object',
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromRemainingArguments: true,
      allowNull: true,
      allowEmptyString: true,
      allowEmptyCollection: true,
    },
    { name: 'NoEnumerate', type: 'switch' },
  ],
  start: (call) => ({
    process() {
      const value = call.get('InputObject');
      if (call.isOn('NoEnumerate')) call.write(value ?? null);
      else call.writeAll(value);
    },
  }),
};
