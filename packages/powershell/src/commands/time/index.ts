import type { CmdletDescription } from '../description.ts';
import { getDate } from './get-date.ts';
import { getCulture, newGuid, newTimeSpan, startSleep } from './small-time-cmdlets.ts';

export const timeCmdlets: readonly CmdletDescription[] = [getDate, newTimeSpan, startSleep, newGuid, getCulture];
