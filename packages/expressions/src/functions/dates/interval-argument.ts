import { type Interval, intervals, isInterval } from '../../dates/interval.ts';
import type { Evaluator } from '../../evaluation/context.ts';
import type { BoundCall } from '../bound-call.ts';
import type { CheckedCall } from '../checked-call.ts';

const known = `Intervals are ${intervals.join(', ')} (n is minutes).`;

/** The interval argument of DateAdd and DateDiff. @throws EXPRESSION_ARGUMENT_INVALID */
export function bindInterval(call: BoundCall): Evaluator<Interval> {
  const interval = call.text('interval');
  return (scope) => {
    const name = interval(scope) ?? '';
    if (!isInterval(name))
      throw call.fault('EXPRESSION_ARGUMENT_INVALID', `${JSON.stringify(name)} is no interval. ${known}`);
    return name;
  };
}

export function checkInterval(call: CheckedCall): void {
  const name = call.constant('interval');
  if (name !== undefined && !isInterval(name)) {
    call.error('EXPRESSION_ARGUMENT_INVALID', `${JSON.stringify(name)} is no interval.`, 'interval', known);
  }
}
