import type { CSEntryChange } from '@joinery/connector';
import { presentValues, sameEntry } from '../export/identity.ts';
import type { Turn } from '../export/turn.ts';
import type { Modification } from '../protocol/request.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import { exchangedControl } from './control-writes.ts';
import { replacedFlag } from './disabling.ts';
import { asksForDisabled } from './wanted-state.ts';

/** How often an account that somebody else changes at the same moment is read again. */
const ATTEMPTS = 4;

/**
 * Enables an account whose first password has just been set, where it was made disabled for want of one (LDAP sheet 5.7, L60). Nothing has to
 * be remembered for that between the two calls: the entry is the Add itself, and says whether the account was to be disabled.
 * @returns why it could not be enabled; undefined where it is, or is to stay disabled
 */
export async function enableAccount(turn: Turn, entry: CSEntryChange, dn: string): Promise<LdapResult | undefined> {
  const { disableMethod } = turn.scope.context.profile;
  const isOfMicrosoft = disableMethod === 'userAccountControl' || disableMethod === 'msDS-UserAccountDisabled';
  if (!isOfMicrosoft || entry.objectModificationType !== 'Add' || asksForDisabled(entry)) return undefined;
  const needed = async (): Promise<readonly Modification[]> => {
    const read = (attributes: readonly string[]) => presentValues(turn, entry, dn, attributes, true);
    if (disableMethod === 'userAccountControl') return exchangedControl(false, read);
    const value = (await read([disableMethod])).get(disableMethod.toLowerCase())?.[0];
    const isDisabled = value !== undefined && Buffer.from(value).toString('utf8').toUpperCase() === 'TRUE';
    return isDisabled ? [replacedFlag(disableMethod, false)] : [];
  };
  for (let attempt = 1; ; attempt += 1) {
    const modifications = await needed();
    if (modifications.length === 0) return undefined;
    const { result } = await sameEntry(turn, entry, dn, (address) =>
      turn.write({ operation: 'modify', dn: address.dn, modifications }, address.controls),
    );
    if (result.code === resultCode.success) return undefined;
    if (result.code !== resultCode.noSuchAttribute || attempt === ATTEMPTS) return result;
  }
}
