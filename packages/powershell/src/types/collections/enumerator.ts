import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';

/** Any `IEnumerator`: walks an iterator of the engine, one item at a time. */
export class EnumeratorObject extends Instance {
  readonly type: NetType;
  readonly #open: () => Iterator<Value>;
  #iterator: Iterator<Value>;
  #state: 'before' | 'on' | 'behind' = 'before';
  #current: Value = null;

  constructor(type: NetType, open: () => Iterator<Value>) {
    super();
    this.type = type;
    this.#open = open;
    this.#iterator = open();
  }

  moveNext(): boolean {
    const step = this.#iterator.next();
    if (step.done === true) {
      this.#state = 'behind';
      this.#current = null;
      return false;
    }
    this.#state = 'on';
    this.#current = step.value;
    return true;
  }

  /** The item it stands on, `null` outside: what generic enumerators answer. */
  get current(): Value {
    return this.#current;
  }

  /** As `current`, but throws where it stands on no item, as the enumerators of the old collections do. */
  get checkedCurrent(): Value {
    if (this.#state === 'on') return this.#current;
    throw netFailure(
      'System.InvalidOperationException',
      this.#state === 'before' ? 'Enumeration has not started. Call MoveNext.' : 'Enumeration already finished.',
    );
  }

  reset(): void {
    this.#iterator = this.#open();
    this.#state = 'before';
    this.#current = null;
  }

  /** The items that are left. */
  *rest(): Generator<Value, void> {
    while (this.moveNext()) yield this.current;
  }
}

function self(value: Value): EnumeratorObject {
  if (value instanceof EnumeratorObject) return value;
  throw new Error('an enumerator was expected');
}

interface EnumeratorOptions {
  readonly typeParameters?: readonly string[];
  /** Type of `Current` as a signature has it. */
  readonly item: string;
  /** Whether it is an `IDictionaryEnumerator` with `Key`, `Value` and `Entry`. */
  readonly dictionary?: boolean;
  readonly kind?: 'class' | 'struct';
}

/** Describes one enumerator type; `name` with a plus sign between a collection and its nested type. */
export function enumeratorDescription(name: string, options: EnumeratorOptions): TypeDescription {
  const { item, kind = 'class', typeParameters, dictionary = false } = options;
  return {
    name,
    kind,
    ...(typeParameters === undefined ? {} : { typeParameters }),
    interfaces: [
      ...(item === 'System.Object' ? [] : [`System.Collections.Generic.IEnumerator\`1[${item}]`]),
      dictionary ? 'System.Collections.IDictionaryEnumerator' : 'System.Collections.IEnumerator',
    ],
    properties: {
      Current: {
        type: item,
        get: (value) => (item === 'System.Object' ? self(value).checkedCurrent : self(value).current),
      },
      ...(dictionary
        ? {
            Key: {
              type: 'System.Object',
              get: (value: Value) => self(value).checkedCurrent && entryPart(value, 'key'),
            },
            Value: {
              type: 'System.Object',
              get: (value: Value) => self(value).checkedCurrent && entryPart(value, 'value'),
            },
            Entry: { type: 'System.Collections.DictionaryEntry', get: (value: Value) => self(value).checkedCurrent },
          }
        : {}),
    },
    methods: {
      MoveNext: [{ signature: 'bool MoveNext()', invoke: (value) => self(value).moveNext() }],
      Reset: [
        {
          signature: 'void Reset()',
          invoke: (value) => {
            self(value).reset();
            return undefined;
          },
        },
      ],
      ...(item === 'System.Object' ? {} : { Dispose: [{ signature: 'void Dispose()', invoke: () => undefined }] }),
    },
    enumerate: (value) => self(value).rest(),
  };
}

function entryPart(value: Value, part: 'key' | 'value'): Value {
  const entry = self(value).current;
  return entry instanceof KeyAndValue ? entry[part] : null;
}

/** What an enumeration of a dictionary gives: `DictionaryEntry` and `KeyValuePair`. */
export abstract class KeyAndValue extends Instance {
  readonly key: Value;
  readonly value: Value;
  constructor(key: Value, value: Value) {
    super();
    this.key = key;
    this.value = value;
  }
}

/** An enumerator that is only known as one. */
export function plainEnumerator(open: () => Iterator<Value>): EnumeratorObject {
  return new EnumeratorObject(namedType('System.Collections.IEnumerator'), open);
}
