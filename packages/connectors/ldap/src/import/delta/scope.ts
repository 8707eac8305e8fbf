import { dnKey, isKeyAtOrBelow } from '@joinery/connector';
import { isWanted, type Scope } from '../partitions.ts';

/** What is no distinguished name is compared as it stands. */
export function keyOf(dn: string): string {
  return dnKey(dn) ?? dn.toLowerCase();
}

/** Tells which names lie in what is read. */
export class Scopes {
  readonly #scopes: readonly { readonly scope: Scope; readonly baseKey: string }[];

  constructor(scopes: readonly Scope[]) {
    this.#scopes = scopes.map((scope) => ({ scope, baseKey: keyOf(scope.base) }));
  }

  has(dn: string): boolean {
    const key = keyOf(dn);
    return this.#scopes.some(({ scope, baseKey }) => isKeyAtOrBelow(key, baseKey) && isWanted(scope, dn));
  }
}
