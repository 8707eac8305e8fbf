const most = 2_147_483_647;

/** The numbers that .NET's `Random` gives for a seed: Knuth's subtractive generator, as .NET has it since its beginning. */
export class SeededRandom {
  readonly #numbers: number[] = new Array<number>(56).fill(0);
  #next = 0;
  #behind = 21;

  /** @param seed an Int32 */
  constructor(seed: number) {
    const numbers = this.#numbers;
    let last = 161_803_398 - (seed === -2_147_483_648 ? most : Math.abs(seed));
    let value = 1;
    numbers[55] = last;
    for (let at = 1, place = 0; at < 55; at++) {
      place = (place + 21) % 55;
      numbers[place] = value;
      value = wrapped(last - value);
      last = numbers[place] ?? 0;
    }
    for (let round = 1; round < 5; round++) {
      for (let at = 1; at < 56; at++) {
        const other = at + 30 >= 55 ? at + 30 - 55 : at + 30;
        numbers[at] = wrapped(((numbers[at] ?? 0) - (numbers[1 + other] ?? 0)) | 0);
      }
    }
  }

  /** From 0 up to, not including, 2³¹ − 1. */
  sample(): number {
    this.#next = this.#next >= 55 ? 1 : this.#next + 1;
    this.#behind = this.#behind >= 55 ? 1 : this.#behind + 1;
    let value = (this.#numbers[this.#next] ?? 0) - (this.#numbers[this.#behind] ?? 0);
    if (value === most) value--;
    value = wrapped(value);
    this.#numbers[this.#next] = value;
    return value;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.sample() & 0xff);
  }
}

function wrapped(value: number): number {
  return value < 0 ? value + most : value;
}
