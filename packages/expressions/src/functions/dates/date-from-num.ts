import { dateFromTicks, ticksFromFileTime } from '../../dates/calendar.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `DateFromNum(129699324000000000)`: an AD file time, 100-nanosecond intervals since 1601-01-01 UTC. */
export const dateFromNum: FunctionDefinition = {
  name: 'DateFromNum',
  summary: 'The date of an Active Directory time number.',
  parameters: [{ name: 'value', type: 'Integer' }],
  result: 'DateTime',
  bind(call) {
    const value = call.one('value');
    const number = call.integer('value');
    return (scope) => {
      if (value(scope) === null) return null;
      const fileTime = number(scope);
      const date = dateFromTicks(ticksFromFileTime(fileTime));
      if (date === undefined) throw call.unreadable('value', fileTime, 'a date in the years 1 to 9999');
      return date;
    };
  },
};
