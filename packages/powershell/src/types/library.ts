import { namedType } from './intrinsic.ts';
import type { NetType, TypeDescription, TypeNames } from './net-type.ts';

/**
 * The types that every engine knows, by folded full name, and PowerShell's short names for them. It does not import their
 * descriptions, which use it: `openLibrary` hands them over before anything runs.
 */
class Library implements TypeNames {
  readonly #types = new Map<string, NetType>();
  readonly #accelerators = new Map<string, NetType>();

  /** By full name, in any case. */
  named(name: string): NetType | undefined {
    return this.#opened(this.#types).get(name.toLowerCase());
  }

  /** By short name, in any case. */
  accelerator(name: string): NetType | undefined {
    return this.#opened(this.#accelerators).get(name.toLowerCase());
  }

  /** Every type, in the order of the families. */
  all(): IterableIterator<NetType> {
    return this.#opened(this.#types).values();
  }

  /** Binds the intrinsic types to their descriptions, the first time it is called. */
  open(descriptions: readonly TypeDescription[]): void {
    if (this.#types.size > 0) return;
    for (const description of descriptions) {
      const type = namedType(description.name);
      type.describe(description);
      this.#types.set(description.name.toLowerCase(), type);
      for (const name of description.accelerators ?? []) this.#accelerators.set(name.toLowerCase(), type);
    }
  }

  #opened<T extends Map<string, NetType>>(types: T): T {
    if (this.#types.size === 0) throw new TypeError('the library of types is not open yet');
    return types;
  }
}

export const library = new Library();
