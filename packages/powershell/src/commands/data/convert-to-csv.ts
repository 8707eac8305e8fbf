import { baseOf } from '../../conversion/base.ts';
import type { CmdletDescription } from '../description.ts';
import { CsvWriter, columnNames, refuseBoth, writingParameters } from './csv-writer.ts';

export const convertToCsv: CmdletDescription = {
  name: 'ConvertTo-Csv',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToCsvCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'Delimiter',
  parameters: [
    {
      name: 'InputObject',
      type: 'object',
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    ...writingParameters,
  ],
  start: (call) => {
    let writer: CsvWriter | undefined;
    let isEmpty = false;
    return {
      begin: () => refuseBoth(call),
      process() {
        const input = call.get('InputObject');
        if (baseOf(input) === null) return;
        if (writer === undefined) {
          const names = columnNames(call, input);
          writer = new CsvWriter(call, names);
          // Objects without properties write nothing, and those after one neither.
          isEmpty = names.length === 0;
          if (!isEmpty) for (const line of writer.heading(input)) call.write(line);
        }
        if (!isEmpty) call.write(writer.row(input));
      },
    };
  },
};
