import { dnKey, isAtOrBelow, nameKey, parentDn, parseDn } from '@joinery/connector';
import { everything } from '../protocol/filter/build.ts';
import type { AttributeValues } from '../protocol/request.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import { searchBases } from './search-bases.ts';
import type { Turn } from './turn.ts';

/**
 * Finds out whether an entry is there, for servers whose refusal of a move does not say what is missing (LDAP sheet 5.5: 32, 1
 * or 80). `undefined` where the server does not tell.
 */
export async function isThere(turn: Turn, dn: string): Promise<boolean | undefined> {
  const { result, entries } = await turn.search(dn, 'base', everything, ['1.1']);
  if (entries.length > 0) return true;
  return result.code === resultCode.noSuchObject ? false : undefined;
}

/** True for refusals of a move behind which a missing parent may be. */
export function mayLackParent({ code }: LdapResult): boolean {
  return refusalsOfParents.has(code);
}

const refusalsOfParents: ReadonlySet<number> = new Set([
  resultCode.noSuchObject,
  resultCode.operationsError,
  resultCode.other,
  resultCode.unwillingToPerform,
  resultCode.namingViolation,
]);

/**
 * Makes the containers that are missing above an entry (LDAP sheet 1.4), where the provisioning hierarchy has a class for each.
 * @param parent the entry's parent
 * @returns true when the parent is there now
 */
export async function createParents(turn: Turn, parent: string): Promise<boolean> {
  const { provisioningHierarchy } = turn.scope.context.settings;
  if (provisioningHierarchy.size === 0) return false;
  const bases = searchBases(turn.scope.context);
  const missing: { readonly dn: string; readonly attributes: readonly AttributeValues[] }[] = [];
  for (let next: string | undefined = parent; next !== undefined; next = parentDn(next)) {
    const dn = next;
    const there = await isThere(turn, dn);
    if (there === true) break;
    const attributes = containerAttributes(dn, provisioningHierarchy);
    // A partition that is not to be seen is not ours to make.
    const isWithin = bases.some((base) => isAtOrBelow(dn, base) && dnKey(dn) !== dnKey(base));
    if (there === undefined || attributes === undefined || !isWithin) return false;
    missing.push({ dn, attributes });
  }
  for (const { dn, attributes } of missing.reverse()) {
    const { code } = await turn.write({ operation: 'add', dn, attributes }, []);
    // Another entry of the same batch may have needed the same container.
    if (code !== resultCode.success && code !== resultCode.entryAlreadyExists) return false;
  }
  return true;
}

/** A container's attributes by the type in its RDN; undefined where the hierarchy has no class for it. */
function containerAttributes(
  dn: string,
  hierarchy: ReadonlyMap<string, string>,
): readonly AttributeValues[] | undefined {
  const [naming, ...further] = parseDn(dn)?.[0] ?? [];
  if (naming === undefined || naming.hex || further.length > 0) return undefined;
  const objectClass = hierarchy.get(nameKey(naming.type));
  if (objectClass === undefined) return undefined;
  return [
    { type: 'objectClass', values: [objectClass] },
    { type: naming.type, values: [naming.value] },
  ];
}
