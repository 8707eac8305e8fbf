import { NetArray } from '../../values/array.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { List } from '../../values/list.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { copyTo } from './copy-to.ts';
import { EnumeratorObject } from './enumerator.ts';
import { listInterfaces } from './interfaces.ts';
import { checkIndex } from './ranges.ts';

/** ``System.Collections.ObjectModel.ReadOnlyCollection`1``: a view of a list. */
export class ReadOnlyCollection extends List {
  readonly type: NetType;
  readonly #list: List | undefined;

  constructor(type: NetType, items: Value[], list?: List) {
    super(items);
    this.type = type;
    this.#list = list;
  }

  override get elementType(): NetType {
    return this.type.typeArguments[0] ?? netTypes.object;
  }
  override get isReadOnly(): boolean {
    return true;
  }
  override get isFixedSize(): boolean {
    return true;
  }
  override [Symbol.iterator](): Generator<Value, void> {
    return this.#list === undefined ? super[Symbol.iterator]() : this.#list[Symbol.iterator]();
  }
}

const definition = namedType('System.Collections.ObjectModel.ReadOnlyCollection`1');

/** The view of a list of the engine; it shares the items. */
export function readOnlyCollection(list: List): ReadOnlyCollection {
  return new ReadOnlyCollection(closeType(definition, [list.elementType]), list.items, list);
}

/** A read-only collection of its own. */
export function readOnlyOf(element: NetType, items: Value[]): ReadOnlyCollection {
  return new ReadOnlyCollection(closeType(definition, [element]), items);
}

const self = (value: Value): ReadOnlyCollection => as(value, ReadOnlyCollection);

/**
 * Methods that a type has for its interfaces alone. PowerShell finds them and no overload of them: these say so for every
 * usual count of arguments, by having another.
 */
export function unreachable(...names: readonly string[]): Readonly<Record<string, readonly Overload[]>> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      [{ signature: `void ${name}(${impossible})`, isHidden: true, invoke: () => undefined }],
    ]),
  );
}

/** More arguments than a script would give. */
const impossible = Array.from({ length: 9 }, (_, at) => `System.Object argument${at}`).join(', ');

export const readOnlyCollectionDescription: TypeDescription = {
  name: 'System.Collections.ObjectModel.ReadOnlyCollection`1',
  kind: 'class',
  typeParameters: ['T'],
  interfaces: listInterfaces,
  constructors: [
    {
      signature: 'System.Collections.ObjectModel.ReadOnlyCollection[T] new(System.Collections.Generic.IList[T] list)',
      invoke: (_self, [list], _context, type) => {
        const source = list instanceof NetArray ? undefined : as(list, List);
        return new ReadOnlyCollection(type, source?.items ?? as(list, NetArray).items, source);
      },
    },
  ],
  properties: { Count: { type: 'int', get: (list) => self(list).size } },
  methods: {
    ...unreachable('Add', 'Clear', 'Insert', 'Remove', 'RemoveAt'),
    Contains: [
      {
        signature: 'bool Contains(T value)',
        invoke: (list, [item]) => self(list).items.some((one) => netEquals(one ?? null, item ?? null)),
      },
    ],
    CopyTo: [
      {
        signature: 'void CopyTo(T[] array, int index)',
        invoke: (list, [array, index]) => copyTo(self(list).items, as(array, NetArray), int(index)),
      },
    ],
    GetEnumerator: [
      {
        signature: 'System.Collections.Generic.IEnumerator[T] GetEnumerator()',
        invoke: (list) =>
          new EnumeratorObject(
            closeType(namedType('System.Collections.Generic.List`1+Enumerator'), [self(list).elementType]),
            () => self(list)[Symbol.iterator](),
          ),
      },
    ],
    IndexOf: [
      {
        signature: 'int IndexOf(T value)',
        invoke: (list, [item]) => self(list).items.findIndex((one) => netEquals(one ?? null, item ?? null)),
      },
    ],
  },
  indexer: {
    get: [
      {
        signature: 'T Item(int index)',
        invoke: (list, [index]) => self(list).at(checkIndex(int(index), self(list).size)),
      },
    ],
    set: [],
  },
  enumerate: (list) => self(list),
};
