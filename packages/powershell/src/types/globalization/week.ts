import { type DateParts, dayNumber } from '../time/calendar.ts';

const weekdayOf = (day: number): number => (day + 1) % 7;

/** The week of a date by rule: 0 the week of 1 January, 1 the first full week, 2 the first week of four days. */
export function weekOfYear({ year, month, day }: DateParts, rule: number, firstDay: number): number {
  const date = dayNumber(year, month, day);
  const first = firstWeek(year, rule, firstDay);
  if (date < first) return Math.floor((date - firstWeek(year - 1, rule, firstDay)) / 7) + 1;
  const week = Math.floor((date - first) / 7) + 1;
  return rule === 0 || week < 54 ? week : 1;
}

/** The day on which week one of a year begins. */
function firstWeek(year: number, rule: number, firstDay: number): number {
  const newYear = dayNumber(year, 1, 1);
  const into = (weekdayOf(newYear) - firstDay + 7) % 7;
  const start = newYear - into;
  if (rule === 0 || into === 0) return start;
  // Seven days less those of the old year are in the new one.
  return rule === 2 && 7 - into >= 4 ? start : start + 7;
}

/** Week and year of ISO 8601. */
export function isoWeek({ year, month, day }: DateParts): { year: number; week: number } {
  const date = dayNumber(year, month, day);
  for (const candidate of [year + 1, year]) {
    const first = firstWeek(candidate, 2, 1);
    if (date >= first) return { year: candidate, week: Math.floor((date - first) / 7) + 1 };
  }
  return { year: year - 1, week: Math.floor((date - firstWeek(year - 1, 2, 1)) / 7) + 1 };
}
