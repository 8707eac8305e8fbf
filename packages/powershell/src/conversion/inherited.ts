import type { NetType, TypeDescription } from '../types/net-type.ts';
import { infoOf } from '../types/type-info.ts';

/** A part of a type's description, its own or that of the nearest base type that has it. */
export function inherited<Part extends keyof TypeDescription>(
  type: NetType,
  part: Part,
): TypeDescription[Part] | undefined {
  if (type.isDescribed && type.description[part] !== undefined) return type.description[part];
  const { base } = infoOf(type);
  return base === undefined ? undefined : inherited(base, part);
}
