import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';

/** `Write-Warning`, `Write-Verbose` and `Write-Debug` differ in nothing but their stream. */
function writeMessage(
  kind: 'Warning' | 'Verbose' | 'Debug',
  write: (call: CmdletCall, text: string) => void,
): CmdletDescription {
  return {
    name: `Write-${kind}`,
    typeName: `Microsoft.PowerShell.Commands.Write${kind}Command`,
    module: 'Microsoft.PowerShell.Utility',
    parameters: [
      {
        name: 'Message',
        type: 'string',
        aliases: ['Msg'],
        mandatory: true,
        position: 0,
        fromPipeline: true,
        allowEmptyString: true,
      },
    ],
    start: (call) => ({
      process() {
        const [message = ''] = textsOf(call.get('Message'));
        write(call, message);
      },
    }),
  };
}

export const writeWarning = writeMessage('Warning', (call, text) => call.writeWarning(text));
export const writeVerbose = writeMessage('Verbose', (call, text) => call.writeVerbose(text));
export const writeDebug = writeMessage('Debug', (call, text) => call.writeDebug(text));
