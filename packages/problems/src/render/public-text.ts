import type { Problem } from '../problem.ts';

/**
 * What a client over the network may read of a problem: the place and the sentence of this occurrence.
 * An internal fault shows its table title alone: whatever was put into its detail was not written for strangers. The cause is never shown.
 */
export function publicText(problem: Problem): string {
  return problem.kind === 'internal' ? problem.definition.title : problem.message;
}
