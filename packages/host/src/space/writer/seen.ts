import { BLOCK_BITS, blockOf } from '../layout.ts';

const SEQUENCES = 2 ** (BLOCK_BITS - 1);

interface Marks {
  readonly bits: Uint32Array;
  count: number;
}

/**
 * Which objects the open import has brought: one bit each. It is not in the file because an import whose process ends is
 * taken back anyhow; that is what makes an import that finds nothing new write nothing.
 */
export class Seen {
  readonly #blocks = new Map<number, Marks>();
  /** Rows that the present transaction has marked, and cleared as `-row - 1`. */
  readonly #undo: number[] = [];

  /** Marks the object of a row. @returns false when it was marked already */
  add(row: number): boolean {
    if (!this.#set(row, true)) return false;
    this.#undo.push(row);
    return true;
  }

  delete(row: number): void {
    if (this.#set(row, false)) this.#undo.push(-row - 1);
  }

  has(row: number): boolean {
    const sequence = Math.floor(row / 2) % SEQUENCES;
    const word = this.#blocks.get(blockOf(row))?.bits[sequence >>> 5] ?? 0;
    return ((word >>> (sequence & 31)) & 1) === 1;
  }

  /** Objects of a block that are marked. */
  count(block: number): number {
    return this.#blocks.get(block)?.count ?? 0;
  }

  commit(): void {
    this.#undo.length = 0;
  }

  rollback(): void {
    for (const each of this.#undo.reverse()) this.#set(each < 0 ? -each - 1 : each, each < 0);
    this.#undo.length = 0;
  }

  clear(): void {
    this.#blocks.clear();
    this.#undo.length = 0;
  }

  /** @returns whether that changed anything */
  #set(row: number, to: boolean): boolean {
    const block = blockOf(row);
    const marks = this.#blocks.get(block) ?? { bits: new Uint32Array(SEQUENCES / 32), count: 0 };
    this.#blocks.set(block, marks);
    const sequence = Math.floor(row / 2) % SEQUENCES;
    const word = sequence >>> 5;
    const bit = 1 << (sequence & 31);
    const present = marks.bits[word] ?? 0;
    if (((present & bit) !== 0) === to) return false;
    marks.bits[word] = present ^ bit;
    marks.count += to ? 1 : -1;
    return true;
  }
}
