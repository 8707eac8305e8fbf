import { netFailure } from '../../errors/raise.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { enumeratorDescription } from './enumerator.ts';
import { GenericList } from './generic-list.ts';
import { listInterfaces } from './interfaces.ts';
import { itemsOf } from './items-of.ts';
import { listMethods } from './list-methods.ts';
import { checkIndex } from './ranges.ts';

const self = (value: Value): GenericList => as(value, GenericList);

/** The type argument of the `List[T]` that a type is or derives from. */
function elementOf(type: NetType): NetType {
  return type.typeArguments[0] ?? netTypes.object;
}

function checkCapacity(capacity: number): void {
  if (capacity >= 0) return;
  throw netFailure('System.ArgumentOutOfRangeException', 'Non-negative number required.', { parameter: 'capacity' });
}

export const listDescription: TypeDescription = {
  name: 'System.Collections.Generic.List`1',
  kind: 'class',
  typeParameters: ['T'],
  interfaces: listInterfaces,
  constructors: [
    {
      signature: 'System.Collections.Generic.List[T] new()',
      invoke: (_self, _none, _context, type) => new GenericList(type, elementOf(type)),
    },
    {
      signature: 'System.Collections.Generic.List[T] new(int capacity)',
      invoke: (_self, [capacity], _context, type) => {
        checkCapacity(int(capacity));
        return new GenericList(type, elementOf(type));
      },
    },
    {
      signature: 'System.Collections.Generic.List[T] new(System.Collections.Generic.IEnumerable[T] collection)',
      invoke: (_self, [items], context, type) =>
        new GenericList(type, elementOf(type), itemsOf(items, context).slice()),
    },
  ],
  properties: {
    Capacity: {
      type: 'int',
      get: (list) => capacityOf(self(list).size),
      set: (list, capacity) => {
        if (int(capacity) < self(list).size) {
          throw netFailure('System.ArgumentOutOfRangeException', 'capacity was less than the current size.', {
            parameter: 'value',
          });
        }
      },
    },
    Count: { type: 'int', get: (list) => self(list).size },
  },
  methods: listMethods,
  indexer: {
    get: [
      {
        signature: 'T Item(int index)',
        invoke: (list, [index]) => self(list).at(checkIndex(int(index), self(list).size)),
      },
    ],
    set: [
      {
        signature: 'void Item(int index, T value)',
        invoke: (list, [index, item]) => {
          self(list).set(checkIndex(int(index), self(list).size), item);
          return undefined;
        },
      },
    ],
  },
  enumerate: (list) => self(list),
};

/** As a list that grew by `Add` would have it: 0, 4, then doubled. */
function capacityOf(size: number): number {
  return size === 0 ? 0 : Math.max(4, 2 ** Math.ceil(Math.log2(size)));
}

export const listEnumeratorDescription: TypeDescription = enumeratorDescription(
  'System.Collections.Generic.List`1+Enumerator',
  { typeParameters: ['T'], item: 'T', kind: 'struct' },
);
