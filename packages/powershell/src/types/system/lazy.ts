import { toNetText } from '../../conversion/text.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { Instance } from '../../values/instance.ts';
import { as, object } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { CallContext, NetType, TypeDescription } from '../net-type.ts';
import { construct } from '../static-members.ts';

/** ``System.Lazy`1``: a value that a script block makes when it is first asked for. */
class Lazy extends Instance {
  readonly type: NetType;
  readonly #make: (element: NetType, context: CallContext) => Value;
  /** The value once it is there. */
  made: { readonly value: Value } | undefined;

  constructor(type: NetType, make: (element: NetType, context: CallContext) => Value) {
    super();
    this.type = type;
    this.#make = make;
  }

  value(context: CallContext): Value {
    this.made ??= { value: this.#make(this.type.typeArguments[0] ?? netTypes.object, context) };
    return this.made.value;
  }
}

const self = (value: Value): Lazy => as(value, Lazy);

function byBlock(type: NetType, block: Value): Lazy {
  return new Lazy(type, (element, context) => context.convert(context.invoke(object(block), []), element));
}

const name = 'System.Lazy[T]';

export const lazyDescription: TypeDescription = {
  name: 'System.Lazy`1',
  kind: 'class',
  typeParameters: ['T'],
  constructors: overloadList({
    [`${name} new()`]: (_self, _none, _context, type) =>
      new Lazy(type, (element, context) => construct(element, [], sessionOf(context))),
    [`${name} new(T value)`]: (_self, [value], _context, type) => {
      const made = new Lazy(type, () => value);
      made.made = { value: value ?? null };
      return made;
    },
    [`${name} new(System.Func[T] valueFactory)`]: (_self, [block], _context, type) => byBlock(type, block),
    [`${name} new(System.Func[T] valueFactory, bool isThreadSafe)`]: (_self, [block], _context, type) =>
      byBlock(type, block),
  }),
  properties: {
    IsValueCreated: { type: 'bool', get: (value) => self(value).made !== undefined },
    Value: { type: 'T', get: (value, context) => self(value).value(context) },
  },
  methods: methodTable({ 'string ToString()': (value, _none, context) => lazyText(self(value), context) }),
  toText: (value, _format, context) => lazyText(self(value), context),
};

function lazyText(lazy: Lazy, context: CallContext): string {
  return lazy.made === undefined ? 'Value is not created.' : toNetText(lazy.made.value, undefined, context);
}
