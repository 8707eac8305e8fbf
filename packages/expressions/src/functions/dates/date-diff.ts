import { countIntervals } from '../../dates/interval.ts';
import type { FunctionDefinition } from '../definition.ts';
import { bindInterval, checkInterval } from './interval-argument.ts';

/** `DateDiff("d", Now(), CDate([hireDate]))`: the second date minus the first, counted as Visual Basic does. */
export const dateDiff: FunctionDefinition = {
  name: 'DateDiff',
  summary: 'How many days, months or other intervals lie between two dates.',
  parameters: [
    { name: 'interval', type: 'String' },
    { name: 'date1', type: 'DateTime' },
    { name: 'date2', type: 'DateTime' },
  ],
  result: 'Integer',
  check: checkInterval,
  bind(call) {
    const interval = bindInterval(call);
    const first = call.date('date1');
    const second = call.date('date2');
    return (scope) => {
      const from = first(scope);
      const to = second(scope);
      return from === null || to === null ? null : countIntervals(interval(scope), from, to);
    };
  },
};
