import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import { maxTicks, ticksPerMinute } from './calendar.ts';
import { DateKind, type DateTime, localOffset } from './date-time.ts';

export const typeName = 'System.DateTimeOffset';

/** `System.DateTimeOffset`: a time on a clock that is so many minutes ahead of UTC. */
export class DateTimeOffset extends Instance {
  /** On its own clock. */
  readonly ticks: bigint;
  readonly offset: number;

  /** Throws `NetFailure` (ArgumentOutOfRangeException) for what is no date in UTC. */
  constructor(ticks: bigint, offset: number) {
    super();
    this.ticks = ticks;
    this.offset = offset;
    if (offset < -840 || offset > 840) {
      throw netFailure('System.ArgumentOutOfRangeException', 'Offset must be within plus or minus 14 hours.', {
        parameter: 'offset',
      });
    }
    const utc = this.utcTicks;
    if (ticks < 0n || ticks > maxTicks || utc < 0n || utc > maxTicks) {
      throw netFailure(
        'System.ArgumentOutOfRangeException',
        'The UTC time represented when the offset is applied must be between year 0 and 10,000.',
        { parameter: 'offset' },
      );
    }
  }

  get type(): NetType {
    return namedType(typeName);
  }

  get utcTicks(): bigint {
    return this.ticks - BigInt(this.offset) * ticksPerMinute;
  }
}

/** The offset of a DateTime's own clock. */
export function fromDateTime(date: DateTime): DateTimeOffset {
  const offset = date.kind === DateKind.utc ? 0 : Number(localOffset(date.ticks, true) / ticksPerMinute);
  return new DateTimeOffset(date.ticks, offset);
}
