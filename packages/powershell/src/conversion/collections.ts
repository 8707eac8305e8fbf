import { isAssignable } from '../types/assignable.ts';
import { netTypes } from '../types/intrinsic.ts';
import { type NetType, notConvertible } from '../types/net-type.ts';
import { infoOf, type Method } from '../types/type-info.ts';
import { NetArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import { isCastError, noConversion, wrapped } from './cast-error.ts';
import { construct } from './constructors.ts';
import type { ConversionContext } from './context.ts';
import type { Conversion } from './conversion.ts';

const sources = new Set([
  'System.Collections.Generic.IEnumerable`1',
  'System.Collections.Generic.ICollection`1',
  'System.Collections.Generic.IList`1',
]);

/** The conversion into a generic collection that can be made of its items: `[List[int]](1, '2')`, `[HashSet[string]]'one'`. */
export function findCollectionConversion(from: NetType, to: NetType): Conversion | undefined {
  const [element] = to.typeArguments;
  if (element === undefined || to.typeArguments.length !== 1 || to.description.kind === 'interface') return undefined;
  if (to.description.isAbstract === true || !isAssignable(to, netTypes.ienumerable)) return undefined;
  const maker = infoOf(to).constructors.find(({ parameters }) => isSource(parameters, element));
  if (maker === undefined) return undefined;
  const isScalar = isAssignable(from, element);
  return (value, type, context) => {
    const items = isScalar ? [value] : convertItems(value, type, element, context);
    try {
      return construct(maker, [new NetArray(element, items)], type, context);
    } catch (error) {
      throw wrapped('InvalidCastConstructorException', value, type, error, context);
    }
  };
}

function isSource(parameters: Method['parameters'], element: NetType): boolean {
  const type = parameters[0]?.type;
  return parameters.length === 1 && type !== undefined && sources.has(type.name) && type.typeArguments[0] === element;
}

function convertItems(value: Value, type: NetType, element: NetType, context: ConversionContext): Value[] {
  if (!(value instanceof NetArray)) return [context.convert(value, element)];
  return value.items.map((item) => {
    const converted = tryItem(item, element, context);
    if (converted === notConvertible) throw noConversion(value, type, context);
    return converted;
  });
}

function tryItem(item: Value, element: NetType, context: ConversionContext): Value | typeof notConvertible {
  try {
    return context.convert(item, element);
  } catch (error) {
    if (isCastError(error)) return notConvertible;
    throw error;
  }
}
