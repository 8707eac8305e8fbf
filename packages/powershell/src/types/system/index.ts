import type { TypeDescription } from '../net-type.ts';
import { activatorDescription } from './activator.ts';
import { arrayDescription } from './array/array.ts';
import { bitConverterDescription } from './bit-converter.ts';
import { booleanDescription } from './boolean.ts';
import { charDescription } from './char.ts';
import { consoleDescriptions } from './console.ts';
import { convertDescription } from './convert/convert.ts';
import { dbNullDescription } from './db-null.ts';
import { delegates } from './delegates.ts';
import { enumDescription } from './enum.ts';
import { enums } from './enums.ts';
import { exceptions } from './exceptions/index.ts';
import { interfaces } from './interfaces.ts';
import { lazyDescription } from './lazy.ts';
import { mathDescription } from './math.ts';
import { nullableDescription } from './nullable.ts';
import { bigIntegerDescription } from './numbers/big-integer.ts';
import { integers } from './numbers/integers.ts';
import { reals } from './numbers/reals.ts';
import { objectDescription, valueTypeDescription, voidDescription } from './object.ts';
import { randomDescription } from './random.ts';
import { assemblyDescription } from './reflection/assembly.ts';
import { reflectionTypes } from './reflection/descriptions.ts';
import { midpointRounding } from './rounding.ts';
import { runtimeInformationDescriptions } from './runtime-information.ts';
import { stringSplitOptions } from './text/split.ts';
import { charEnumeratorDescription, stringDescription } from './text/string.ts';
import { stringComparison } from './text/string-comparison.ts';
import { threadingDescriptions } from './threading.ts';
import { tuples } from './tuple.ts';
import { runtimeTypeDescription, typeDescription } from './type.ts';

export const descriptions: readonly TypeDescription[] = [
  objectDescription,
  valueTypeDescription,
  voidDescription,
  ...interfaces,
  booleanDescription,
  charDescription,
  stringDescription,
  charEnumeratorDescription,
  arrayDescription,
  ...integers,
  ...reals,
  bigIntegerDescription,
  enumDescription,
  nullableDescription,
  typeDescription,
  runtimeTypeDescription,
  ...reflectionTypes,
  assemblyDescription,
  ...delegates,
  activatorDescription,
  convertDescription,
  mathDescription,
  bitConverterDescription,
  randomDescription,
  ...consoleDescriptions,
  ...threadingDescriptions,
  { name: 'System.FormattableString', kind: 'class', isAbstract: true, interfaces: ['System.IFormattable'] },
  ...tuples,
  lazyDescription,
  ...runtimeInformationDescriptions,
  dbNullDescription,
  midpointRounding,
  stringComparison,
  stringSplitOptions,
  ...enums,
  ...exceptions,
];
