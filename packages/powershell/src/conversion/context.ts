import type { Budget } from '../runtime/budget.ts';
import type { RunOptions } from '../runtime/session.ts';
import type { CallContext } from '../types/net-type.ts';
import type { TypeTable } from '../types/table.ts';
import type { ScriptBlock } from '../values/script-block.ts';

/** What conversions use of a running engine. */
export interface ConversionContext extends CallContext {
  readonly types: TypeTable;
  readonly budget: Budget;
  /** `$OFS`, a single space where it is not set: what joins the items of an array in text. */
  readonly ofs: string;
  /** Runs a block: script methods that give an object its text. */
  run(block: ScriptBlock, options: RunOptions): void;
}
