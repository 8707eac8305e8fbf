import type { Target } from './shown-references.ts';

/** Keys that are remembered at once. */
const MOST = 4_000;

/**
 * The objects that keys stood for when they were looked up last: a manager is named by each of the team. Keys that stand for
 * nothing are not remembered, because an object may come that bears them.
 */
export class KnownTargets {
  readonly #byKey = new Map<string, readonly Target[]>();
  #generation: number | undefined;

  get(key: string, generation: number, look: () => readonly Target[]): readonly Target[] {
    if (this.#generation !== generation) this.#byKey.clear();
    this.#generation = generation;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const found = look();
    if (this.#byKey.size >= MOST) this.#byKey.clear();
    if (found.length > 0) this.#byKey.set(key, found);
    return found;
  }

  /** @param key absent: all of them */
  forget(key: string | undefined): void {
    if (key === undefined) this.#byKey.clear();
    else this.#byKey.delete(key);
  }
}
