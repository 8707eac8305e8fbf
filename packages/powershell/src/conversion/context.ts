import type { Budget } from '../runtime/budget.ts';
import type { CallContext } from '../types/net-type.ts';
import type { TypeTable } from '../types/table.ts';

/** What conversions use of a running engine. */
export interface ConversionContext extends CallContext {
  readonly types: TypeTable;
  readonly budget: Budget;
  /** `$OFS`, a single space where it is not set: what joins the items of an array in text. */
  readonly ofs: string;
}
