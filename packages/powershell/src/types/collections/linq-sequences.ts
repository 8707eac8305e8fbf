import { NetArray } from '../../values/array.ts';
import type { Instance } from '../../values/instance.ts';
import { defaultComparer, type MapKey } from '../../values/key-comparer.ts';
import { bool, object } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext, NetType, Overload } from '../net-type.ts';
import { comparerOf } from './hashtable.ts';
import { itemsOf } from './items-of.ts';
import { compareDefault } from './order.ts';

/*
 * `System.Linq.Enumerable`. What .NET works out item by item when asked is worked out at once here: scripts cannot tell,
 * but for endless sequences, which need a script of their own to make.
 */

export const source = 'System.Collections.Generic.IEnumerable[TSource] source';

export const sequence = 'System.Collections.Generic.IEnumerable[TSource]';

export type Items = readonly Value[];

export function elementOf(typeArguments: readonly NetType[]): NetType {
  return typeArguments[0] ?? netTypes.object;
}

/** A method on one sequence that gives another of the same type. */
export function changing(
  name: string,
  parameters: string,
  run: (items: Items, args: readonly Value[], context: CallContext) => Items,
): Overload {
  return {
    signature: `static ${sequence} ${name}[TSource](${source}${parameters === '' ? '' : `, ${parameters}`})`,
    invoke: (_self, [items, ...rest], context, _type, typeArguments) =>
      new NetArray(elementOf(typeArguments), [...run(itemsOf(items, context, 'source'), rest, context)]),
  };
}

/** A method on one sequence that gives one value. */
export function asking(
  name: string,
  returns: string,
  parameters: string,
  run: (items: Items, args: readonly Value[], context: CallContext, element: NetType) => Value,
): Overload {
  return {
    signature: `static ${returns} ${name}[TSource](${source}${parameters === '' ? '' : `, ${parameters}`})`,
    invoke: (_self, [items, ...rest], context, _type, typeArguments) =>
      run(itemsOf(items, context, 'source'), rest, context, elementOf(typeArguments)),
  };
}

export function tester(delegate: Value, context: CallContext): (item: Value) => boolean {
  const block = object(delegate);
  return (item) => bool(context.convert(context.invoke(block, [item]), netTypes.boolean));
}

export function distinct(items: Items, keyOf: (item: Value) => MapKey): Value[] {
  const seen = new Set<MapKey>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export const keyOf = (item: Value): MapKey => defaultComparer.keyOf(item);

export const predicate = 'System.Func[TSource,bool] predicate';

function keys(items: Items, selector: Value, context: CallContext, element: NetType): { item: Value; key: Value }[] {
  const block = object(selector);
  return items.map((item) => ({ item, key: convertKey(context.invoke(block, [item]), element, context) }));
}

function convertKey(key: Value, type: NetType, context: CallContext): Value {
  return type === netTypes.object ? key : context.convert(key, type);
}

export function ordering(name: string, sign: 1 | -1): Overload {
  return {
    signature: `static System.Linq.IOrderedEnumerable[TSource] ${name}[TSource, TKey](${source}, System.Func[TSource,TKey] keySelector)`,
    invoke: (_self, [items, selector], context, _type, typeArguments) => {
      const found = keys(itemsOf(items, context, 'source'), selector, context, typeArguments[1] ?? netTypes.object);
      found.sort((a, b) => compareDefault(a.key, b.key) * sign);
      return new NetArray(
        elementOf(typeArguments),
        found.map(({ item }) => item),
      );
    },
  };
}

/** Two sequences become one. */
export function combining(
  name: string,
  run: (first: Items, second: Items, keyFor: (item: Value) => MapKey) => Items,
  withComparer: boolean,
): readonly Overload[] {
  const two = `${sequence} first, ${sequence} second`;
  const plain: Overload = {
    signature: `static ${sequence} ${name}[TSource](${two})`,
    invoke: (_self, [first, second], context, _type, typeArguments) =>
      new NetArray(elementOf(typeArguments), [
        ...run(itemsOf(first, context, 'first'), itemsOf(second, context, 'second'), keyOf),
      ]),
  };
  if (!withComparer) return [plain];
  return [
    plain,
    {
      signature: `static ${sequence} ${name}[TSource](${two}, System.Collections.Generic.IEqualityComparer[TSource] comparer)`,
      invoke: (_self, [first, second, comparer], context, _type, typeArguments) => {
        const by = comparerOf(comparer);
        return new NetArray(elementOf(typeArguments), [
          ...run(itemsOf(first, context, 'first'), itemsOf(second, context, 'second'), (item) => by.keyOf(item)),
        ]);
      },
    },
  ];
}

export function keySet(items: Items, keyFor: (item: Value) => MapKey): Set<MapKey> {
  return new Set(items.map(keyFor));
}

export function selecting(): Overload {
  return {
    signature: `static System.Collections.Generic.IEnumerable[TResult] Select[TSource, TResult](${source}, System.Func[TSource,TResult] selector)`,
    invoke: (_self, [items, selector], context, _type, typeArguments) => {
      const result = typeArguments[1] ?? netTypes.object;
      const block: Instance = object(selector);
      return new NetArray(
        result,
        itemsOf(items, context, 'source').map((item) => convertKey(context.invoke(block, [item]), result, context)),
      );
    },
  };
}
