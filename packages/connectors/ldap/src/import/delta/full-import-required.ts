import { type Problem, problem } from '@joinery/problems';

/**
 * Changes cannot be told with certainty, so everything has to be read. Never a guess: a delta that passes over a change leaves people in
 * the connector space who are long gone (behaviours L39, L47).
 */
export function fullImportRequired(reason: string): Problem {
  return problem('CONNECTOR_WATERMARK_INVALID', reason);
}
