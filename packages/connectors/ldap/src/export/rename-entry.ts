import { dnKey, joinDn, parentDn } from '@joinery/connector';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import { type ExportFault, faultOf, missingParent } from './fault.ts';
import { type Address, onEntry } from './identity.ts';
import type { Renaming } from './naming.ts';
import { asked, type EntryTask } from './outcome.ts';
import { createParents, isThere, mayLackParent } from './parents.ts';
import type { Turn } from './turn.ts';

/** The entry's name afterwards, or why it has kept its own. */
export type Renamed = { readonly dn: string } | { readonly fault: ExportFault };

/** Renames or moves an entry: one modifyDN, never a modify (LDAP sheet 5.1). */
export async function renameEntry(
  task: EntryTask,
  turn: Turn,
  previousDn: string,
  renaming: Renaming,
): Promise<Renamed> {
  const { newRdn, newSuperior } = renaming;
  let lacksParent = false;
  const { result, dn } = await onEntry(
    turn,
    task.entry,
    previousDn,
    async (address) => {
      lacksParent = false;
      if (isNamedSo(address, renaming)) return done;
      const result = await modifyDn(turn, address, renaming);
      if (newSuperior === undefined || !mayLackParent(result) || (await isThere(turn, newSuperior)) !== false)
        return result;
      if (await createParents(turn, newSuperior)) return modifyDn(turn, address, renaming);
      lacksParent = true;
      return result;
    },
    'dn',
  );
  const after = joinDn(newRdn, newSuperior ?? parentDn(dn) ?? '');
  if (result.code === resultCode.success || isSameEntry(result, dn, after)) return { dn: after };
  const operation = newSuperior === undefined ? 'rename' : 'move';
  const about = {
    ...asked(turn.scope, operation, result.code === resultCode.entryAlreadyExists ? after : dn),
    parent: parentDn(after),
  };
  return { fault: lacksParent ? missingParent(result, about) : faultOf(result, about) };
}

function modifyDn(turn: Turn, { dn, controls }: Address, { newRdn, newSuperior }: Renaming): Promise<LdapResult> {
  const moves = newSuperior === undefined ? {} : { newSuperior };
  return turn.write(
    { operation: 'modifyDN', dn, newRdn: withHexBlank(newRdn), deleteOldRdn: true, ...moves },
    controls,
  );
}

/** 389 cuts blanks off the end of a new RDN before it reads the backslash in front of them (measured); `\20` stays. */
function withHexBlank(rdn: string): string {
  return rdn.endsWith('\\ ') ? `${rdn.slice(0, -1)}20` : rdn;
}

/** An entry that was found by its anchor may have been renamed by an attempt whose answer got lost. */
function isNamedSo({ dn }: Address, { newRdn, newSuperior }: Renaming): boolean {
  return dn === joinDn(newRdn, newSuperior ?? parentDn(dn) ?? '');
}

const done: LdapResult = {
  code: resultCode.success,
  matchedDn: '',
  diagnosticMessage: '',
  referrals: [],
  controls: [],
};

/** "Attempt to move entry onto itself": ApacheDS, where only the letter case is another (L55). */
function isSameEntry({ code }: LdapResult, before: string, after: string): boolean {
  return code === resultCode.entryAlreadyExists && dnKey(before) === dnKey(after);
}
