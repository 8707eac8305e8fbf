import { isProblem, type Problem, type ProblemCode } from '@joinery/problems';
import { expect } from 'vitest';

/** Runs what must fail and answers the problem, which has this code. */
export async function expectProblem(code: ProblemCode, work: () => unknown): Promise<Problem> {
  let thrown: unknown;
  try {
    await work();
  } catch (error) {
    thrown = error;
  }
  if (!isProblem(thrown)) throw new Error(`Expected the problem ${code}, got ${String(thrown)}`, { cause: thrown });
  expect(thrown.code).toBe(code);
  return thrown;
}
