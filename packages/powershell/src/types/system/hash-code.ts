import type { Instance } from '../../values/instance.ts';
import { PSObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';

let next = 0x2c_7a_11;
const identities = new WeakMap<Instance, number>();

/** `GetHashCode()`: the same for what is equal, within one run. .NET promises no more than that. */
export function hashCode(value: Value): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'bigint':
      return Number(BigInt.asIntN(32, value ^ (value >> 32n)));
    case 'string':
      return hashText(value);
    default:
      return value === null || value === undefined ? 0 : hashInstance(value);
  }
}

/** A hash of text, FNV-1a over its units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}

function hashInstance(value: Instance): number {
  if (value instanceof PSObject) return hashCode(value.base);
  const { hashKey } = value.type.description;
  if (hashKey !== undefined) {
    const key = hashKey(value);
    return typeof key === 'number' && Number.isInteger(key) ? key | 0 : hashText(String(key));
  }
  let identity = identities.get(value);
  if (identity === undefined) {
    next = Math.imul(next, 0x41c6_4e6d) + 12345;
    identity = next & 0x3ff_ffff;
    identities.set(value, identity);
  }
  return identity;
}
