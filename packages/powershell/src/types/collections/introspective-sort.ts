/** Shorter runs are sorted by insertion. */
const insertionSize = 16;

/** Items are never `undefined`. */
type Item = object | string | number | bigint | boolean | null;

type Compare<T> = (left: T, right: T) => number;

/**
 * Sorts in place exactly as .NET's `Array.Sort` and `List.Sort` do: quicksort around the median of three, heaps where that
 * goes too deep, insertion for short runs. Equal items come out in .NET's order, which is not that of the input, and so do
 * items whose comparison contradicts itself.
 */
export function introspectiveSort<T extends Item>(items: T[], compare: Compare<T>): T[] {
  if (items.length > 1) new Sorter(items, compare).sort(0, items.length, 2 * (Math.floor(Math.log2(items.length)) + 1));
  return items;
}

class Sorter<T extends Item> {
  readonly #items: T[];
  readonly #compare: Compare<T>;

  constructor(items: T[], compare: Compare<T>) {
    this.#items = items;
    this.#compare = compare;
  }

  #at(index: number): T {
    const item = this.#items[index];
    if (item === undefined) throw new RangeError('an index outside of what is sorted');
    return item;
  }

  /** @param end the first index behind the run */
  sort(start: number, end: number, depth: number): void {
    let last = end;
    let left = depth;
    while (last - start > 1) {
      const size = last - start;
      if (size <= insertionSize) {
        this.#sortShort(start, size);
        return;
      }
      if (left === 0) {
        this.#heapSort(start, size);
        return;
      }
      left--;
      const pivot = this.#partition(start, last - 1);
      this.sort(pivot + 1, last, left);
      last = pivot;
    }
  }

  #sortShort(start: number, size: number): void {
    if (size === 2) this.#order(start, start + 1);
    else if (size === 3) {
      this.#order(start, start + 1);
      this.#order(start, start + 2);
      this.#order(start + 1, start + 2);
    } else this.#insert(start, size);
  }

  /** Swaps two items that stand the wrong way round. */
  #order(first: number, second: number): void {
    if (this.#compare(this.#at(first), this.#at(second)) > 0) this.#swap(first, second);
  }

  #swap(first: number, second: number): void {
    const items = this.#items;
    const kept = this.#at(first);
    items[first] = this.#at(second);
    items[second] = kept;
  }

  #partition(start: number, end: number): number {
    const middle = start + ((end - start) >> 1);
    this.#order(start, middle);
    this.#order(start, end);
    this.#order(middle, end);
    const pivot = this.#at(middle);
    this.#swap(middle, end - 1);
    let left = start;
    let right = end - 1;
    while (left < right) {
      do left++;
      while (left < end && this.#compare(this.#at(left), pivot) < 0);
      do right--;
      while (right > start && this.#compare(pivot, this.#at(right)) < 0);
      if (left >= right) break;
      this.#swap(left, right);
    }
    if (left !== end - 1) this.#swap(left, end - 1);
    return left;
  }

  #insert(start: number, size: number): void {
    const items = this.#items;
    for (let at = start; at < start + size - 1; at++) {
      const item = this.#at(at + 1);
      let place = at;
      while (place >= start && this.#compare(item, this.#at(place)) < 0) {
        items[place + 1] = this.#at(place);
        place--;
      }
      items[place + 1] = item;
    }
  }

  #heapSort(start: number, size: number): void {
    for (let at = size >> 1; at >= 1; at--) this.#sink(start, at, size);
    for (let at = size; at > 1; at--) {
      this.#swap(start, start + at - 1);
      this.#sink(start, 1, at - 1);
    }
  }

  #sink(start: number, from: number, size: number): void {
    const items = this.#items;
    const item = this.#at(start + from - 1);
    let at = from;
    while (at <= size >> 1) {
      let child = 2 * at;
      if (child < size && this.#compare(this.#at(start + child - 1), this.#at(start + child)) < 0) child++;
      if (this.#compare(item, this.#at(start + child - 1)) >= 0) break;
      items[start + at - 1] = this.#at(start + child - 1);
      at = child;
    }
    items[start + at - 1] = item;
  }
}
