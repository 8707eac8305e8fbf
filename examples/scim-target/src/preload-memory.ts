import type { Random } from '@joinery/runtime';
import type { MemoryStorage, ResourceType } from '@joinery/scim';
import { numbered, person, personId } from './people.ts';

/** Users made between two looks at the signal. */
const batch = 1_000;

/** A source of ids that hands out {@link personId} in order until `release`, and random ones afterwards. */
export class NumberedIds implements Random {
  readonly #random: Random;
  #next: number | undefined = 1;

  constructor(random: Random) {
    this.#random = random;
  }

  bytes(count: number): Uint8Array {
    return this.#random.bytes(count);
  }

  uuid(): string {
    if (this.#next === undefined) return this.#random.uuid();
    const id = personId(numbered(this.#next));
    this.#next += 1;
    return id;
  }

  release(): void {
    this.#next = undefined;
  }
}

/** Fills an empty store in memory with people 1 to `count`. */
export async function preloadMemory(
  storage: MemoryStorage,
  type: ResourceType,
  count: number,
  signal: AbortSignal,
): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    if (n % batch === 0) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await storage.create(type, person(n));
  }
}
