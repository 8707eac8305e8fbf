import {
  as,
  bytesFrom,
  type GenericList,
  Instance,
  int,
  listOf,
  NetArray,
  type NetType,
  netFailure,
  netTypes,
  type Overload,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { attributeTypes, numberOf } from '../enums.ts';
import { ecma, ecmaEnum, ecmaType } from './namespace.ts';
import { required } from './parts.ts';
import { splitDn } from './split-dn.ts';

/*
 * The values of a `CSEntry` (ECMA sheet 2.6).
 */

/** `Value`: one value of an attribute. */
export class EntryValue extends Instance {
  readonly value: Value;
  readonly dataType: number;
  constructor(value: Value, dataType: number) {
    super();
    this.value = value;
    this.dataType = dataType;
  }
  get type(): NetType {
    return ecmaType('Value');
  }
}

/** `ReferenceValue`: a distinguished name by its components. */
export class ReferenceValue extends EntryValue {
  readonly components: readonly string[];
  constructor(dn: string) {
    super(dn, numberOf(attributeTypes, 'Reference'));
    this.components = splitDn(dn);
  }
  override get type(): NetType {
    return ecmaType('ReferenceValue');
  }
}

/** `ValueCollection`: the script's own copy of an attribute's values. */
export class ValueCollection extends Instance {
  readonly items: EntryValue[];
  readonly #dataType: number;
  constructor(dataType: number, values: readonly Value[]) {
    super();
    this.#dataType = dataType;
    this.items = values.map((value) => this.#held(value));
  }

  /** A value that is there already is not added again. */
  add(value: Value): void {
    if (!this.has(value)) this.items.push(this.#held(value));
  }

  has(value: Value): boolean {
    const text = textOf(value);
    return this.items.some((one) => textOf(one) === text);
  }

  remove(value: Value): void {
    const text = textOf(value);
    const index = this.items.findIndex((one) => textOf(one) === text);
    if (index >= 0) this.items.splice(index, 1);
  }

  #held(value: Value): EntryValue {
    if (value instanceof EntryValue) return value;
    const isReference = attributeTypes[this.#dataType] === 'Reference';
    return isReference && typeof value === 'string' ? new ReferenceValue(value) : new EntryValue(value, this.#dataType);
  }
  get type(): NetType {
    return ecmaType('ValueCollection');
  }
}

/** The text of a value: bytes as base64. */
export function valueText(value: Value): string {
  if (value instanceof NetArray) return Buffer.from(bytesFrom(value)).toString('base64');
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number' ? String(value) : '';
}

function textOf(value: Value): string {
  return valueText(value instanceof EntryValue ? value.value : value);
}

const held = (value: Value): EntryValue => as(value, EntryValue);
const reference = (value: Value): ReferenceValue => as(value, ReferenceValue);
const collection = (value: Value): ValueCollection => as(value, ValueCollection);

function joined(components: readonly string[]): ReferenceValue {
  return new ReferenceValue(components.join(','));
}

function component(self: Value, index: number): string {
  const found = reference(self).components[index];
  if (found !== undefined) return found;
  throw netFailure('System.ArgumentOutOfRangeException', 'The name has no such component.', { parameter: 'index' });
}

/** One overload for each kind of value. */
function ofEachKind(
  returns: 'void' | 'bool',
  name: string,
  run: (values: ValueCollection, value: Value) => boolean | undefined,
): readonly Overload[] {
  return ['string', 'long', 'byte[]', `${ecma}.Value`].map((kind) => ({
    signature: `${returns} ${name}(${kind} value)`,
    invoke: (self, [value]) => run(collection(self), required(value, 'value')),
  }));
}

function list(element: NetType, values: readonly Value[]): GenericList {
  return listOf(element, [...values]);
}

export const entryValueTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.Value`,
    kind: 'class',
    isAbstract: true,
    properties: {
      DataType: { type: `${ecma}.AttributeType`, get: (self) => ecmaEnum('AttributeType', held(self).dataType) },
    },
    methods: {
      ToInteger: [
        {
          signature: 'long ToInteger()',
          invoke: (self, _none, context) => context.convert(held(self).value, netTypes.int64),
        },
      ],
      ToBinary: [
        {
          signature: 'byte[] ToBinary()',
          invoke: (self) => (held(self).value instanceof NetArray ? held(self).value : null),
        },
      ],
      ToBoolean: [
        {
          signature: 'bool ToBoolean()',
          invoke: (self, _none, context) => context.convert(held(self).value, netTypes.boolean),
        },
      ],
    },
    toText: (self) => valueText(held(self).value),
  },
  {
    name: `${ecma}.ReferenceValue`,
    kind: 'class',
    base: `${ecma}.Value`,
    properties: { Depth: { type: 'int', get: (self) => reference(self).components.length } },
    methods: {
      Concat: [
        {
          signature: `${ecma}.ReferenceValue Concat(string dn)`,
          invoke: (self, [dn]) => joined([valueText(held(self).value), ...(typeof dn === 'string' ? [dn] : [])]),
        },
      ],
      Parent: [
        {
          signature: `${ecma}.ReferenceValue Parent()`,
          invoke: (self) => joined(reference(self).components.slice(1)),
        },
        {
          signature: `${ecma}.ReferenceValue Parent(int level)`,
          invoke: (self, [level]) => joined(reference(self).components.slice(int(level))),
        },
      ],
      Subcomponents: [
        {
          signature: `${ecma}.ReferenceValue Subcomponents(int startIndex, int endIndex)`,
          invoke: (self, [start, end]) => joined(reference(self).components.slice(int(start), int(end))),
        },
      ],
    },
    indexer: {
      get: [{ signature: 'string Item(int index)', invoke: (self, [index]) => component(self, int(index)) }],
      set: [],
    },
  },
  {
    name: `${ecma}.ValueCollection`,
    kind: 'class',
    isAbstract: true,
    interfaces: ['System.Collections.IEnumerable'],
    properties: { Count: { type: 'int', get: (self) => collection(self).items.length } },
    methods: {
      Add: ofEachKind('void', 'Add', (values, value) => void values.add(value)),
      Contains: ofEachKind('bool', 'Contains', (values, value) => values.has(value)),
      Remove: ofEachKind('void', 'Remove', (values, value) => void values.remove(value)),
      Clear: [
        {
          signature: 'void Clear()',
          invoke: (self) => {
            collection(self).items.length = 0;
            return undefined;
          },
        },
      ],
      Set: [
        {
          signature: 'void Set(bool value)',
          invoke: (self, [value]) => {
            collection(self).items.length = 0;
            collection(self).add(value);
            return undefined;
          },
        },
      ],
      ToStringArray: [
        {
          signature: 'string[] ToStringArray()',
          invoke: (self) =>
            new NetArray(
              netTypes.string,
              collection(self).items.map((one) => valueText(one.value)),
            ),
        },
      ],
      ToIntegerArray: [
        {
          signature: 'long[] ToIntegerArray()',
          invoke: (self, _none, context) =>
            new NetArray(
              netTypes.int64,
              collection(self).items.map((one) => context.convert(one.value, netTypes.int64)),
            ),
        },
      ],
      ToByteArrays: [
        {
          signature: 'System.Collections.Generic.List[byte[]] ToByteArrays()',
          invoke: (self) =>
            list(
              new NetArray(netTypes.byte, []).type,
              collection(self).items.map((one) => one.value),
            ),
        },
      ],
    },
    indexer: {
      get: [
        {
          signature: `${ecma}.Value Item(int index)`,
          invoke: (self, [index]) => collection(self).items[int(index)] ?? null,
        },
      ],
      set: [],
    },
    enumerate: (self) => collection(self).items,
  },
];
