import type { ConversionContext } from '../conversion/context.ts';
import type { Value } from '../values/value.ts';

/** What operators use of a running engine. */
export interface OperatorContext extends ConversionContext {
  /** `Set-StrictMode` of the running scope: 0 is off. */
  readonly strictVersion: number;
  /** True while a statement's error ends what is around it, too: inside a `try`, or a block whose errors are its caller's. */
  hasHandler: boolean;
  /** Sets `$Matches` in the running scope. */
  setMatches(matches: Value): void;
}
