import { NetArray } from '../../values/array.ts';
import type { Dictionary } from '../../values/dictionary.ts';
import { Instance } from '../../values/instance.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { copyTo } from './copy-to.ts';
import { EnumeratorObject } from './enumerator.ts';
import { checkIndex } from './ranges.ts';

/** `Keys` or `Values` of a dictionary: a live view. */
export class KeyCollection extends Instance {
  readonly type: NetType;
  readonly dictionary: Dictionary;
  readonly part: 'keys' | 'values';

  constructor(type: NetType, dictionary: Dictionary, part: 'keys' | 'values') {
    super();
    this.type = type;
    this.dictionary = dictionary;
    this.part = part;
  }

  get size(): number {
    return this.dictionary.size;
  }

  [Symbol.iterator](): Iterator<Value, void> & Iterable<Value> {
    return this.part === 'keys' ? this.dictionary.keys() : this.dictionary.values();
  }
}

const self = (value: Value): KeyCollection => as(value, KeyCollection);

interface KeyCollectionOptions {
  readonly typeParameters?: readonly string[];
  /** Type of its items as a signature has it. */
  readonly item: string;
  /** Whether it can be indexed. */
  readonly list?: boolean;
}

/** Describes one type of `Keys` or `Values`. */
export function keyCollectionDescription(name: string, options: KeyCollectionOptions): TypeDescription {
  const { item, typeParameters, list = false } = options;
  const isGeneric = item !== 'System.Object';
  const collection = list ? 'IList' : 'ICollection';
  return {
    name,
    kind: 'class',
    ...(typeParameters === undefined ? {} : { typeParameters }),
    interfaces: [
      ...(isGeneric
        ? [`System.Collections.Generic.${collection}\`1[${item}]`, `System.Collections.Generic.IEnumerable\`1[${item}]`]
        : []),
      ...(list ? ['System.Collections.IList'] : []),
      'System.Collections.ICollection',
      'System.Collections.IEnumerable',
    ],
    properties: {
      Count: { type: 'int', get: (value) => self(value).size },
      ...(isGeneric
        ? {}
        : {
            IsSynchronized: { type: 'bool', get: () => false },
            SyncRoot: { type: 'System.Object', get: (value: Value) => self(value).dictionary },
          }),
    },
    methods: {
      CopyTo: [
        {
          signature: `void CopyTo(${isGeneric ? `${item}[]` : 'array'} array, int index)`,
          invoke: (value, [array, index]) => copyTo(self(value), as(array, NetArray), int(index)),
        },
      ],
      GetEnumerator: [
        {
          signature: 'System.Collections.IEnumerator GetEnumerator()',
          invoke: (value) => new EnumeratorObject(namedType(enumeratorName), () => self(value)[Symbol.iterator]()),
        },
      ],
      ...(isGeneric || list
        ? {
            Contains: [
              {
                signature: `bool Contains(${item} item)`,
                invoke: (value: Value, [wanted]: readonly Value[]) =>
                  [...self(value)].some((one) => netEquals(one ?? null, wanted ?? null)),
              },
            ],
          }
        : {}),
      ...(list
        ? {
            IndexOf: [
              {
                signature: `int IndexOf(${item} item)`,
                invoke: (value: Value, [wanted]: readonly Value[]) =>
                  [...self(value)].findIndex((one) => netEquals(one ?? null, wanted ?? null)),
              },
            ],
          }
        : {}),
    },
    ...(list
      ? {
          indexer: {
            get: [
              {
                signature: `${item} Item(int index)`,
                invoke: (value: Value, [index]: readonly Value[]) =>
                  [...self(value)][checkIndex(int(index), self(value).size)],
              },
            ],
            set: [],
          },
        }
      : {}),
    enumerate: (value) => self(value),
  };
}

/** The enumerators of keys and values of every dictionary share one type here. */
const enumeratorName = 'System.Collections.Hashtable+HashtableEnumerator';
