import { Instance } from '../../values/instance.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';

/** `Tuple` and `ValueTuple` of up to seven items. */
export class Tuple extends Instance {
  readonly type: NetType;
  readonly items: Value[];
  constructor(type: NetType, items: Value[]) {
    super();
    this.type = type;
    this.items = items;
  }
}

const self = (value: Value): Tuple => as(value, Tuple);
const longest = 7;

function sameItems(left: Value, right: Value): boolean {
  return (
    right instanceof Tuple &&
    self(left).type === right.type &&
    self(left).items.every((item, index) => netEquals(item ?? null, right.items[index] ?? null))
  );
}

function textOf(value: Value, context: CallContext): string {
  return `(${self(value)
    .items.map((item) => (item === null ? '' : context.text(item)))
    .join(', ')})`;
}

function tupleDescription(family: 'Tuple' | 'ValueTuple', count: number): TypeDescription {
  const typeParameters = Array.from({ length: count }, (_, index) => `T${index + 1}`);
  const isStruct = family === 'ValueTuple';
  const parameters = typeParameters.map((name, index) => `${name} item${index + 1}`).join(', ');
  return {
    name: `System.${family}\`${count}`,
    kind: isStruct ? 'struct' : 'class',
    typeParameters,
    interfaces: ['System.Collections.IStructuralEquatable', 'System.Collections.IStructuralComparable'],
    constructors: [
      {
        signature: `System.${family}[${typeParameters.join(',')}] new(${parameters})`,
        invoke: (_self, items, _context, type) => new Tuple(type, [...items]),
      },
    ],
    properties: Object.fromEntries(
      typeParameters.map((name, index) => [
        `Item${index + 1}`,
        {
          type: name,
          get: (value: Value) => self(value).items[index] ?? null,
          ...(isStruct
            ? {
                set: (value: Value, item: Value) => {
                  self(value).items[index] = item;
                },
              }
            : {}),
        },
      ]),
    ),
    methods: {
      Equals: [{ signature: 'bool Equals(System.Object obj)', invoke: (value, [other]) => sameItems(value, other) }],
    },
    equals: sameItems,
    toText: (value, _format, context) => textOf(value, context),
  };
}

function creators(family: 'Tuple' | 'ValueTuple'): TypeDescription {
  const overloads = Array.from({ length: longest }, (_, index): Overload => {
    const names = Array.from({ length: index + 1 }, (_one, at) => `T${at + 1}`);
    const parameters = names.map((name, at) => `${name} item${at + 1}`).join(', ');
    return {
      signature: `static System.${family}[${names.join(',')}] Create[${names.join(', ')}](${parameters})`,
      invoke: (_self, items, _context, _type, typeArguments) =>
        new Tuple(closeType(namedType(`System.${family}\`${index + 1}`), typeArguments), [...items]),
    };
  });
  return {
    name: `System.${family}`,
    kind: family === 'Tuple' ? 'class' : 'struct',
    isAbstract: true,
    staticMethods: { Create: overloads },
  };
}

const counts = Array.from({ length: longest }, (_, index) => index + 1);

export const tupleFamily: readonly TypeDescription[] = [
  creators('Tuple'),
  ...counts.map((count) => tupleDescription('Tuple', count)),
  creators('ValueTuple'),
  ...counts.map((count) => tupleDescription('ValueTuple', count)),
];
