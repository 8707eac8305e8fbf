import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { infoOf } from '../types/type-info.ts';

/** Whether a parameter takes many values, and of which type: single values are put into a collection of its type. */
export interface CollectionKind {
  readonly kind: 'none' | 'array' | 'list' | 'generic';
  readonly element: NetType | undefined;
}

const none: CollectionKind = { kind: 'none', element: undefined };
const known = new WeakMap<NetType, CollectionKind>();

export function collectionKind(type: NetType): CollectionKind {
  let kind = known.get(type);
  if (kind === undefined) {
    kind = workOut(type);
    known.set(type, kind);
  }
  return kind;
}

const genericDictionary = 'System.Collections.Generic.IDictionary`2';

function workOut(type: NetType): CollectionKind {
  if (type.element !== undefined) return { kind: 'array', element: type.element };
  const { interfaces } = infoOf(type);
  const isDictionary = (one: NetType): boolean => one === netTypes.idictionary || one.name === genericDictionary;
  if (isDictionary(type) || interfaces.some(isDictionary)) return none;
  const isList = type !== netTypes.ilist && interfaces.includes(netTypes.ilist);
  if (isList && type.name === 'System.Collections.ObjectModel.Collection`1') {
    return { kind: 'list', element: type.typeArguments[0] };
  }
  const generic = interfaces.find((one) => one.name === 'System.Collections.Generic.ICollection`1');
  if (generic !== undefined && type.description.kind !== 'interface') {
    return { kind: 'generic', element: generic.typeArguments[0] };
  }
  return isList ? { kind: 'list', element: undefined } : none;
}
