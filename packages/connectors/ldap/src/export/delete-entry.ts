import { type CSEntryChangeResult, isAtOrBelow, parseDn } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { assertComplete } from '../import/search-failure.ts';
import { treeDelete } from '../protocol/control/without-value.ts';
import { everything } from '../protocol/filter/build.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import { failed } from './fault.ts';
import { type Address, onEntry, presentValues } from './identity.ts';
import { asked, type EntryTask, refused } from './outcome.ts';
import { searchBases } from './search-bases.ts';
import type { Turn } from './turn.ts';

/**
 * Deletes an entry; with everything below it where Tree Delete is chosen (LDAP sheet 5.1, L58). An entry that is gone is
 * answered as missing, which the host takes as done (L59): so it must not be one that the account only may not see.
 * @throws LDAP_BASE_UNREADABLE, LDAP_BASE_MISSING, … where that cannot be told
 */
export async function deleteEntry(task: EntryTask, turn: Turn): Promise<CSEntryChangeResult> {
  const { entry } = task;
  const kept = await turn.scope.rules.keeps(entry, (attributes) => presentValues(turn, entry, entry.dn, attributes));
  if (kept !== undefined) return failed(entry.identifier, kept);
  const { result, dn } = await onEntry(turn, entry, entry.dn, (address) => remove(turn, address));
  if (result.code === resultCode.success) return { identifier: entry.identifier, errorCode: 'Success' };
  if (result.code === resultCode.noSuchObject) await assertVisible(turn, dn);
  return refused(task, result, asked(turn.scope, 'delete', dn));
}

/** An account that lost its rights is told of every entry that it is not there (LDAP sheet 4.5): then nor is the partition. */
async function assertVisible(turn: Turn, dn: string): Promise<void> {
  const { context } = turn.scope;
  for (const base of searchBases(context)) {
    if (!isAtOrBelow(dn, base)) continue;
    const { result, entries } = await turn.search(base, 'base', everything, ['1.1']);
    assertComplete(context, result, base, entries.length);
    if (entries.length > 0) continue;
    throw problem('LDAP_BASE_UNREADABLE', `There is no entry "${dn}" to be seen, nor "${base}".`, { place: base });
  }
}

async function remove(turn: Turn, { dn, controls }: Address): Promise<LdapResult> {
  const { scope } = turn;
  const whole = scope.context.settings.treeDelete;
  const tree = whole && scope.supports(treeDelete.oid) ? [treeDelete] : [];
  const result = await turn.write({ operation: 'delete', dn }, [...controls, ...tree]);
  if (!whole || result.code !== resultCode.notAllowedOnNonLeaf) return result;
  return removeFromBelow(turn, dn, result);
}

/**
 * Deletes what is below, deepest first, then the entry itself. A list that the server cut short is taken as a part: the next
 * round brings the rest. Ends when a round takes nothing away.
 */
async function removeFromBelow(turn: Turn, dn: string, refusal: LdapResult): Promise<LdapResult> {
  for (;;) {
    const { entries } = await turn.search(dn, 'sub', everything, ['1.1']);
    const names = entries.map((entry) => ({ dn: entry.dn, depth: parseDn(entry.dn)?.length ?? 0 }));
    const top = Math.min(...names.map(({ depth }) => depth));
    const below = names.filter(({ depth }) => depth > top).sort((a, b) => b.depth - a.depth);
    let deleted = 0;
    for (const each of below) {
      const { code } = await turn.write({ operation: 'delete', dn: each.dn }, []);
      if (code === resultCode.success) deleted += 1;
    }
    const result = await turn.write({ operation: 'delete', dn }, []);
    if (result.code !== resultCode.notAllowedOnNonLeaf) return result;
    if (deleted === 0) return refusal;
  }
}
