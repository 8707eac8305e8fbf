import { fileTimeFromTicks } from '../../dates/calendar.ts';
import type { FunctionDefinition } from '../definition.ts';

/** The number that `accountExpires` and its like hold: 100-nanosecond intervals since 1601-01-01 UTC. */
export const numFromDate: FunctionDefinition = {
  name: 'NumFromDate',
  summary: 'The Active Directory time number of a date.',
  parameters: [{ name: 'value', type: 'DateTime' }],
  result: 'Integer',
  bind(call) {
    const value = call.date('value');
    return (scope) => {
      const date = value(scope);
      return date === null ? null : fileTimeFromTicks(date.ticks);
    };
  },
};
