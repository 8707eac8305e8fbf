import { Cron } from 'croner';
import type { YamlMap } from './yaml-file.ts';

/** When a connector imports by itself. */
export interface ImportTiming {
  /** Minutes between imports; 0 means on demand only. */
  readonly autosyncMinutes: number;
  /** A cron expression of five or six fields in the machine's time; where it is there it counts and not the minutes. */
  readonly schedule: string | undefined;
}

/** Reads `schedule` of a connector file. @throws HOST_CONFIGURATION_INVALID */
export function readSchedule(root: YamlMap): string | undefined {
  const text = root.text('schedule');
  if (text === undefined || text === '') return undefined;
  if ((cronOf(text)?.nextRun() ?? undefined) === undefined) {
    throw root.fault('schedule', `"schedule" takes a cron expression that comes to pass, e.g. "0 */2 * * *".`);
  }
  return text;
}

/** When the next import is due: milliseconds since 1970, or undefined on demand. @param from the end of the last import, or now */
export function nextImport({ autosyncMinutes, schedule }: ImportTiming, from: number): number | undefined {
  if (schedule !== undefined) return cronOf(schedule)?.nextRun(new Date(from))?.getTime();
  return autosyncMinutes === 0 ? undefined : from + autosyncMinutes * 60_000;
}

/** Whether an import should have come since. On demand nothing is ever overdue. */
export function isOverdue(timing: ImportTiming, importedAt: number | null, now: number): boolean {
  if (importedAt === null) return true;
  const next = nextImport(timing, importedAt);
  return next !== undefined && next <= now;
}

function cronOf(text: string): Cron | undefined {
  try {
    return new Cron(text);
  } catch {
    // The library throws plain errors whose text is for programmers; the caller says what is wanted.
    return undefined;
  }
}
