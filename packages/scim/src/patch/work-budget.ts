import { problem } from '@joinery/problems';

/**
 * Bounds the work of one PATCH: thousands of operations on thousands of elements multiply.
 * Two million look-ups stay far below a second; the largest request seen from Entra needs a few thousand.
 */
export class WorkBudget {
  #left = 2_000_000;

  /** @throws SCIM_BODY_LIMIT when the request asks for too much */
  spend(elements: number): void {
    this.#left -= elements;
    if (this.#left < 0) {
      throw problem('SCIM_BODY_LIMIT', 'The operations of this request search too many elements.', {
        place: 'Operations',
      });
    }
  }
}
