import type { NetType } from '../types/net-type.ts';
import type { Value } from '../values/value.ts';
import type { ConversionContext } from './context.ts';

/** A way from one type to another; the value is of the one, not null, and no `PSObject`. Throws `Thrown` with PowerShell's invalid-cast ids. */
export type Conversion = (value: Value, type: NetType, context: ConversionContext) => Value;
