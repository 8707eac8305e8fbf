import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { netTypes } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import { maxTicks, partsOf, ticksOf, ticksPerMillisecond, unixEpochTicks } from './calendar.ts';

/** `System.DateTimeKind` by number. */
export const DateKind = { unspecified: 0, utc: 1, local: 2 } as const;
export type DateKind = (typeof DateKind)[keyof typeof DateKind];

/** `System.DateTime`: ticks since 1 January 0001 and what clock they are of. */
export class DateTime extends Instance {
  readonly ticks: bigint;
  readonly kind: DateKind;

  /** Throws `NetFailure` (ArgumentOutOfRangeException) for ticks that are no date. */
  constructor(ticks: bigint, kind: DateKind = DateKind.unspecified) {
    super();
    if (ticks < 0n || ticks > maxTicks) throw unrepresentable('value');
    this.ticks = ticks;
    this.kind = kind;
  }

  get type(): NetType {
    return netTypes.dateTime;
  }

  /** The same instant in Coordinated Universal Time; an unspecified time counts as local. */
  toUtc(): DateTime {
    if (this.kind === DateKind.utc) return this;
    return new DateTime(clamp(this.ticks - localOffset(this.ticks, true)), DateKind.utc);
  }

  /** The same instant on the local clock; an unspecified time counts as UTC. */
  toLocal(): DateTime {
    if (this.kind === DateKind.local) return this;
    return new DateTime(clamp(this.ticks + localOffset(this.ticks, false)), DateKind.local);
  }

  /** Milliseconds since 1970 in UTC, as JavaScript counts. */
  toUnixMilliseconds(): number {
    return Number((this.toUtc().ticks - unixEpochTicks) / ticksPerMillisecond);
  }
}

export function unrepresentable(parameter: string): Error {
  return netFailure(
    'System.ArgumentOutOfRangeException',
    'The added or subtracted value results in an un-representable DateTime.',
    { parameter },
  );
}

function clamp(ticks: bigint): bigint {
  return ticks < 0n ? 0n : ticks > maxTicks ? maxTicks : ticks;
}

/** What the local clock is ahead of UTC, in ticks, at a time on the local clock or at one in UTC. */
export function localOffset(ticks: bigint, isLocalTime: boolean): bigint {
  const milliseconds = Number((ticks - unixEpochTicks) / ticksPerMillisecond);
  if (!isLocalTime) return BigInt(-new Date(milliseconds).getTimezoneOffset()) * 600_000_000n;
  const { year, month, day, hour, minute, second } = partsOf(ticks);
  const local = new Date(2000, month - 1, day, hour, minute, second);
  local.setFullYear(year, month - 1, day);
  return BigInt(-local.getTimezoneOffset()) * 600_000_000n;
}

/** A point in time in milliseconds since 1970. */
export function dateFromUnix(milliseconds: number, kind: 'utc' | 'local'): DateTime {
  const utc = new DateTime(unixEpochTicks + BigInt(Math.floor(milliseconds)) * ticksPerMillisecond, DateKind.utc);
  return kind === 'utc' ? utc : utc.toLocal();
}

/** A date of its parts. */
export function dateTime(
  year: number,
  month: number,
  day: number,
  {
    hour = 0,
    minute = 0,
    second = 0,
    tick = 0,
    kind = DateKind.unspecified,
  }: {
    hour?: number;
    minute?: number;
    second?: number;
    tick?: number;
    kind?: DateKind;
  } = {},
): DateTime {
  return new DateTime(ticksOf({ year, month, day, hour, minute, second, tick }), kind);
}
