import type { Value } from './value.ts';

/**
 * The names of properties that many custom objects have alike, in order: the columns of a table, the names in the objects of
 * a document. Objects of one layout hold their values alone.
 */
export class ColumnLayout {
  readonly names: readonly string[];
  /** Makes the values of an object that was kept as text; absent where all hold values. */
  readonly split: ((text: string) => Value[]) | undefined;
  /** Columns by name in the case given, and by folded name. */
  readonly #indexes = new Map<string, number>();

  /**
   * @param names no two alike when folded
   * @param split answers as many values as there are names
   */
  constructor(names: readonly string[], split?: (text: string) => Value[]) {
    this.names = names;
    this.split = split;
    for (const [index, name] of names.entries()) this.#indexes.set(name.toLowerCase(), index);
    for (const [index, name] of names.entries()) this.#indexes.set(name, index);
  }

  /** The column of a name in any case; -1 where there is none. */
  indexOf(name: string): number {
    return this.#indexes.get(name) ?? this.#indexes.get(name.toLowerCase()) ?? -1;
  }
}
