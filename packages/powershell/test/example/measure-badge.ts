import type { CmdletDescription } from '../../src/commands/description.ts';
import { as } from '../../src/values/narrow.ts';
import { Badge } from './badge.ts';

export const measureBadge: CmdletDescription = {
  name: 'Measure-Badge',
  typeName: 'Contoso.Commands.MeasureBadgeCommand',
  module: 'Contoso.Badges',
  // Binding, validation, common parameters and the errors of them come by themselves.
  parameters: [
    { name: 'Badge', type: 'Contoso.Badge', mandatory: true, position: 0, fromPipeline: true },
    { name: 'Office', type: 'string', validate: { notNullOrEmpty: true } },
  ],
  start: (call) => {
    const office = call.get('Office');
    let count = 0;
    return {
      process() {
        if (office === undefined || as(call.get('Badge'), Badge).office === office) count++;
      },
      end() {
        call.write(count);
      },
    };
  },
};
