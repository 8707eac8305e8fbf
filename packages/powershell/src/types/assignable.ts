import { baseOf, typeOf } from '../conversion/base.ts';
import type { Value } from '../values/value.ts';
import { netTypes } from './intrinsic.ts';
import type { NetType } from './net-type.ts';
import { infoOf } from './type-info.ts';

/** True where a value of type `from` may stand where `to` is declared, without conversion: `to.IsAssignableFrom(from)`. */
export function isAssignable(from: NetType, to: NetType): boolean {
  if (from === to || to === netTypes.object) return true;
  if (infoOf(from).supertypes.has(to)) return true;
  if (from.element !== undefined && to.element !== undefined) {
    return from.rank === to.rank && isReference(from.element) && isAssignable(from.element, to.element);
  }
  if (from.element !== undefined && from.rank === 1 && arrayInterfaces.has(to.name)) {
    const [item] = to.typeArguments;
    if (item !== undefined && isReference(from.element) && isAssignable(from.element, item)) return true;
  }
  if (to.definition === netTypes.nullable) return to.typeArguments[0] === from;
  return to.definition !== undefined && isVariantOf(from, to);
}

/** `-is`: true where a value, its `PSObject` left out, is of a type. */
export function isInstance(value: Value, type: NetType): boolean {
  const base = baseOf(value);
  if (base === null || base === undefined) return false;
  return isAssignable(typeOf(base), type);
}

/** True for reference types. */
export function isReference(type: NetType): boolean {
  return !isValueType(type);
}

/** True for structs, enums and numbers. */
export function isValueType(type: NetType): boolean {
  return infoOf(type).supertypes.has(netTypes.valueType) && type !== netTypes.valueType && type !== netTypes.enum;
}

/** Interfaces such as ``IEnumerable`1`` take items of a derived reference type. */
function isVariantOf(from: NetType, to: NetType): boolean {
  if (to.description.kind !== 'interface' || !covariant.has(to.name)) return false;
  const [item] = to.typeArguments;
  if (item === undefined) return false;
  for (const one of infoOf(from).supertypes) {
    const [own] = one.typeArguments;
    if (one.definition === to.definition && own !== undefined && isReference(own) && isAssignable(own, item))
      return true;
  }
  return false;
}

const covariant = new Set([
  'System.Collections.Generic.IEnumerable`1',
  'System.Collections.Generic.IEnumerator`1',
  'System.Collections.Generic.IReadOnlyList`1',
  'System.Collections.Generic.IReadOnlyCollection`1',
]);

/** What an array of references is of every type that its items are of: `string[]` is an `IList[object]`. */
const arrayInterfaces = new Set(['System.Collections.Generic.IList`1', 'System.Collections.Generic.ICollection`1']);

/** True for types that pipelines take apart: not text, not dictionaries, not nodes of XML. */
export function isEnumerable(type: NetType): boolean {
  return (
    type !== netTypes.string &&
    isAssignable(type, netTypes.ienumerable) &&
    !isAssignable(type, netTypes.idictionary) &&
    !type.name.startsWith('System.Xml.Xml')
  );
}
