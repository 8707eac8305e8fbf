import { netFailure } from '../../../errors/raise.ts';
import { NetArray } from '../../../values/array.ts';
import { netEquals } from '../../../values/key-comparer.ts';
import { MultiArray } from '../../../values/multi-array.ts';
import { int } from '../../../values/narrow.ts';
import { copyTo } from '../../collections/copy-to.ts';
import { EnumeratorObject } from '../../collections/enumerator.ts';
import { namedType } from '../../intrinsic.ts';
import type { Overload, TypeDescription } from '../../net-type.ts';
import { zeroOf } from '../../new-array.ts';
import { dimension, elementOf, indexesOf, itemsOfArray, lengths, offset, self, setAt } from './items.ts';
import { arrayStatics } from './statics.ts';

const enumeratorType = namedType('System.ArrayEnumerator');

export const arrayDescription: TypeDescription = {
  name: 'System.Array',
  kind: 'class',
  accelerators: ['array'],
  isAbstract: true,
  interfaces: [
    'System.ICloneable',
    'System.Collections.IList',
    'System.Collections.ICollection',
    'System.Collections.IEnumerable',
    'System.Collections.IStructuralComparable',
    'System.Collections.IStructuralEquatable',
  ],
  enumerate: (value) => itemsOfArray(value),
  properties: {
    Count: { type: 'int', addedAs: 'AliasProperty', get: (value) => itemsOfArray(value).length },
    Length: { type: 'int', get: (value) => itemsOfArray(value).length },
    LongLength: { type: 'long', get: (value) => BigInt(itemsOfArray(value).length) },
    Rank: { type: 'int', get: (value) => lengths(value).length },
    SyncRoot: { type: 'System.Object', get: (value) => value },
    IsReadOnly: { type: 'bool', get: () => false },
    IsFixedSize: { type: 'bool', get: () => true },
    IsSynchronized: { type: 'bool', get: () => false },
  },
  methods: {
    GetLength: [{ signature: 'int GetLength(int dimension)', invoke: (value, [index]) => dimension(value, index) }],
    GetLongLength: [
      { signature: 'long GetLongLength(int dimension)', invoke: (value, [index]) => BigInt(dimension(value, index)) },
    ],
    GetUpperBound: [
      { signature: 'int GetUpperBound(int dimension)', invoke: (value, [index]) => dimension(value, index) - 1 },
    ],
    GetLowerBound: [
      {
        signature: 'int GetLowerBound(int dimension)',
        invoke: (value, [index]) => dimension(value, index) - dimension(value, index),
      },
    ],
    GetValue: [
      {
        signature: 'System.Object GetValue(params int[] indices)',
        invoke: (value, [indexes]) => itemsOfArray(value)[offset(value, indexesOf(indexes))],
      },
      {
        signature: 'System.Object GetValue(int index)',
        invoke: (value, [index]) => itemsOfArray(value)[offset(value, [index])],
      },
      {
        signature: 'System.Object GetValue(int index1, int index2)',
        invoke: (value, indexes) => itemsOfArray(value)[offset(value, indexes)],
      },
    ],
    SetValue: [
      {
        signature: 'void SetValue(System.Object value, int index)',
        invoke: (array, [value, index], context) => void setAt(array, value, [index], context),
      },
      {
        signature: 'void SetValue(System.Object value, int index1, int index2)',
        invoke: (array, [value, ...indexes], context) => void setAt(array, value, indexes, context),
      },
      {
        signature: 'void SetValue(System.Object value, params int[] indices)',
        invoke: (array, [value, indexes], context) => void setAt(array, value, indexesOf(indexes), context),
      },
    ],
    Clone: [
      {
        signature: 'System.Object Clone()',
        invoke: (value) =>
          value instanceof MultiArray
            ? new MultiArray(value.element, value.lengths, value.items.slice())
            : new NetArray(self(value).element, self(value).items.slice()),
      },
    ],
    CopyTo: [
      {
        signature: 'void CopyTo(array array, int index)',
        invoke: (value, [target, index]) => copyTo(self(value).items, self(target), int(index)),
      },
    ],
    GetEnumerator: [
      {
        signature: 'System.Collections.IEnumerator GetEnumerator()',
        invoke: (value) => new EnumeratorObject(enumeratorType, () => itemsOfArray(value).values()),
      },
    ],
    Initialize: [{ signature: 'void Initialize()', invoke: () => undefined }],
    ...listMembers(),
  },
  staticProperties: { MaxLength: { type: 'int', get: () => 2_147_483_591 } },
  staticMethods: arrayStatics,
};

/** What arrays have of `IList`; a size that never changes. */
function listMembers(): Record<string, readonly Overload[]> {
  const fixed = (): never => {
    throw netFailure('System.NotSupportedException', 'Collection was of a fixed size.');
  };
  return {
    Add: [{ signature: 'int Add(System.Object value)', invoke: fixed }],
    Insert: [{ signature: 'void Insert(int index, System.Object value)', invoke: fixed }],
    Remove: [{ signature: 'void Remove(System.Object value)', invoke: fixed }],
    RemoveAt: [{ signature: 'void RemoveAt(int index)', invoke: fixed }],
    Clear: [
      {
        signature: 'void Clear()',
        invoke: (value) => void itemsOfArray(value).fill(zeroOf(elementOf(value))),
      },
    ],
    Contains: [
      {
        signature: 'bool Contains(System.Object value)',
        invoke: (value, [item]) => self(value).items.some((one) => netEquals(one, item)),
      },
    ],
    IndexOf: [
      {
        signature: 'int IndexOf(System.Object value)',
        invoke: (value, [item]) => self(value).items.findIndex((one) => netEquals(one, item)),
      },
    ],
    Get: [
      {
        signature: 'System.Object Get(int index)',
        invoke: (value, indexes) => itemsOfArray(value)[offset(value, indexes)],
      },
    ],
    Set: [
      {
        signature: 'void Set(int index, System.Object value)',
        invoke: (array, [index, value], context) => void setAt(array, value, [index], context),
      },
    ],
  };
}
