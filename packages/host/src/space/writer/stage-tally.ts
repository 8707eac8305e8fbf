import { type Difference, RUN_EXAMPLES_KEPT } from '../run-record.ts';
import type { StageOutcome } from './calls.ts';

/** What one page of an import has come to. */
export class StageTally {
  adds = 0;
  updates = 0;
  renames = 0;
  unchanged = 0;
  passed = 0;
  readonly duplicates: string[] = [];
  readonly differences: Difference[] = [];
  readonly gone: string[] = [];
  readonly #blanks = new Map<string, { count: number; examples: string[] }>();

  blank(attribute: string, id: string): void {
    const found = this.#blanks.get(attribute) ?? { count: 0, examples: [] };
    this.#blanks.set(attribute, found);
    found.count += 1;
    if (found.examples.length < RUN_EXAMPLES_KEPT) found.examples.push(id);
  }

  outcome(): StageOutcome {
    const { adds, updates, renames, unchanged, passed, duplicates, gone, differences } = this;
    return {
      adds,
      updates,
      renames,
      unchanged,
      passed,
      duplicates,
      differences,
      gone,
      blanked: [...this.#blanks].map(([attribute, found]) => ({ attribute, ...found })),
    };
  }
}
