import { baseOf, typeOf } from '../../conversion/base.ts';
import { toNetText } from '../../conversion/text.ts';
import { Instance } from '../../values/instance.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { hashCode } from './hash-code.ts';

/** An object that is nothing but itself: `[object]::new()`. */
class PlainObject extends Instance {
  readonly type: NetType;
  constructor(type: NetType = netTypes.object) {
    super();
    this.type = type;
  }
}

function typeOfSelf(self: Value): NetType {
  const base = baseOf(self);
  return base === null || base === undefined ? netTypes.object : typeOf(base);
}

export const objectDescription: TypeDescription = {
  name: 'System.Object',
  kind: 'class',
  constructors: [{ signature: 'new()', invoke: (_self, _none, _context, type) => new PlainObject(type) }],
  methods: {
    Equals: [
      {
        signature: 'bool Equals(System.Object obj)',
        // A custom object is behind a wrapper for its own methods, and without one as an argument.
        invoke: (self, [other]) => !(self instanceof PSCustomObject) && netEquals(self, other),
      },
    ],
    GetHashCode: [{ signature: 'int GetHashCode()', invoke: (self) => hashCode(self) }],
    GetType: [{ signature: 'type GetType()', invoke: (self) => typeOfSelf(self) }],
    ToString: [
      { signature: 'string ToString()', invoke: (self, _none, context) => toNetText(self, undefined, context) },
    ],
  },
  staticMethods: {
    Equals: [
      {
        signature: 'static bool Equals(System.Object objA, System.Object objB)',
        invoke: (_self, [a, b]) => netEquals(a, b),
      },
    ],
    ReferenceEquals: [
      {
        signature: 'static bool ReferenceEquals(System.Object objA, System.Object objB)',
        // Boxed numbers are two objects; text is taken to be interned.
        invoke: (_self, [a, b]) => a === b && typeof a !== 'number' && typeof a !== 'bigint' && typeof a !== 'boolean',
      },
    ],
  },
};

export const valueTypeDescription: TypeDescription = {
  name: 'System.ValueType',
  kind: 'class',
  base: 'System.Object',
  isAbstract: true,
};

export const voidDescription: TypeDescription = {
  name: 'System.Void',
  kind: 'struct',
  accelerators: ['void'],
};
