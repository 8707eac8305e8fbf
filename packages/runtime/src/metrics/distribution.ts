/**
 * Counts of values by size, as a histogram metric shows them. Plain numbers, so that one observation costs some nanoseconds: a
 * request of the host takes tens of microseconds, and its measurement must not be seen in them.
 */
export class Distribution {
  /** Upper bounds, ascending; what is larger than all of them is counted too. */
  readonly bounds: readonly number[];
  readonly #counts: Float64Array;
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const { bounds } = this;
    let at = 0;
    while (at < bounds.length && value > (bounds[at] ?? 0)) at += 1;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sum += value;
  }

  get sum(): number {
    return this.#sum;
  }

  get count(): number {
    return this.#counts.reduce((sum, each) => sum + each, 0);
  }

  /** How many values were at most each bound, the unbounded last. */
  cumulative(): number[] {
    let sum = 0;
    return Array.from(this.#counts, (each) => {
      sum += each;
      return sum;
    });
  }
}
