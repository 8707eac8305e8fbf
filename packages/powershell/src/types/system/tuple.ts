import { toNetText } from '../../conversion/text.ts';
import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { compareDefault } from '../collections/order.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, Overload, Property, TypeDescription } from '../net-type.ts';
import { hashCode } from './hash-code.ts';

/** `System.Tuple` and `System.ValueTuple` of every size. */
export class Tuple extends Instance {
  readonly type: NetType;
  readonly items: Value[];
  constructor(type: NetType, items: Value[]) {
    super();
    this.type = type;
    this.items = items;
  }
}

const sizes = [1, 2, 3, 4, 5, 6, 7];
const letters = (size: number): string[] => Array.from({ length: size }, (_, at) => `T${at + 1}`);

const self = (value: Value): Tuple => as(value, Tuple);

function compare(left: Tuple, right: Value): number {
  if (!(right instanceof Tuple) || right.type !== left.type) {
    throw netFailure('System.ArgumentException', `Argument must be of type ${left.type.name}.`, { parameter: 'other' });
  }
  for (const [at, item] of left.items.entries()) {
    const order = compareDefault(item, right.items[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function itemProperties(size: number, isStruct: boolean): Record<string, Property> {
  return Object.fromEntries(
    letters(size).map((letter, at): [string, Property] => [
      `Item${at + 1}`,
      {
        type: letter,
        get: (value) => self(value).items[at],
        ...(isStruct
          ? {
              set: (value: Value, given: Value) => {
                self(value).items[at] = given;
              },
            }
          : {}),
      },
    ]),
  );
}

function describeTuple(kind: 'Tuple' | 'ValueTuple', size: number): TypeDescription {
  const names = letters(size);
  return {
    name: `System.${kind}\`${size}`,
    kind: kind === 'Tuple' ? 'class' : 'struct',
    typeParameters: names,
    interfaces: ['System.IComparable'],
    constructors: [
      {
        signature: `new(${names.map((name, at) => `${name} item${at + 1}`).join(', ')})`,
        invoke: (_self, items, _context, type) => new Tuple(type, [...items]),
      },
    ],
    properties: {
      ...itemProperties(size, kind === 'ValueTuple'),
      Length: { type: 'int', isHidden: true, get: () => size },
    },
    methods: {
      CompareTo: [
        { signature: 'int CompareTo(System.Object obj)', invoke: (value, [other]) => compare(self(value), other) },
      ],
    },
    equals: (value, other) =>
      other instanceof Tuple &&
      other.type === self(value).type &&
      self(value).items.every((item, at) => netEquals(item, other.items[at])),
    hashKey: (value) => self(value).items.map(hashCode).join(','),
    compare: (value, other) => compare(self(value), other),
    toText: (value, _format, context) =>
      `(${self(value)
        .items.map((item) => toNetText(item, undefined, context))
        .join(', ')})`,
  };
}

function create(kind: 'Tuple' | 'ValueTuple'): readonly Overload[] {
  return sizes.map((size) => {
    const names = letters(size);
    const answer = `System.${kind}[${names.join(',')}]`;
    return {
      signature: `static ${answer} Create[${names.join(', ')}](${names.map((name, at) => `${name} item${at + 1}`).join(', ')})`,
      invoke: (_self, items, _context, _type, types) =>
        new Tuple(closeType(namedType(`System.${kind}\`${size}`), types), [...items]),
    } satisfies Overload;
  });
}

export const tuples: readonly TypeDescription[] = (['Tuple', 'ValueTuple'] as const).flatMap((kind) => [
  {
    name: `System.${kind}`,
    kind: kind === 'Tuple' ? ('class' as const) : ('struct' as const),
    staticMethods: { Create: create(kind) },
  },
  ...sizes.map((size) => describeTuple(kind, size)),
]);
