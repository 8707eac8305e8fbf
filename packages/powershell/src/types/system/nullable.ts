import type { Value } from '../../values/value.ts';
import type { TypeDescription } from '../net-type.ts';

/** A value type that may be null. A value of it is the value itself, so its members are never asked. */
export const nullableDescription: TypeDescription = {
  name: 'System.Nullable`1',
  kind: 'struct',
  typeParameters: ['T'],
  zero: () => null,
  constructors: [{ signature: 'new(T value)', invoke: (_self: Value, [value]) => value }],
  staticMethods: {},
};
