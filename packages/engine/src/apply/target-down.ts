import { type Problem, toProblem } from '@joinery/problems';
import type { Conclusion } from '../plan/conclude.ts';
import type { BatchRun } from './batch-run.ts';

/**
 * Whether the target as a whole does not work, and not just some objects: someone failed by its absence or by refused
 * credentials, and a plain connection test fails too. Then the objects are not to blame, and going on would log a failure for
 * each of them (engine sheet 16.2: credentials are a matter of the job at once). That others of the batch were served says
 * nothing: a target may stop in the middle.
 * @returns what the connection test failed with, null where the target works
 */
export async function targetDown(run: BatchRun, conclusions: readonly Conclusion[]): Promise<Problem | null> {
  const suspect = conclusions.find(({ error }) => error !== null && concernsTarget(error.problem));
  const matching = suspect?.plan.mapping.matching[0];
  if (suspect === undefined || matching === undefined) return null;
  try {
    const { endpoint } = suspect.plan.mapping;
    await run.target.testConnection(endpoint, matching.path.text, run.random.uuid(), run.signal);
    return null;
  } catch (error) {
    run.signal.throwIfAborted();
    return toProblem(error);
  }
}

function concernsTarget({ kind, code }: Problem): boolean {
  return kind === 'unavailable' || code === 'SCIM_TARGET_DENIED';
}
