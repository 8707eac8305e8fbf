import { netEquals } from '../../values/key-comparer.ts';
import { compareDefault } from '../collections/order.ts';
import type { Overload } from '../net-type.ts';

/** `CompareTo` and `Equals` of a type that knows how to compare itself. */
export function comparable(name: string): Record<string, readonly Overload[]> {
  return {
    CompareTo: [
      {
        signature: 'int CompareTo(System.Object value)',
        invoke: (self, [other]) => Math.sign(compareDefault(self, other)),
      },
      { signature: `int CompareTo(${name} value)`, invoke: (self, [other]) => Math.sign(compareDefault(self, other)) },
    ],
    Equals: [
      { signature: 'bool Equals(System.Object obj)', invoke: (self, [other]) => netEquals(self, other) },
      { signature: `bool Equals(${name} obj)`, invoke: (self, [other]) => netEquals(self, other) },
    ],
  };
}
