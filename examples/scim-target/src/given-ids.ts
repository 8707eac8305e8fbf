import type { Random } from '@joinery/runtime';

/** A source of ids whose next one can be said beforehand; all others come from the source behind it. */
export class GivenIds implements Random {
  readonly #random: Random;
  #given: string | undefined;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The next `uuid()` answers this one. */
  give(id: string): void {
    this.#given = id;
  }

  bytes(count: number): Uint8Array {
    return this.#random.bytes(count);
  }

  uuid(): string {
    const id = this.#given ?? this.#random.uuid();
    this.#given = undefined;
    return id;
  }
}
