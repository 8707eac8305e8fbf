import { problem } from '@joinery/problems';

/**
 * How many instructions the regular expressions of one evaluation may run together. Measured at 15 to 30 million a second on
 * the development machine, so a hostile pattern costs about a tenth of a second and then fails the object; ordinary mappings
 * need some hundreds. The count is the same on every machine: what passes once always passes, which a time-out cannot promise.
 */
export const stepsPerEvaluation = 2_000_000;

/** The hard limit of engine sheet 21.6 for regular expressions: steps, not time. */
export class StepBudget {
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
