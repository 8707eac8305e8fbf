/** Entries of one run that can be told apart in its order. */
const MOST_SORTED = 2 ** 20;

/** Of an entry's place in the order: so much for what its key begins with, so much for its number. */
const KEY_VALUES = 2 ** 26;

/**
 * Index entries that wait, some hundred thousand of them, in a few pieces of memory that the garbage collector has nothing to
 * do with: as objects they would be most of what an import holds.
 */
export class ValueRun {
  #bytes = Buffer.allocUnsafeSlow(64 * 1024);
  #ends = new Uint32Array(1024);
  #rows = new Float64Array(1024);
  #attributes = new Uint32Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(attribute: number, key: string, row: number): void {
    if (this.#count === this.#ends.length) this.#growEntries();
    const start = this.#startOf(this.#count);
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    if (start + key.length * 3 > this.#bytes.length) this.#growBytes(start + key.length * 3, start);
    this.#ends[this.#count] = start + this.#bytes.write(key, start);
    this.#rows[this.#count] = row;
    this.#attributes[this.#count] = attribute;
    this.#count += 1;
  }

  /** Drops the last entries. @param count of those that stay */
  cut(count: number): void {
    this.#count = count;
  }

  attributeAt(entry: number): number {
    return this.#attributes[entry] ?? 0;
  }

  rowAt(entry: number): number {
    return this.#rows[entry] ?? 0;
  }

  keyAt(entry: number): string {
    return this.#bytes.toString('utf8', this.#startOf(entry), this.#ends[entry]);
  }

  /**
   * The entries by index and by what their keys begin with, after what all keys of the index begin with: near enough to the
   * order of the index that those which follow each other change the same page.
   */
  order(): Uint32Array {
    const sorted = new Float64Array(Math.min(this.#count, MOST_SORTED));
    const shared = this.#sharedBeginnings();
    const ranks = new Map([...shared.keys()].sort((a, b) => a - b).map((attribute, rank) => [attribute, rank]));
    for (let entry = 0; entry < sorted.length; entry++) {
      const attribute = this.attributeAt(entry);
      const rank = ranks.get(attribute) ?? 0;
      const beginning = this.#beginningAt(entry, shared.get(attribute) ?? 0);
      sorted[entry] = (rank * KEY_VALUES + beginning) * MOST_SORTED + entry;
    }
    sorted.sort();
    const order = new Uint32Array(this.#count);
    for (let at = 0; at < this.#count; at++) order[at] = at < sorted.length ? (sorted[at] ?? 0) % MOST_SORTED : at;
    return order;
  }

  /** By index: how many bytes all of its keys begin with. */
  #sharedBeginnings(): Map<number, number> {
    const first = new Map<number, number>();
    const shared = new Map<number, number>();
    for (let entry = 0; entry < this.#count; entry++) {
      const attribute = this.attributeAt(entry);
      const model = first.get(attribute);
      if (model === undefined) {
        first.set(attribute, entry);
        shared.set(attribute, this.#lengthOf(entry));
      } else {
        const most = shared.get(attribute) ?? 0;
        if (most > 0) shared.set(attribute, this.#sharedLength(model, entry, most));
      }
    }
    return shared;
  }

  #sharedLength(a: number, b: number, most: number): number {
    const [startA, startB] = [this.#startOf(a), this.#startOf(b)];
    const end = Math.min(most, this.#lengthOf(b));
    let at = 0;
    while (at < end && this.#bytes[startA + at] === this.#bytes[startB + at]) at += 1;
    return at;
  }

  /** The four bytes after those that are shared, as a number below {@link KEY_VALUES}. */
  #beginningAt(entry: number, shared: number): number {
    const start = this.#startOf(entry) + shared;
    const end = this.#ends[entry] ?? 0;
    let number = 0;
    for (let at = start; at < start + 4; at++) number = number * 256 + (at < end ? (this.#bytes[at] ?? 0) : 0);
    return Math.floor(number / 64);
  }

  #startOf(entry: number): number {
    return entry === 0 ? 0 : (this.#ends[entry - 1] ?? 0);
  }

  #lengthOf(entry: number): number {
    return (this.#ends[entry] ?? 0) - this.#startOf(entry);
  }

  #growEntries(): void {
    const length = this.#ends.length * 2;
    this.#ends = grown(this.#ends, new Uint32Array(length));
    this.#rows = grown(this.#rows, new Float64Array(length));
    this.#attributes = grown(this.#attributes, new Uint32Array(length));
  }

  #growBytes(least: number, used: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(least, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, used);
    this.#bytes = larger;
  }
}

function grown<A extends Uint32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
