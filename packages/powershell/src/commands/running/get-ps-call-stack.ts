import { InvocationInfo } from '../../errors/invocation-info.ts';
import type { Frame } from '../../runtime/frame.ts';
import { placeOf } from '../../syntax/source.ts';
import { DataObject } from '../data-object.ts';
import type { CmdletDescription } from '../description.ts';

const frameType = 'System.Management.Automation.CallStackFrame';

export const getPsCallStack: CmdletDescription = {
  name: 'Get-PSCallStack',
  typeName: 'Microsoft.PowerShell.Commands.GetPSCallStackCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [],
  coverage: { state: 'approximated', why: 'the arguments of the calls are not told' },
  start: (call) => ({
    end() {
      for (let frame: Frame | undefined = call.session.frame; frame !== undefined; frame = frame.caller) {
        call.write(describe(frame));
      }
    },
  }),
};

function describe(frame: Frame): DataObject {
  const { source, position, name } = frame;
  const file = source.file ?? null;
  const line = placeOf(source, position?.start ?? 0).line;
  const shown = file === null ? '<No file>' : `${file.replace(/^.*\//, '')}: line ${line}`;
  return new DataObject(frameType, {
    Command: name.replace(/<.*>$/, '') || name,
    Location: shown,
    Arguments: '{}',
    FunctionName: name,
    ScriptName: file,
    ScriptLineNumber: line,
    InvocationInfo: frame.scope.call?.invocation ?? new InvocationInfo(source, 0, 0),
  });
}
