import type { CmdletDescription } from '../description.ts';
import { getCulture, getUiCulture } from './culture-cmdlets.ts';
import { getDate } from './get-date.ts';
import { getTimeZone } from './get-time-zone.ts';
import { newGuid, newTimeSpan, startSleep } from './small-time-cmdlets.ts';

export const timeCmdlets: readonly CmdletDescription[] = [
  getDate,
  newTimeSpan,
  startSleep,
  newGuid,
  getCulture,
  getUiCulture,
  getTimeZone,
];
