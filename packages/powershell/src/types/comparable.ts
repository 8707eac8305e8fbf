import { netFailure } from '../errors/raise.ts';
import { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';
import type { Overload } from './net-type.ts';

/**
 * `CompareTo` and `Equals` of a type whose values have an order.
 * @param name the type as signatures write it
 * @param compare negative, zero or positive, of two values of the type
 */
export function comparableMethods(
  name: string,
  compare: (left: Value, right: Value) => number,
): Readonly<Record<'CompareTo' | 'Equals', readonly Overload[]>> {
  return {
    CompareTo: [
      {
        signature: 'int CompareTo(System.Object value)',
        invoke: (self, [value], _context, type) => {
          if (value === null || value === undefined) return 1;
          if (value instanceof Instance && value.type === type) return Math.sign(compare(self, value));
          throw netFailure('System.ArgumentException', `Object must be of type ${type.name.replace(/^.*\./, '')}.`);
        },
      },
      { signature: `int CompareTo(${name} value)`, invoke: (self, [value]) => Math.sign(compare(self, value)) },
    ],
    Equals: [
      {
        signature: 'bool Equals(System.Object value)',
        invoke: (self, [value], _context, type) =>
          value instanceof Instance && value.type === type && compare(self, value) === 0,
      },
      { signature: `bool Equals(${name} value)`, invoke: (self, [value]) => compare(self, value) === 0 },
    ],
  };
}
