import { randomBytes, randomUUID } from 'node:crypto';

/** Randomness as a parameter; production uses the system's cryptographic source. */
export interface Random {
  bytes(count: number): Uint8Array;
  uuid(): string;
}

/** The system's cryptographic source. */
export const systemRandom: Random = { bytes: (count) => randomBytes(count), uuid: () => randomUUID() };

/** A repeatable source for tests: the same seed gives the same bytes. Never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0 || 1;
  const byte = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state & 0xff;
  };
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, byte);
  return {
    bytes,
    uuid() {
      const raw = bytes(16);
      raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x40;
      raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80;
      const hex = Buffer.from(raw).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
}
