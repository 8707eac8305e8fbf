import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { netTypes } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';

const maxInt64 = 9_223_372_036_854_775_807n;
const minInt64 = -9_223_372_036_854_775_808n;

/** `System.TimeSpan`. */
export class TimeSpan extends Instance {
  readonly ticks: bigint;
  /** Throws `NetFailure` (OverflowException) for a span of more than 64 bits. */
  constructor(ticks: bigint) {
    super();
    if (ticks > maxInt64 || ticks < minInt64) throw tooLong();
    this.ticks = ticks;
  }
  get type(): NetType {
    return netTypes.timeSpan;
  }
}

function tooLong(): Error {
  return netFailure('System.OverflowException', 'TimeSpan overflowed because the duration is too long.');
}

/** A span of so many units, rounded to whole ticks. Throws `NetFailure` for NaN and for what is too long. */
export function spanOf(value: number, ticksPerUnit: bigint): TimeSpan {
  if (Number.isNaN(value)) {
    throw netFailure('System.ArgumentException', 'TimeSpan does not accept floating point Not-a-Number values.');
  }
  const ticks = value * Number(ticksPerUnit);
  if (ticks > 9.223372036854775e18 || ticks < -9.223372036854775e18) throw tooLong();
  return new TimeSpan(BigInt(Math.trunc(ticks)));
}
