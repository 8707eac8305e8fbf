import { as, long } from '../../values/narrow.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import type { Overload } from '../net-type.ts';
import { ticksPerHour, ticksPerMillisecond, ticksPerMinute, ticksPerSecond } from './calendar.ts';
import { spanOf, TimeSpan } from './time-span.ts';

const double = (value: Value): number => as(value, Double).value;

/** The smaller units behind each, with their ticks. */
const smallerUnits: readonly (readonly [name: string, ticks: bigint])[] = [
  ['hours', ticksPerHour],
  ['minutes', ticksPerMinute],
  ['seconds', ticksPerSecond],
  ['milliseconds', ticksPerMillisecond],
  ['microseconds', 10n],
];

const wholeOf = (value: Value): bigint => (typeof value === 'number' ? BigInt(value) : long(value));

/** A unit with smaller ones behind it, each zero where it is left out; milliseconds must have what is behind them. */
function fromSeveral(name: string, ticksPerUnit: bigint, unit: string): readonly Overload[] {
  const units = smallerUnits.filter(([, ticks]) => ticks < ticksPerUnit);
  if (units.length === 0) return [];
  const first = ticksPerUnit >= ticksPerHour ? 'int' : 'long';
  const rest = units.map(([one]) => {
    const type = one === 'hours' ? 'int' : 'long';
    return unit === 'milliseconds' ? `${type} ${one}` : `${type} ${one} = 0`;
  });
  return [
    {
      signature: `static timespan ${name}(${first} ${unit}, ${rest.join(', ')})`,
      invoke: (_self, [value, ...smaller]) => {
        let ticks = wholeOf(value) * ticksPerUnit;
        for (const [index, [, each]] of units.entries()) ticks += wholeOf(smaller[index] ?? 0n) * each;
        return new TimeSpan(ticks);
      },
    },
  ];
}

/** `FromHours` and its kind: by a Double, and by whole numbers with those of smaller units behind. */
export function from(name: string, ticksPerUnit: bigint, unit: string): readonly Overload[] {
  const whole = ticksPerUnit >= ticksPerHour ? 'int' : 'long';
  return [
    {
      signature: `static timespan ${name}(double value)`,
      invoke: (_self, [value]) => spanOf(double(value), ticksPerUnit),
    },
    {
      signature: `static timespan ${name}(${whole} ${unit})`,
      invoke: (_self, [value]) => new TimeSpan(wholeOf(value) * ticksPerUnit),
    },
    ...fromSeveral(name, ticksPerUnit, unit),
  ];
}
