import { isProblem } from '@joinery/problems';

/** The code of the problem that the work ends with, undefined when it ends well; every other error is thrown on. */
export function problemOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (isProblem(error)) return error.code;
    throw error;
  }
}
