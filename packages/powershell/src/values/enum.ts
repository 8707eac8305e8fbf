import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';

/** A value of an enum type: its number, `bigint` where the underlying type is Int64 or UInt64. Equal by type and number. */
export class EnumValue extends Instance {
  readonly type: NetType;
  readonly value: number | bigint;
  constructor(type: NetType, value: number | bigint) {
    super();
    this.type = type;
    this.value = value;
  }
}

/**
 * The text of an enum value: its label; of flags the labels that make it up, largest first taken away, printed in rising
 * order; a number that no labels make up as itself.
 */
export function enumLabel(enumValue: EnumValue): string {
  const { labels = {}, flags = false } = enumValue.type.description;
  const { value } = enumValue;
  const entries = Object.entries(labels);
  for (const [label, number] of entries) if (number === value) return label;
  if (!flags || value === 0 || value === 0n) return value.toString();
  const rising = entries.map(([label, number]) => ({ label, bits: BigInt(number) })).sort(byBits);
  let rest = BigInt(value);
  const found: string[] = [];
  for (const { label, bits } of rising.reverse()) {
    if (bits === 0n || (rest & bits) !== bits) continue;
    rest &= ~bits;
    found.push(label);
  }
  return rest === 0n ? found.reverse().join(', ') : value.toString();
}

function byBits(a: { bits: bigint }, b: { bits: bigint }): number {
  return a.bits < b.bits ? -1 : a.bits > b.bits ? 1 : 0;
}

/** The value of a label, in any case. */
export function enumByLabel(type: NetType, label: string): EnumValue | undefined {
  const { labels = {} } = type.description;
  const exact = Object.entries(labels).find(([name]) => name === label);
  const found = exact ?? Object.entries(labels).find(([name]) => name.toLowerCase() === label.toLowerCase());
  return found === undefined ? undefined : new EnumValue(type, found[1]);
}
