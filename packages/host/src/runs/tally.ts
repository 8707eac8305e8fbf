import type { Problem } from '@joinery/problems';
import type { Redactor } from '@joinery/runtime';
import { type Difference, RUN_ERRORS_KEPT, RUN_EXAMPLES_KEPT, type RunError } from '../space/run-record.ts';
import type { Count } from './guard.ts';

/** A number of objects with the ids of the first ones. */
export class Counted implements Count {
  count = 0;
  readonly examples: string[] = [];

  add(count: number, ids: readonly string[]): void {
    this.count += count;
    this.examples.push(...ids.slice(0, RUN_EXAMPLES_KEPT - this.examples.length));
  }
}

/** What one import has met so far. Its size does not grow with the number of objects. */
export class Tally {
  adds = 0;
  updates = 0;
  renames = 0;
  unchanged = 0;
  /** What the import told of objects that were written meanwhile, and may have been told of their state before. */
  passed = 0;
  failed = 0;
  readonly deletes = new Counted();
  readonly blanks = new Map<string, Counted>();
  /** By resource type: objects that a full import did not bring. */
  readonly missed = new Map<string, number>();
  /** Resource types of which the import brought something, be it an object that cannot be used. */
  readonly met = new Set<string>();
  readonly errors: RunError[] = [];
  differing = 0;
  readonly differences: Difference[] = [];
  /** A failed object that does not say which one it is: any object that seems to be missing may be this one. */
  unidentified = false;
  readonly #redactor: Redactor;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** Objects that the import brought and that can be used. */
  get objects(): number {
    return this.adds + this.updates + this.unchanged;
  }

  fail(object: string, { code, detail }: Problem): void {
    this.failed += 1;
    if (this.errors.length < RUN_ERRORS_KEPT) this.errors.push({ object, code, detail: this.#redactor.text(detail) });
  }

  end(type: string, count: number): void {
    this.missed.set(type, (this.missed.get(type) ?? 0) + count);
  }

  blank(attribute: string, count: number, examples: readonly string[]): void {
    const counted = this.blanks.get(attribute) ?? new Counted();
    this.blanks.set(attribute, counted);
    counted.add(count, examples);
  }

  differ(differences: readonly Difference[]): void {
    this.differing += differences.length;
    this.differences.push(...differences.slice(0, RUN_ERRORS_KEPT - this.differences.length));
  }
}
