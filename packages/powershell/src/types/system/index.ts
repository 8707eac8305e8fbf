import type { TypeDescription } from '../net-type.ts';
import { arrayDescription } from './array.ts';
import { booleanDescription } from './boolean.ts';
import { charDescription } from './char.ts';
import { exceptions } from './exceptions/index.ts';
import { interfaces } from './interfaces.ts';
import { bigIntegerDescription } from './numbers/big-integer.ts';
import { integers } from './numbers/integers.ts';
import { reals } from './numbers/reals.ts';
import { objectDescription, valueTypeDescription, voidDescription } from './object.ts';
import { midpointRounding } from './rounding.ts';
import { stringSplitOptions } from './text/split.ts';
import { stringDescription } from './text/string.ts';
import { stringComparison } from './text/string-comparison.ts';

export const descriptions: readonly TypeDescription[] = [
  objectDescription,
  valueTypeDescription,
  voidDescription,
  ...interfaces,
  booleanDescription,
  charDescription,
  stringDescription,
  arrayDescription,
  ...integers,
  ...reals,
  bigIntegerDescription,
  midpointRounding,
  stringComparison,
  stringSplitOptions,
  ...exceptions,
];
