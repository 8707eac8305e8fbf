import type { TypeDescription } from '../net-type.ts';
import { dateTimeDescription } from './date-time-description.ts';
import { dateTimeOffsetDescription } from './date-time-offset-description.ts';
import { enumDescriptions } from './enums.ts';
import { timeSpanDescription } from './time-span-description.ts';

export const descriptions: readonly TypeDescription[] = [
  dateTimeDescription,
  timeSpanDescription,
  dateTimeOffsetDescription,
  ...enumDescriptions,
];
