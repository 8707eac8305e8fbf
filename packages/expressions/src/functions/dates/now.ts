import { ticksFromUnix } from '../../dates/calendar.ts';
import type { FunctionDefinition } from '../definition.ts';

/** The article calls the result text; here it is a date that prints as that text, so that DateTime attributes receive a date. */
export const now: FunctionDefinition = {
  name: 'Now',
  summary: 'The current date and time in UTC.',
  parameters: [],
  result: 'DateTime',
  volatile: true,
  bind: () => (scope) => ({ kind: 'date', ticks: ticksFromUnix(scope.context.clock.now()) }),
};
