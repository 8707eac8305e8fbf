import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletDescription } from '../description.ts';

const none = { state: 'approximated', why: 'a session that nobody types into has no history' } as const;

export const getHistory: CmdletDescription = {
  name: 'Get-History',
  typeName: 'Microsoft.PowerShell.Commands.GetHistoryCommand',
  module: 'Microsoft.PowerShell.Core',
  parameters: [
    { name: 'Id', type: 'long[]', position: 0, fromPipeline: true },
    { name: 'Count', type: 'int', position: 1, validate: { range: [0, 32767] } },
  ],
  coverage: none,
  start: () => ({}),
};

export const invokeHistory: CmdletDescription = {
  name: 'Invoke-History',
  typeName: 'Microsoft.PowerShell.Commands.InvokeHistoryCommand',
  module: 'Microsoft.PowerShell.Core',
  supportsShouldProcess: true,
  parameters: [{ name: 'Id', type: 'string', position: 0, fromPipelineByPropertyName: true }],
  coverage: none,
  start: (call) => ({
    end() {
      const message = 'Cannot locate the history.';
      call.fail(
        cmdletError('InvokeHistoryNoLastHistoryEntryFound', message, {
          type: 'System.Management.Automation.PSInvalidOperationException',
        }),
      );
    },
  }),
};
