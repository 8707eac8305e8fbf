import { formatRdn, joinDn, parentDn, parseDn } from '@joinery/connector';
import { keyOf } from '../scope.ts';

/**
 * What entries were called before they, or what they lie in, were renamed: a log has one record for the renaming of a container, and
 * everything below it has another name from then on (LDAP sheet 4.7).
 */
export class FormerNames {
  /** By the key of the present name of what was renamed. */
  readonly #renamed = new Map<string, readonly string[]>();
  /** How many of {@link #renamed} lie below a key. */
  readonly #below = new Map<string, number>();

  /** The names that an entry has had, the present one left out; may name some that it never had, never leaves one out. */
  of(dn: string): readonly string[] {
    if (this.#renamed.size === 0) return [];
    const names = [...(this.#renamed.get(keyOf(dn)) ?? [])];
    for (const { name, above } of ancestorsOf(dn)) {
      for (const former of this.#renamed.get(keyOf(above)) ?? []) names.push(joinDn(name, former));
    }
    return names;
  }

  rename(from: string, to: string): void {
    const names = [from, ...this.of(from)];
    this.#forget(keyOf(from));
    if ((this.#below.get(keyOf(from)) ?? 0) > 0) this.#moveBelow(from, to);
    this.#set(to, names);
  }

  /** Entries that were renamed themselves go with the container. */
  #moveBelow(from: string, to: string): void {
    const fromKey = keyOf(from);
    for (const [key, names] of [...this.#renamed]) {
      const within = ancestorsOf(key).find(({ above }) => keyOf(above) === fromKey);
      if (within === undefined) continue;
      this.#forget(key);
      this.#set(joinDn(within.name, to), names);
    }
  }

  #set(dn: string, names: readonly string[]): void {
    const key = keyOf(dn);
    this.#forget(key);
    this.#renamed.set(key, names);
    for (const { above } of ancestorsOf(key)) this.#count(keyOf(above), 1);
  }

  #forget(key: string): void {
    if (!this.#renamed.delete(key)) return;
    for (const { above } of ancestorsOf(key)) this.#count(keyOf(above), -1);
  }

  #count(key: string, by: number): void {
    const count = (this.#below.get(key) ?? 0) + by;
    if (count === 0) this.#below.delete(key);
    else this.#below.set(key, count);
  }
}

/** Every entry above one, with the name of the one relative to it. */
export function ancestorsOf(dn: string): readonly { readonly name: string; readonly above: string }[] {
  const rdns = parseDn(dn)?.map(formatRdn) ?? [];
  return rdns.slice(1).map((_, index) => ({
    name: rdns.slice(0, index + 1).join(','),
    above: rdns.slice(index + 1).join(','),
  }));
}

/** The name after a renaming (RFC 4511 4.9): below the new superior where there is one, which a peer forgets (behaviour L38). */
export function renamedDn(dn: string, newRdn: string, newSuperior: string | undefined): string {
  return joinDn(newRdn, newSuperior ?? parentDn(dn) ?? '');
}
