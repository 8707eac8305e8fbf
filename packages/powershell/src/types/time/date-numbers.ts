import { netFailure } from '../../errors/raise.ts';
import { long } from '../../values/narrow.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { dayNumber, fileEpochTicks, maxTicks, ticksPerDay, ticksPerMillisecond } from './calendar.ts';
import { DateKind, DateTime } from './date-time.ts';

export function fileTicks(date: DateTime): bigint {
  const ticks = date.ticks - fileEpochTicks;
  if (ticks >= 0n) return ticks;
  throw netFailure('System.ArgumentOutOfRangeException', 'Not a valid Win32 FileTime.');
}

export function fromFileTicks(value: Value): DateTime {
  const ticks = long(value);
  if (ticks < 0n || ticks > maxTicks - fileEpochTicks) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Not a valid Win32 FileTime.', { parameter: 'fileTime' });
  }
  return new DateTime(ticks + fileEpochTicks, DateKind.utc);
}

/** Days since 30 December 1899. */
const oleEpochTicks = BigInt(dayNumber(1899, 12, 30)) * ticksPerDay;

export function toOle(date: DateTime): Double {
  if (date.ticks === 0n) return new Double(0);
  const ticks = date.ticks < ticksPerDay ? date.ticks + oleEpochTicks : date.ticks;
  let milliseconds = (ticks - oleEpochTicks) / ticksPerMillisecond;
  if (milliseconds < 0n) {
    const fraction = milliseconds % 86_400_000n;
    if (fraction !== 0n) milliseconds -= (86_400_000n + fraction) * 2n;
  }
  return new Double(Number(milliseconds) / 86_400_000);
}

export function fromOle(days: number): DateTime {
  if (!(days > -657_435 && days < 2_958_466)) {
    throw netFailure('System.ArgumentException', 'Not a legal OleAut date.');
  }
  let milliseconds = Math.trunc(days * 86_400_000 + (days >= 0 ? 0.5 : -0.5));
  if (milliseconds < 0) milliseconds -= (milliseconds % 86_400_000) * 2;
  return new DateTime(BigInt(milliseconds) * ticksPerMillisecond + oleEpochTicks);
}

/** Bits 62 and 63 of the binary form tell the kind; local times are kept as UTC. */
export function toBinary(date: DateTime): bigint {
  if (date.kind === DateKind.local)
    return BigInt.asIntN(64, (date.toUtc().ticks & 0x3fff_ffff_ffff_ffffn) | (1n << 63n));
  return date.kind === DateKind.utc ? date.ticks | (1n << 62n) : date.ticks;
}

export function fromBinary(data: bigint): DateTime {
  const bits = BigInt.asUintN(64, data);
  const ticks = bits & 0x3fff_ffff_ffff_ffffn;
  if (ticks > maxTicks) {
    throw netFailure(
      'System.ArgumentException',
      'The binary data must result in a DateTime with ticks between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks.',
      { parameter: 'dateData' },
    );
  }
  if (bits >> 63n === 1n) return new DateTime(ticks, DateKind.utc).toLocal();
  return new DateTime(ticks, bits >> 62n === 1n ? DateKind.utc : DateKind.unspecified);
}
