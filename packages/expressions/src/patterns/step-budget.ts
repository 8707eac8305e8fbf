import { problem } from '@joinery/problems';
import type { MatchLimit } from '@joinery/regex';

/**
 * How many steps the regular expressions of one evaluation may take together. Measured at 50 million a second on a
 * two-core machine: a hostile pattern costs about 40 ms and then fails the object; ordinary mappings need some dozens to
 * hundreds. The count is the same on every machine: what passes once always passes, which a time-out cannot promise.
 */
export const stepsPerEvaluation = 2_000_000;

/** The hard limit of engine sheet 21.6 for regular expressions: steps, not time. */
export class StepBudget implements MatchLimit {
  #left: number;

  constructor(steps: number = stepsPerEvaluation) {
    this.#left = steps;
  }

  /** @throws EXPRESSION_REGEX_TOO_COSTLY when the budget is used up */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) {
      throw problem('EXPRESSION_REGEX_TOO_COSTLY', 'A regular expression needed too many steps for this value.');
    }
  }
}
