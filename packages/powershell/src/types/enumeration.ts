import { EnumValue } from '../values/enum.ts';
import { namedType } from './intrinsic.ts';
import type { TypeDescription } from './net-type.ts';

/** Describes an enum by its labels in order; an array numbers them from zero. */
export function enumeration(
  name: string,
  labels: readonly string[] | Readonly<Record<string, number>>,
  { flags = false }: { flags?: boolean } = {},
): TypeDescription {
  const numbered = Array.isArray(labels)
    ? Object.fromEntries(labels.map((label, index) => [label, index]))
    : { ...labels };
  return { name, kind: 'enum', labels: numbered, ...(flags ? { flags } : {}) };
}

const values = new Map<string, EnumValue[]>();

/** A value of an enum of small numbers: one object each. */
export function enumOf(typeName: string, value: number): EnumValue {
  let known = values.get(typeName);
  if (known === undefined) {
    known = [];
    values.set(typeName, known);
  }
  const found = known[value];
  if (found !== undefined) return found;
  const made = new EnumValue(namedType(typeName), value);
  if (value >= 0 && value < 1024) known[value] = made;
  return made;
}
