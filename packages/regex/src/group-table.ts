/** The groups of a pattern: unnamed ones from 1 in order, those named by a number as they say, other names behind. */
export class GroupTable {
  #unnamed = 0;
  readonly #explicit = new Set<number>();
  readonly #named: string[] = [];
  readonly #numbers = new Map<string, number>();
  #all: number[] = [];
  readonly names = new Map<number, string>();

  addUnnamed(): void {
    this.#unnamed++;
  }

  addNamed(name: string): void {
    if (/^\d+$/.test(name)) this.#explicit.add(Number(name));
    else if (!this.#named.includes(name)) this.#named.push(name);
  }

  /** Gives every group its number, once all are known. */
  number(): void {
    const used = new Set<number>([0, ...this.#explicit]);
    for (let number = 1; number <= this.#unnamed; number++) used.add(number);
    let next = this.#unnamed + 1;
    for (const name of this.#named) {
      while (used.has(next)) next++;
      used.add(next);
      this.#numbers.set(name, next);
    }
    this.#all = [...used].sort((a, b) => a - b);
    for (const number of this.#all) this.names.set(number, number.toString());
    for (const [name, number] of this.#numbers) this.names.set(number, name);
  }

  has(number: number): boolean {
    return this.names.has(number);
  }

  get numbers(): readonly number[] {
    return this.#all;
  }

  /** The number of a name; digits are their own, where there is such a group. */
  numberOf(name: string): number | undefined {
    if (!/^\d+$/.test(name)) return this.#numbers.get(name);
    return this.has(Number(name)) ? Number(name) : undefined;
  }
}
