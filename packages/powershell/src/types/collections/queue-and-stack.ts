import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { collectionModified } from '../../values/dictionary.ts';
import { Instance } from '../../values/instance.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { copyTo } from './copy-to.ts';
import { EnumeratorObject, enumeratorDescription } from './enumerator.ts';
import { itemsOf } from './items-of.ts';
import { setReference } from './out-argument.ts';
import { zeroOf } from './zero.ts';

/** `Queue` and `Stack`, generic or not. Its items in the order in which they come out. */
export abstract class OneEnded extends Instance {
  readonly type: NetType;
  #version = 0;

  constructor(type: NetType) {
    super();
    this.type = type;
  }

  get elementType(): NetType {
    return this.type.typeArguments[0] ?? netTypes.object;
  }

  abstract readonly size: number;
  abstract put(item: Value): void;
  /** The item that is next; only where there is one. */
  abstract take(): Value;
  abstract peek(): Value;
  abstract items(): Value[];
  abstract clear(): void;

  protected changed(): void {
    this.#version++;
  }

  [Symbol.iterator](): Generator<Value, void> {
    return this.#walk(this.#version);
  }

  *#walk(version: number): Generator<Value, void> {
    for (const item of this.items()) {
      if (version !== this.#version) throw collectionModified();
      yield item;
    }
    if (version !== this.#version) throw collectionModified();
  }
}

export class Queue extends OneEnded {
  #items: Value[] = [];
  /** Items before this one were taken; cut off now and then, so that taking is cheap. */
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  put(item: Value): void {
    this.#items.push(item ?? null);
    this.changed();
  }

  take(): Value {
    const item = this.#items[this.#head];
    this.#items[this.#head] = null;
    this.#head++;
    if (this.#head > 64 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    this.changed();
    return item;
  }

  peek(): Value {
    return this.#items[this.#head];
  }

  items(): Value[] {
    return this.#items.slice(this.#head);
  }

  clear(): void {
    this.#items = [];
    this.#head = 0;
    this.changed();
  }
}

export class Stack extends OneEnded {
  readonly #items: Value[] = [];

  get size(): number {
    return this.#items.length;
  }

  put(item: Value): void {
    this.#items.push(item ?? null);
    this.changed();
  }

  take(): Value {
    this.changed();
    return this.#items.pop();
  }

  peek(): Value {
    return this.#items.at(-1);
  }

  items(): Value[] {
    return this.#items.toReversed();
  }

  clear(): void {
    this.#items.length = 0;
    this.changed();
  }
}

export const self = (value: Value): OneEnded => as(value, OneEnded);

interface Kind {
  readonly make: (type: NetType) => OneEnded;
  readonly put: string;
  readonly take: string;
  readonly empty: string;
}

const queue: Kind = { make: (type) => new Queue(type), put: 'Enqueue', take: 'Dequeue', empty: 'Queue empty.' };
const stack: Kind = { make: (type) => new Stack(type), put: 'Push', take: 'Pop', empty: 'Stack empty.' };

function filled(value: Value, kind: Kind): OneEnded {
  if (self(value).size > 0) return self(value);
  throw netFailure('System.InvalidOperationException', kind.empty);
}

function methods(kind: Kind, item: string, enumerator: string): Readonly<Record<string, readonly Overload[]>> {
  const isGeneric = item === 'T';
  const all: Record<string, readonly Overload[]> = {
    Clear: [
      {
        signature: 'void Clear()',
        invoke: (value) => {
          self(value).clear();
          return undefined;
        },
      },
    ],
    Contains: [
      {
        signature: `bool Contains(${item} item)`,
        invoke: (value, [wanted]) =>
          self(value)
            .items()
            .some((one) => netEquals(one ?? null, wanted ?? null)),
      },
    ],
    CopyTo: [
      {
        signature: `void CopyTo(${isGeneric ? 'T[]' : 'array'} array, int arrayIndex)`,
        invoke: (value, [array, index]) => copyTo(self(value).items(), as(array, NetArray), int(index)),
      },
    ],
    GetEnumerator: [
      {
        signature: isGeneric ? `${enumerator}[T] GetEnumerator()` : 'System.Collections.IEnumerator GetEnumerator()',
        invoke: (value) => {
          const named = namedType(enumerator);
          const type = isGeneric ? closeType(named, [self(value).elementType]) : named;
          return new EnumeratorObject(type, () => self(value)[Symbol.iterator]());
        },
      },
    ],
    Peek: [{ signature: `${item} Peek()`, invoke: (value) => filled(value, kind).peek() }],
    ToArray: [
      {
        signature: `${item}[] ToArray()`,
        invoke: (value) => new NetArray(self(value).elementType, self(value).items()),
      },
    ],
    [kind.put]: [
      {
        signature: `void ${kind.put}(${item} item)`,
        invoke: (value, [added]) => {
          self(value).put(added);
          return undefined;
        },
      },
    ],
    [kind.take]: [{ signature: `${item} ${kind.take}()`, invoke: (value) => filled(value, kind).take() }],
  };
  if (!isGeneric) {
    all.Clone = [
      {
        signature: 'System.Object Clone()',
        invoke: (value) => {
          const copy = kind.make(self(value).type);
          const items = self(value).items();
          for (const one of kind === stack ? items.reverse() : items) copy.put(one);
          return copy;
        },
      },
    ];
    return all;
  }
  all.TrimExcess = [{ signature: 'void TrimExcess()', invoke: () => undefined }];
  all.TryPeek = [tryOne('TryPeek', (value) => value.peek())];
  all[`Try${kind.take}`] = [tryOne(`Try${kind.take}`, (value) => value.take())];
  return all;
}

export function tryOne(name: string, get: (value: OneEnded) => Value): Overload {
  return {
    signature: `bool ${name}([ref] T result)`,
    invoke: (value, [reference]) => {
      const has = self(value).size > 0;
      setReference(reference, has ? get(self(value)) : zeroOf(self(value).elementType));
      return has;
    },
  };
}

function description(name: string, kind: Kind): readonly TypeDescription[] {
  const isGeneric = name.endsWith('`1');
  const item = isGeneric ? 'T' : 'System.Object';
  const short = name.replace(/`1$/, '');
  const enumerator = isGeneric ? `${name}+Enumerator` : `${name}+${short.replace(/^.*\./, '')}Enumerator`;
  const returns = isGeneric ? `${short}[T]` : name;
  const source = isGeneric
    ? 'System.Collections.Generic.IEnumerable[T] collection'
    : 'System.Collections.ICollection col';
  return [
    {
      name,
      kind: 'class',
      ...(isGeneric ? { typeParameters: ['T'] } : {}),
      interfaces: [
        ...(isGeneric
          ? ['System.Collections.Generic.IReadOnlyCollection`1[T]', 'System.Collections.Generic.IEnumerable`1[T]']
          : ['System.ICloneable']),
        'System.Collections.ICollection',
        'System.Collections.IEnumerable',
      ],
      constructors: [
        { signature: `${returns} new()`, invoke: (_self, _none, _context, type) => kind.make(type) },
        { signature: `${returns} new(int capacity)`, invoke: (_self, _none, _context, type) => kind.make(type) },
        {
          signature: `${returns} new(${source})`,
          invoke: (_self, [items], context, type) => {
            const made = kind.make(type);
            for (const one of itemsOf(items, context, isGeneric ? 'collection' : 'col')) made.put(one);
            return made;
          },
        },
      ],
      properties: {
        Count: { type: 'int', get: (value) => self(value).size },
        ...(isGeneric
          ? {}
          : {
              IsSynchronized: { type: 'bool', get: () => false },
              SyncRoot: { type: 'System.Object', get: (value: Value) => value },
            }),
      },
      methods: methods(kind, item, enumerator),
      enumerate: (value) => self(value),
    },
    enumeratorDescription(enumerator, isGeneric ? { typeParameters: ['T'], item, kind: 'struct' } : { item }),
  ];
}

export const queueAndStackFamily: readonly TypeDescription[] = [
  ...description('System.Collections.Queue', queue),
  ...description('System.Collections.Stack', stack),
  ...description('System.Collections.Generic.Queue`1', queue),
  ...description('System.Collections.Generic.Stack`1', stack),
];
