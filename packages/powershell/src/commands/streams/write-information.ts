import type { CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';

export const writeInformation: CmdletDescription = {
  name: 'Write-Information',
  typeName: 'Microsoft.PowerShell.Commands.WriteInformationCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    {
      name: 'MessageData',
      type: 'object',
      aliases: ['Msg', 'Message'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      allowNull: true,
    },
    { name: 'Tags', type: 'string[]', position: 1 },
  ],
  start: (call) => ({
    process: () => call.writeInformation(call.get('MessageData') ?? null, textsOf(call.get('Tags'))),
  }),
};
