import type { TypeDescription } from '../net-type.ts';
import { dateOnlyDescription } from './date-only-description.ts';
import { dateTimeDescription } from './date-time-description.ts';
import { dateTimeOffsetDescription } from './date-time-offset-description.ts';
import { enumDescriptions } from './enums.ts';
import { stopwatchDescription } from './stopwatch.ts';
import { timeOnlyDescription } from './time-only-description.ts';
import { timeSpanDescription } from './time-span-description.ts';
import { timeZoneDescription } from './time-zone-description.ts';

export const descriptions: readonly TypeDescription[] = [
  dateTimeDescription,
  timeSpanDescription,
  dateTimeOffsetDescription,
  dateOnlyDescription,
  timeOnlyDescription,
  timeZoneDescription,
  stopwatchDescription,
  ...enumDescriptions,
];
