import type { Random } from '@joinery/runtime';

/** A number below `bound` (at most 256), every one equally likely: bytes that would favour some are thrown away. */
export function randomIndex(random: Random, bound: number): number {
  const fair = 256 - (256 % bound);
  for (;;) {
    const [byte] = random.bytes(1);
    if (byte !== undefined && byte < fair) return byte % bound;
  }
}
