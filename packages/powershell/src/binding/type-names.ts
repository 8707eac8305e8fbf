import { baseOf, typeOf } from '../conversion/base.ts';
import { extendedTypeNamesOf } from '../types/extended-members.ts';
import type { NetType } from '../types/net-type.ts';
import { infoOf } from '../types/type-info.ts';
import type { Value } from '../values/value.ts';

/** `PSTypeNames` of a value: those that script code put first, then its class and bases. */
export function typeNamesOf(value: Value): readonly string[] {
  const base = baseOf(value);
  if (base === null || base === undefined) return [];
  const names = [...(extendedTypeNamesOf(value) ?? [])];
  for (let type: NetType | undefined = typeOf(base); type !== undefined; type = infoOf(type).base)
    names.push(type.name);
  return names;
}
