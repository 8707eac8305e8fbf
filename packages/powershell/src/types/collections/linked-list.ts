import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { copyTo } from './copy-to.ts';
import { EnumeratorObject, enumeratorDescription } from './enumerator.ts';
import { itemsOf } from './items-of.ts';

const listName = 'System.Collections.Generic.LinkedList`1';
const nodeName = 'System.Collections.Generic.LinkedListNode`1';
const node = 'System.Collections.Generic.LinkedListNode[T]';

/** ``System.Collections.Generic.LinkedListNode`1``: an item, and where it stands while it is in a list. */
class LinkedListNode extends Instance {
  readonly type: NetType;
  value: Value;
  list: LinkedList | null = null;
  next: LinkedListNode | null = null;
  previous: LinkedListNode | null = null;

  constructor(type: NetType, value: Value) {
    super();
    this.type = type;
    this.value = value ?? null;
  }
}

/** ``System.Collections.Generic.LinkedList`1``. */
class LinkedList extends Instance {
  readonly type: NetType;
  first: LinkedListNode | null = null;
  last: LinkedListNode | null = null;
  size = 0;
  #version = 0;

  constructor(type: NetType) {
    super();
    this.type = type;
  }

  get elementType(): NetType {
    return this.type.typeArguments[0] ?? netTypes.object;
  }

  nodeOf(value: Value): LinkedListNode {
    return new LinkedListNode(closeType(namedType(nodeName), [this.elementType]), value);
  }

  /** Puts a node behind another, or before all where there is none. */
  insert(added: LinkedListNode, behind: LinkedListNode | null): LinkedListNode {
    const next = behind === null ? this.first : behind.next;
    added.list = this;
    added.previous = behind;
    added.next = next;
    if (behind === null) this.first = added;
    else behind.next = added;
    if (next === null) this.last = added;
    else next.previous = added;
    this.size++;
    this.#version++;
    return added;
  }

  remove(gone: LinkedListNode): void {
    if (gone.previous === null) this.first = gone.next;
    else gone.previous.next = gone.next;
    if (gone.next === null) this.last = gone.previous;
    else gone.next.previous = gone.previous;
    release(gone);
    this.size--;
    this.#version++;
  }

  clear(): void {
    for (let at = this.first; at !== null; ) {
      const { next } = at;
      release(at);
      at = next;
    }
    this.first = null;
    this.last = null;
    this.size = 0;
    this.#version++;
  }

  find(wanted: Value, isFromEnd = false): LinkedListNode | null {
    let at = isFromEnd ? this.last : this.first;
    while (at !== null && !netEquals(at.value, wanted ?? null)) at = isFromEnd ? at.previous : at.next;
    return at;
  }

  *[Symbol.iterator](): Generator<Value, void> {
    const version = this.#version;
    for (let at = this.first; at !== null; at = at.next) {
      yield at.value;
      if (version === this.#version) continue;
      const message = 'Collection was modified after the enumerator was instantiated.';
      throw netFailure('System.InvalidOperationException', message);
    }
  }
}

function release(gone: LinkedListNode): void {
  gone.list = null;
  gone.next = null;
  gone.previous = null;
}

const self = (value: Value): LinkedList => as(value, LinkedList);
const nodeSelf = (value: Value): LinkedListNode => as(value, LinkedListNode);

/** A node that is in this list. Throws `NetFailure`. */
function own(list: LinkedList, given: Value): LinkedListNode {
  const found = required(given, 'node');
  if (found.list === list) return found;
  throw netFailure('System.InvalidOperationException', 'The LinkedList node does not belong to current LinkedList.');
}

/** A node that is in no list. Throws `NetFailure`. */
function free(given: Value, parameter = 'node'): LinkedListNode {
  const found = required(given, parameter);
  if (found.list === null) return found;
  throw netFailure('System.InvalidOperationException', 'The LinkedList node already belongs to a LinkedList.');
}

function required(given: Value, parameter: string): LinkedListNode {
  if (given instanceof LinkedListNode) return given;
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
}

/** The node at an end. Throws `NetFailure` where the list is empty. */
function end(list: LinkedList, at: 'first' | 'last'): LinkedListNode {
  const found = list[at];
  if (found !== null) return found;
  throw netFailure('System.InvalidOperationException', 'The LinkedList is empty.');
}

const enumerator = `${listName}+Enumerator`;

const linkedListDescription: TypeDescription = {
  name: listName,
  kind: 'class',
  typeParameters: ['T'],
  interfaces: [
    'System.Collections.Generic.ICollection`1[T]',
    'System.Collections.Generic.IReadOnlyCollection`1[T]',
    'System.Collections.Generic.IEnumerable`1[T]',
    'System.Collections.ICollection',
    'System.Collections.IEnumerable',
  ],
  constructors: overloadList({
    'System.Collections.Generic.LinkedList[T] new()': (_self, _none, _context, type) => new LinkedList(type),
    'System.Collections.Generic.LinkedList[T] new(System.Collections.Generic.IEnumerable[T] collection)': (
      _self,
      [items],
      context,
      type,
    ) => {
      const list = new LinkedList(type);
      for (const item of itemsOf(items, context)) list.insert(list.nodeOf(item), list.last);
      return list;
    },
  }),
  properties: {
    Count: { type: 'int', get: (list) => self(list).size },
    First: { type: node, get: (list) => self(list).first },
    Last: { type: node, get: (list) => self(list).last },
  },
  methods: methodTable({
    [`${node} AddAfter(${node} node, T value)`]: (list, [at, value]) =>
      self(list).insert(self(list).nodeOf(value), own(self(list), at)),
    [`void AddAfter(${node} node, ${node} newNode)`]: (list, [at, added]) => {
      self(list).insert(free(added, 'newNode'), own(self(list), at));
      return undefined;
    },
    [`${node} AddBefore(${node} node, T value)`]: (list, [at, value]) =>
      self(list).insert(self(list).nodeOf(value), own(self(list), at).previous),
    [`void AddBefore(${node} node, ${node} newNode)`]: (list, [at, added]) => {
      self(list).insert(free(added, 'newNode'), own(self(list), at).previous);
      return undefined;
    },
    [`${node} AddFirst(T value)`]: (list, [value]) => self(list).insert(self(list).nodeOf(value), null),
    [`void AddFirst(${node} node)`]: (list, [added]) => {
      self(list).insert(free(added), null);
      return undefined;
    },
    [`${node} AddLast(T value)`]: (list, [value]) => self(list).insert(self(list).nodeOf(value), self(list).last),
    [`void AddLast(${node} node)`]: (list, [added]) => {
      self(list).insert(free(added), self(list).last);
      return undefined;
    },
    'void Clear()': (list) => {
      self(list).clear();
      return undefined;
    },
    'bool Contains(T value)': (list, [value]) => self(list).find(value) !== null,
    'void CopyTo(T[] array, int index)': (list, [array, index]) => copyTo(self(list), as(array, NetArray), int(index)),
    [`${node} Find(T value)`]: (list, [value]) => self(list).find(value),
    [`${node} FindLast(T value)`]: (list, [value]) => self(list).find(value, true),
    [`${enumerator}[T] GetEnumerator()`]: (list) =>
      new EnumeratorObject(closeType(namedType(enumerator), [self(list).elementType]), () =>
        self(list)[Symbol.iterator](),
      ),
    'bool Remove(T value)': (list, [value]) => {
      const found = self(list).find(value);
      if (found !== null) self(list).remove(found);
      return found !== null;
    },
    [`void Remove(${node} node)`]: (list, [gone]) => {
      self(list).remove(own(self(list), gone));
      return undefined;
    },
    'void RemoveFirst()': (list) => {
      self(list).remove(end(self(list), 'first'));
      return undefined;
    },
    'void RemoveLast()': (list) => {
      self(list).remove(end(self(list), 'last'));
      return undefined;
    },
  }),
  enumerate: (list) => self(list),
};

const linkedListNodeDescription: TypeDescription = {
  name: nodeName,
  kind: 'class',
  typeParameters: ['T'],
  constructors: overloadList({
    [`${node} new(T value)`]: (_self, [value], _context, type) => new LinkedListNode(type, value),
  }),
  properties: {
    List: { type: 'System.Collections.Generic.LinkedList[T]', get: (value) => nodeSelf(value).list },
    Next: { type: node, get: (value) => nodeSelf(value).next },
    Previous: { type: node, get: (value) => nodeSelf(value).previous },
    Value: {
      type: 'T',
      get: (value) => nodeSelf(value).value,
      set: (value, given) => {
        nodeSelf(value).value = given;
      },
    },
  },
};

export const linkedListFamily: readonly TypeDescription[] = [
  linkedListDescription,
  linkedListNodeDescription,
  enumeratorDescription(enumerator, { typeParameters: ['T'], item: 'T', kind: 'struct' }),
];
