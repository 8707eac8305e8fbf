import type { FileStatus, Session } from '../../runtime/session.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { ticksPerMillisecond, unixEpochTicks } from '../time/calendar.ts';
import { DateTime, dateFromUnix } from '../time/date-time.ts';

/** The three times of a file, as the names of members spell them. */
export const timeNames = [
  ['CreationTime', 'created'],
  ['LastAccessTime', 'accessed'],
  ['LastWriteTime', 'modified'],
] as const;

type TimeField = (typeof timeNames)[number][1];

/** A time of what is there; what is missing has that of 1 January 1601. */
export function timeOf(status: FileStatus | undefined, field: TimeField, kind: 'utc' | 'local'): DateTime {
  return dateFromUnix(status?.[field] ?? Date.UTC(1601, 0, 1), kind);
}

/**
 * Sets one time of what is at a path. The creation time cannot be set: as .NET has it on Linux, it stands for the time of
 * the last write.
 */
export function setTime(session: Session, path: string, field: TimeField, value: Value): void {
  const { files } = session.world;
  const { accessed = 0, modified = 0 } = files.stat(path) ?? {};
  const milliseconds = Number((as(value, DateTime).toUtc().ticks - unixEpochTicks) / ticksPerMillisecond);
  files.setTimes(
    path,
    field === 'accessed' ? { accessed: milliseconds, modified } : { accessed, modified: milliseconds },
  );
}
