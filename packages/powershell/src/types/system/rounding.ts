import type { RoundingMode } from '../../values/decimal.ts';
import { enumeration } from '../enumeration.ts';

export const midpointRounding = enumeration('System.MidpointRounding', [
  'ToEven',
  'AwayFromZero',
  'ToZero',
  'ToNegativeInfinity',
  'ToPositiveInfinity',
]);

const modes: readonly RoundingMode[] = ['toEven', 'awayFromZero', 'toZero', 'toNegativeInfinity', 'toPositiveInfinity'];

/** How a number of `System.MidpointRounding` rounds. */
export function roundingMode(number: number): RoundingMode {
  return modes[number] ?? 'toEven';
}
