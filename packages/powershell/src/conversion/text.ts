import type { CallContext } from '../types/net-type.ts';
import type { Value } from '../values/value.ts';
import type { ConversionContext } from './context.ts';

/** The text PowerShell gives a value: in strings, `[string]`, `-join`, parameters of type string. Doubles have 15 digits, arrays are joined by `$OFS`. */
export function toText(value: Value, context: ConversionContext): string {
  void context;
  return typeof value === 'string' ? value : String(value ?? '');
}

/** What `.ToString()`, or `.ToString(format)`, of .NET gives in the invariant culture: doubles round-trip, arrays say their type. */
export function toNetText(value: Value, format: string | undefined, context: CallContext): string {
  void format;
  return context.text(value);
}
