import { namedType } from './intrinsic.ts';
import type { NetType, TypeDescription, TypeNames } from './net-type.ts';
import { descriptions } from './registered.ts';

/** The types that every engine knows, by folded full name, and PowerShell's short names for them. */
class Library implements TypeNames {
  readonly #types = new Map<string, NetType>();
  readonly #accelerators = new Map<string, NetType>();
  #isOpen = false;

  /** By full name, in any case. */
  named(name: string): NetType | undefined {
    this.open();
    return this.#types.get(name.toLowerCase());
  }

  /** By short name, in any case. */
  accelerator(name: string): NetType | undefined {
    this.open();
    return this.#accelerators.get(name.toLowerCase());
  }

  /** PowerShell's first short name of a type: what it prints for it. */
  shortNameOf(type: NetType): string | undefined {
    return type.isDescribed ? type.description.accelerators?.[0] : undefined;
  }

  /** Every type, in the order of the families. */
  all(): IterableIterator<NetType> {
    this.open();
    return this.#types.values();
  }

  /** Makes sure that the intrinsic types are bound to their descriptions. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    for (const description of descriptions) this.#add(description);
  }

  #add(description: TypeDescription): void {
    const type = namedType(description.name);
    type.describe(description);
    this.#types.set(description.name.toLowerCase(), type);
    for (const name of description.accelerators ?? []) this.#accelerators.set(name.toLowerCase(), type);
  }
}

export const library = new Library();
