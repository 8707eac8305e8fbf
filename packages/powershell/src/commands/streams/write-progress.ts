import { ProgressRecord } from '../../values/stream-records.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';

export const writeProgress: CmdletDescription = {
  name: 'Write-Progress',
  typeName: 'Microsoft.PowerShell.Commands.WriteProgressCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    { name: 'Activity', type: 'string', position: 0 },
    { name: 'Status', type: 'string', position: 1, validate: { notNullOrEmpty: true } },
    { name: 'Id', type: 'int', position: 2, validate: { range: [0, 2 ** 31 - 1] } },
    { name: 'PercentComplete', type: 'int', validate: { range: [-1, 100] } },
    { name: 'SecondsRemaining', type: 'int' },
    { name: 'CurrentOperation', type: 'string' },
    { name: 'ParentId', type: 'int', validate: { range: [-1, 2 ** 31 - 1] } },
    { name: 'Completed', type: 'switch' },
    { name: 'SourceId', type: 'int' },
  ],
  start: (call) => ({
    process() {
      const [activity = ''] = textsOf(call.get('Activity'));
      const [status = 'Processing'] = textsOf(call.get('Status'));
      const record = new ProgressRecord(number(call, 'Id', 0), activity, status);
      record.parentActivityId = number(call, 'ParentId', -1);
      record.percentComplete = number(call, 'PercentComplete', -1);
      record.secondsRemaining = number(call, 'SecondsRemaining', -1);
      [record.currentOperation = ''] = textsOf(call.get('CurrentOperation'));
      record.isCompleted = call.isOn('Completed');
      call.writeProgress(record);
    },
  }),
};

function number(call: CmdletCall, parameter: string, otherwise: number): number {
  const value = call.get(parameter);
  return typeof value === 'number' ? value : otherwise;
}
