import { arrayOf, netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { Value } from './value.ts';

/** A .NET array of one dimension. Items are already of the element type; the length never changes. */
export class NetArray extends Instance {
  readonly element: NetType;
  readonly items: Value[];
  constructor(element: NetType, items: Value[]) {
    super();
    this.element = element;
    this.items = items;
  }
  get type(): NetType {
    return arrayOf(this.element);
  }
}

/** `object[]`, the array of every comma and `@()`. The items are taken, not copied. */
export function objectArray(items: Value[]): NetArray {
  return new NetArray(netTypes.object, items);
}
