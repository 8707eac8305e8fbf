import { arrayOf } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { Value } from './value.ts';

/** A .NET array of two or more dimensions: `[int[,]]::new(2, 3)`. Items row by row. */
export class MultiArray extends Instance {
  readonly element: NetType;
  readonly lengths: readonly number[];
  readonly items: Value[];

  constructor(element: NetType, lengths: readonly number[], items: Value[]) {
    super();
    this.element = element;
    this.lengths = lengths;
    this.items = items;
  }

  get type(): NetType {
    return arrayOf(this.element, this.lengths.length);
  }

  /** The place of an item in `items`, `undefined` where an index is out of range. Negative indexes count from the end. */
  offset(indexes: readonly number[]): number | undefined {
    let offset = 0;
    for (const [dimension, length] of this.lengths.entries()) {
      const given = indexes[dimension] ?? 0;
      const index = given < 0 ? given + length : given;
      if (index < 0 || index >= length) return undefined;
      offset = offset * length + index;
    }
    return offset;
  }
}
