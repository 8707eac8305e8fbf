import { problem } from '@joinery/problems';
import { isEmpty, type SourceAttributes, type Value } from '../values/value.ts';
import type { CompiledExpression, Outcome } from './compile.ts';
import type { EvaluationContext } from './context.ts';

/**
 * Runs the rules of a SelectUniqueValue until the target has no object with the value (engine sheet 21.5). Rules are evaluated
 * one after another, so that a target is asked no more often than needed; a rule without a value is passed over.
 * @param isTaken asks the target, whose own filter escaping makes special characters safe
 * @throws EXPRESSION_NOT_UNIQUE when every value is taken, and what a rule or `isTaken` throws
 */
export async function selectUniqueValue(
  expression: CompiledExpression,
  source: SourceAttributes,
  context: EvaluationContext,
  isTaken: (value: Value, signal: AbortSignal) => Promise<boolean>,
  signal: AbortSignal,
): Promise<Outcome> {
  for (const rule of expression.candidates) {
    signal.throwIfAborted();
    const outcome = rule.evaluate(source, context);
    if (isEmpty(outcome.value)) continue;
    if (!(await isTaken(outcome.value, signal))) return outcome;
  }
  throw problem('EXPRESSION_NOT_UNIQUE', `None of ${expression.candidates.length} values is free in the target.`);
}
