import { type EvaluationContext, printValue, type SourceAttributes, toItems } from '@joinery/expressions';
import type { CompiledAttributeMapping } from '../job/compiled.ts';

/** One question to the target: whose attribute equals this value? */
export interface MatchQuery {
  readonly attributePath: string;
  readonly value: string;
}

/**
 * The questions of an object by matching priority (engine sheet 8): the mapped value, not the source's. Attributes without
 * a value ask nothing; no question at all is the case ImportSkipped.
 */
export function matchQueries(
  matching: readonly CompiledAttributeMapping[],
  attributes: SourceAttributes,
  context: EvaluationContext,
): readonly MatchQuery[] {
  return matching.flatMap((mapping) => {
    const [first] = toItems(mapping.source?.evaluate(attributes, context).value ?? null);
    const value = first === undefined ? '' : printValue(first);
    return value === '' ? [] : [{ attributePath: mapping.path.text, value }];
  });
}
