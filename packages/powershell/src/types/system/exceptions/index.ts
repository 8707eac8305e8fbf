import type { TypeDescription } from '../../net-type.ts';
import { argumentExceptions } from './argument-exceptions.ts';
import { exceptionDescription } from './describe-exception.ts';
import { exceptionBase } from './exception.ts';
import { specialExceptions } from './special-exceptions.ts';
import { plainExceptions } from './table.ts';

export const exceptions: readonly TypeDescription[] = [
  exceptionBase,
  ...argumentExceptions,
  ...specialExceptions,
  ...plainExceptions.map(([name, base, message]) => exceptionDescription(name, base, { message })),
];
