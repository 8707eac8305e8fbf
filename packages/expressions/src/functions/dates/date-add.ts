import { addInterval } from '../../dates/interval.ts';
import type { FunctionDefinition } from '../definition.ts';
import { bindInterval, checkInterval } from './interval-argument.ts';

/** `DateAdd("d", 7, CDate([hireDate]))`. */
export const dateAdd: FunctionDefinition = {
  name: 'DateAdd',
  summary: 'A date moved by a number of days, months or other intervals.',
  parameters: [
    { name: 'interval', type: 'String' },
    { name: 'value', type: 'Integer' },
    { name: 'dateTime', type: 'DateTime' },
  ],
  result: 'DateTime',
  check: checkInterval,
  bind(call) {
    const interval = bindInterval(call);
    const value = call.integer('value');
    const dateTime = call.date('dateTime');
    return (scope) => {
      const date = dateTime(scope);
      if (date === null) return null;
      const moved = addInterval(interval(scope), value(scope), date);
      if (moved === undefined)
        throw call.fault('EXPRESSION_VALUE_TYPE', 'The date leaves the years 1 to 9999.', 'value');
      return moved;
    };
  },
};
