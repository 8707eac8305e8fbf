import { ManualClock, seededRandom } from '@joinery/runtime';
import {
  compileExpression,
  type EvaluationContext,
  type Outcome,
  parseExpression,
  printValue,
  toItems,
  type Value,
} from '../src/index.ts';

/** A fixed world: 2021-07-02T15:33:38Z, repeatable randomness, default domain contoso.com. */
export const context: EvaluationContext = {
  clock: new ManualClock(Date.UTC(2021, 6, 2, 15, 33, 38)),
  random: seededRandom(7),
  defaultDomain: 'contoso.com',
};

export function evaluate(expression: string, source: Readonly<Record<string, Value>> = {}): Outcome {
  return compileExpression(parseExpression(expression)).evaluate(new Map(Object.entries(source)), context);
}

/** The printed value; null for null. Fails on a list. */
export function printed(expression: string, source: Readonly<Record<string, Value>> = {}): string | null {
  const items = toItems(evaluate(expression, source).value).map(printValue);
  if (items.length > 1) throw new Error(`${expression} gives a list: ${items.join(' | ')}`);
  return items[0] ?? null;
}
