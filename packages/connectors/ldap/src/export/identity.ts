import { type CSEntryChange, canonicalDn, dnKey, nameKey } from '@joinery/connector';
import type { ServerKind } from '../detection/profile.ts';
import { guidOctets, guidOrderOf } from '../import/guid.ts';
import { assertComplete } from '../import/search-failure.ts';
import { assertion, assertionOid } from '../protocol/control/assertion.ts';
import type { Control } from '../protocol/control.ts';
import { allOf, equals, everything } from '../protocol/filter/build.ts';
import type { Filter } from '../protocol/filter.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import { octetsOf } from './octets.ts';
import type { ExportScope } from './scope.ts';
import { searchBases } from './search-bases.ts';
import type { Turn } from './turn.ts';

/** Under which name an entry is written, and with which controls, so that no other entry is. */
export interface Address {
  readonly dn: string;
  readonly controls: readonly Control[];
}

/** What was answered, and the name under which the entry was found. */
export interface Written {
  readonly result: LdapResult;
  readonly dn: string;
}

/** They take `<GUID=…>` wherever a DN stands ([MS-ADTS] 3.1.1.3.1.2.4). */
const guidNames: ReadonlySet<ServerKind> = new Set([
  'ActiveDirectory',
  'ActiveDirectoryGlobalCatalog',
  'ADLDS',
  'Samba',
]);

/**
 * Carries out a write on the entry that has the anchor, wherever it is, and on no other.
 *
 * A DN alone does not do that: a container may have been renamed, or the name given to somebody else since the last import.
 * Active Directory is given the GUID instead of the DN. OpenLDAP compares the anchor itself, by the assertion control. Elsewhere
 * the entry is read before it is written: one more read, which is a fraction of a write; somebody who takes the name between
 * the two is not noticed. With the DN itself as anchor there is nothing to compare.
 * An entry that is not (or no longer) under its DN is looked for by its anchor, once.
 *
 * @param dn the entry's name as far as is known
 * @param act sends the write; called again where it turns out that it was another entry, or without a control that was refused
 * @param naming `dn` where the server takes no GUID for this operation (Samba: modifyDN)
 * @returns with noSuchObject where the entry is nowhere, with assertionFailed where several have its anchor
 * @throws LDAP_SEARCH_LIMITED, LDAP_SEARCH_REFUSED, LDAP_REFERRAL, LDAP_BASE_MISSING where nobody can tell whether it is anywhere
 */
export async function onEntry(
  turn: Turn,
  entry: CSEntryChange,
  dn: string,
  act: (address: Address) => Promise<LdapResult>,
  naming: 'any' | 'dn' = 'any',
): Promise<Written> {
  const { scope } = turn;
  const guid = guidName(entry, scope);
  if (guid !== undefined && naming === 'any') {
    return { result: await repeated(scope, () => act({ dn: guid, controls: [] })), dn };
  }
  if (guid !== undefined) {
    const { result, entries } = await turn.search(guid, 'base', everything, ['1.1']);
    const present = entries[0] === undefined ? undefined : canonicalDn(entries[0].dn);
    if (present === undefined) return { result: result.code === resultCode.success ? missing(result) : result, dn };
    return { result: await repeated(scope, () => act({ dn: present, controls: [] })), dn: present };
  }
  const filter = anchorFilter(entry, scope);
  const first = await repeated(scope, () => guarded(turn, dn, filter, act));
  if (filter === undefined || !isElsewhere(first)) return { result: first, dn };
  const all = await locate(turn, filter);
  if (all.length > 1) return { result: { ...first, code: resultCode.assertionFailed }, dn };
  const [found] = all;
  if (found === undefined) return { result: missing(first), dn };
  // It is where it was said to be: what was not found is something else, such as a new parent.
  if (dnKey(found) === dnKey(dn)) return { result: first, dn };
  return { result: await repeated(scope, () => guarded(turn, found, filter, act)), dn: found };
}

/** As {@link onEntry} for an entry that has just been written under this name; its anchor may be another one by now. */
export async function sameEntry(
  turn: Turn,
  entry: CSEntryChange,
  dn: string,
  act: (address: Address) => Promise<LdapResult>,
): Promise<Written> {
  const { scope } = turn;
  const address = { dn: guidName(entry, scope) ?? dn, controls: [] };
  return { result: await repeated(scope, () => act(address)), dn };
}

/**
 * Values of the entry that has the anchor, wherever it is: somebody else may have its name by now. None where there is none.
 * @param known true: the entry has just been written under this name, and its anchor may be another one by now
 * @throws as {@link onEntry}
 */
export async function presentValues(
  turn: Turn,
  entry: CSEntryChange,
  dn: string,
  attributes: readonly string[],
  known = false,
): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
  const guid = guidName(entry, turn.scope);
  const filter = known || guid !== undefined ? undefined : anchorFilter(entry, turn.scope);
  const here = await turn.read(guid ?? dn, attributes, filter);
  if (here !== undefined || filter === undefined) return here?.values ?? new Map();
  const [found, second] = await locate(turn, filter);
  const there = found === undefined || second !== undefined ? undefined : await turn.read(found, attributes, filter);
  return there?.values ?? new Map();
}

/** A write is sent again when a control that it does not need was refused: then it goes without. */
export async function repeated(scope: ExportScope, send: () => Promise<LdapResult>): Promise<LdapResult> {
  for (;;) {
    const refused = scope.memory.refusedControls.size;
    const result = await send();
    if (result.code !== resultCode.unavailableCriticalExtension || scope.memory.refusedControls.size === refused)
      return result;
  }
}

async function guarded(
  turn: Turn,
  dn: string,
  filter: Filter | undefined,
  act: (address: Address) => Promise<LdapResult>,
): Promise<LdapResult> {
  if (filter === undefined) return act({ dn, controls: [] });
  if (turn.scope.supports(assertionOid)) return act({ dn, controls: [assertion(filter)] });
  const { result, entries } = await turn.search(dn, 'base', filter, ['1.1']);
  if (entries.length === 1) return act({ dn, controls: [] });
  // No entry here, or one with another anchor.
  return result.code === resultCode.success ? missing(result) : result;
}

/** The name by GUID, where the server takes it and the anchor is one. */
function guidName({ anchorAttributes }: CSEntryChange, { context }: ExportScope): string | undefined {
  if (!guidNames.has(context.profile.kind)) return undefined;
  const guid = anchorAttributes.find(({ name }) => nameKey(name) === 'objectguid')?.value;
  return typeof guid === 'string' && guidOctets(guid, 'microsoft') !== undefined ? `<GUID=${guid}>` : undefined;
}

/** What the anchor demands of an entry; undefined where it is the DN, or holds what the server cannot compare. */
export function anchorFilter(
  { anchorAttributes }: Pick<CSEntryChange, 'anchorAttributes'>,
  { context }: Pick<ExportScope, 'context'>,
): Filter | undefined {
  const filters: Filter[] = [];
  for (const { name, value } of anchorAttributes) {
    if (nameKey(name) === 'entrydn') continue;
    const order = guidOrderOf(name);
    const octets = order !== undefined && typeof value === 'string' ? guidOctets(value, order) : octetsOf(value);
    if (octets === undefined || !isComparable(name, context)) return undefined;
    filters.push(equals(name, octets));
  }
  return filters.length === 0 ? undefined : allOf(filters);
}

/** Servers that publish no matching rules compare everything. */
function isComparable(name: string, { profile, schema }: ExportScope['context']): boolean {
  if (name === profile.uniqueId || guidNames.has(profile.kind)) return true;
  return schema.attributeType(name)?.equality !== undefined;
}

function missing(result: LdapResult): LdapResult {
  return { ...result, code: resultCode.noSuchObject };
}

function isElsewhere({ code }: LdapResult): boolean {
  return code === resultCode.noSuchObject || code === resultCode.assertionFailed;
}

/** The entries with this anchor in all partitions, two of them at most. A partition that does not answer may hold it. */
async function locate(turn: Turn, filter: Filter): Promise<readonly string[]> {
  const { context } = turn.scope;
  const found: string[] = [];
  for (const base of searchBases(context)) {
    const { result, entries } = await turn.search(base, 'sub', filter, ['1.1'], 2);
    found.push(...entries.map(({ dn }) => canonicalDn(dn) ?? dn));
    if (found.length > 1) return found;
    assertComplete(context, result, base, entries.length);
  }
  return found;
}
