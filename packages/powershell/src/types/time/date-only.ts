import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import { maxTicks, ticksPerDay } from './calendar.ts';

/** `System.DateOnly`: days since 1 January 0001. */
export class DateOnly extends Instance {
  readonly day: number;
  constructor(day: number) {
    super();
    this.day = day;
  }
  get type(): NetType {
    return namedType('System.DateOnly');
  }
  get ticks(): bigint {
    return BigInt(this.day) * ticksPerDay;
  }
}

export const lastDay = Number(maxTicks / ticksPerDay);

/** `System.TimeOnly`: ticks since midnight. */
export class TimeOnly extends Instance {
  readonly ticks: bigint;
  /** Throws `NetFailure` (ArgumentOutOfRangeException) for what is no time of a day. */
  constructor(ticks: bigint) {
    super();
    if (ticks < 0n || ticks >= ticksPerDay) {
      throw netFailure(
        'System.ArgumentOutOfRangeException',
        'Ticks must be between 0 and and TimeOnly.MaxValue.Ticks.',
        { parameter: 'ticks' },
      );
    }
    this.ticks = ticks;
  }
  get type(): NetType {
    return namedType('System.TimeOnly');
  }
}
