import type { Problem } from '../problem.ts';

/** One line for a terminal: `CODE: place: what happened. What to do.` */
export function toSentence(problem: Problem): string {
  return `${problem.code}: ${problem.message} ${problem.fix}`;
}
