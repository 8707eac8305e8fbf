import { type CSEntryChangeResult, parseDn } from '@joinery/connector';
import { treeDelete } from '../protocol/control/without-value.ts';
import { everything } from '../protocol/filter/build.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import { type Address, onEntry } from './identity.ts';
import { asked, type EntryTask, refused } from './outcome.ts';
import type { Turn } from './turn.ts';

/**
 * Deletes an entry; with everything below it where Tree Delete is chosen (LDAP sheet 5.1, L58). An entry that is gone is
 * answered as missing, which the host takes as done (L59).
 */
export async function deleteEntry(task: EntryTask, turn: Turn): Promise<CSEntryChangeResult> {
  const { entry } = task;
  const { result, dn } = await onEntry(turn, entry, entry.dn, (address) => remove(turn, address));
  if (result.code === resultCode.success) return { identifier: entry.identifier, errorCode: 'Success' };
  return refused(task, result, asked(turn.scope, 'delete', dn));
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
