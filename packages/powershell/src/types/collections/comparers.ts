import { compareText } from '../../conversion/collation.ts';
import { Instance } from '../../values/instance.ts';
import {
  ComparerInstance,
  defaultComparer,
  ignoreCaseComparer,
  type MapKey,
  netEquals,
} from '../../values/key-comparer.ts';
import { as, object } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { NetType, Property, TypeDescription } from '../net-type.ts';
import { hashCode } from '../system/hash-code.ts';
import { compareDefault, delegateOrder, type Order } from './order.ts';

/** A comparer that scripts made or asked for: an order under the name of its type. */
class OrderComparer extends ComparerInstance {
  readonly type: NetType;
  readonly order: Order;

  constructor(type: NetType, order: Order) {
    super();
    this.type = type;
    this.order = order;
  }

  keyOf(key: Value): MapKey {
    return this.order === compareIgnoringCase ? ignoreCaseComparer.keyOf(key) : defaultComparer.keyOf(key);
  }

  compare(left: Value, right: Value): number {
    return Math.sign(this.order(left ?? null, right ?? null));
  }
}

/** `EqualityComparer[T].Default`. */
class EqualityComparer extends Instance {
  readonly type: NetType;
  constructor(type: NetType) {
    super();
    this.type = type;
  }
}

function compareIgnoringCase(left: Value, right: Value): number {
  return typeof left === 'string' && typeof right === 'string'
    ? compareText(left, right, true)
    : compareDefault(left, right);
}

const self = (value: Value): OrderComparer => as(value, OrderComparer);

/** The comparers of the time before generics: by culture, the invariant one here. */
function classic(name: string, order: Order, isConstructible: boolean): TypeDescription {
  const make = (): OrderComparer => new OrderComparer(namedType(name), order);
  const constant: Property = { type: name, get: make };
  return {
    name,
    kind: 'class',
    interfaces: ['System.Collections.IComparer'],
    constructors: overloadList({
      ...(isConstructible ? { [`${name} new()`]: make } : {}),
      [`${name} new(cultureinfo culture)`]: make,
    }),
    staticProperties: { Default: constant, DefaultInvariant: constant },
    methods: methodTable({
      'int Compare(System.Object a, System.Object b)': (value, [a, b]) => self(value).compare(a, b),
    }),
  };
}

const comparer = 'System.Collections.Generic.Comparer`1';
const made = 'System.Collections.Generic.ComparisonComparer`1';
const ordinary = 'System.Collections.Generic.GenericComparer`1';
const equality = 'System.Collections.Generic.EqualityComparer`1';
const ordinaryEquality = 'System.Collections.Generic.GenericEqualityComparer`1';
const typeParameters = ['T'];

function nameless(name: string, base: string): TypeDescription {
  return { name, kind: 'class', typeParameters, base: `${base}[T]` };
}

export const comparerFamily: readonly TypeDescription[] = [
  classic('System.Collections.CaseInsensitiveComparer', compareIgnoringCase, true),
  classic('System.Collections.Comparer', compareDefault, false),
  {
    name: comparer,
    kind: 'class',
    typeParameters,
    isAbstract: true,
    interfaces: ['System.Collections.IComparer', 'System.Collections.Generic.IComparer`1[T]'],
    staticProperties: {
      Default: {
        type: 'System.Collections.Generic.Comparer[T]',
        get: (_self, _context, type) =>
          new OrderComparer(closeType(namedType(ordinary), type.typeArguments), compareDefault),
      },
    },
    staticMethods: methodTable({
      'static System.Collections.Generic.Comparer[T] Create(System.Comparison[T] comparison)': (
        _self,
        [comparison],
        context,
        type,
      ) =>
        new OrderComparer(closeType(namedType(made), type.typeArguments), delegateOrder(object(comparison), context)),
    }),
    methods: methodTable({ 'int Compare(T x, T y)': (value, [x, y]) => self(value).compare(x, y) }),
  },
  nameless(made, comparer),
  nameless(ordinary, comparer),
  {
    name: equality,
    kind: 'class',
    typeParameters,
    isAbstract: true,
    interfaces: ['System.Collections.IEqualityComparer', 'System.Collections.Generic.IEqualityComparer`1[T]'],
    staticProperties: {
      Default: {
        type: 'System.Collections.Generic.EqualityComparer[T]',
        get: (_self, _context, type) =>
          new EqualityComparer(closeType(namedType(ordinaryEquality), type.typeArguments)),
      },
    },
    methods: methodTable({
      'bool Equals(T x, T y)': (_self, [x, y]) => netEquals(x ?? null, y ?? null),
      'bool Equals(System.Object obj)': (value, [other]) => value === other,
      'int GetHashCode(T obj)': (_self, [value]) => hashCode(value ?? null),
      'int GetHashCode()': (value) => hashCode(value),
    }),
  },
  nameless(ordinaryEquality, equality),
];
