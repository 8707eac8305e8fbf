import type { CallContext } from '../../net-type.ts';

/** Asks the budget before a text of so many units is made; short ones are not worth the question. */
export function reserveText(context: CallContext, length: number): void {
  if (length > 10_000) context.budget.reserve(2 * length);
}
