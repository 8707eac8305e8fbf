import type { DisableMethod } from '../detection/profile.ts';
import type { ReadPresent } from '../export/entry-rules.ts';
import { isAccountDisabled } from '../import/account-disabled.ts';
import type { Modification } from '../protocol/request.ts';
import { addedFlag } from './disabling.ts';

const method = 'pwdAccountLockedTime';

/**
 * What has to go with a new password so that a disabled account stays disabled. The overlay ppolicy of OpenLDAP takes `pwdAccountLockedTime` away
 * when a password is written, also where it stands for an account that is disabled, and also where the same modify replaces it; not where
 * the modify deletes it and adds it again (measured).
 */
export async function keptLock(
  disableMethod: DisableMethod | undefined,
  read: ReadPresent,
): Promise<readonly Modification[]> {
  if (disableMethod !== method) return [];
  const octets = (await read([method])).get(method.toLowerCase()) ?? [];
  const values = octets.map((each) => Buffer.from(each).toString('utf8'));
  if (isAccountDisabled(method, values) !== true) return [];
  const added = addedFlag(method, true).map((each): Modification => ({ ...each, operation: 'add' }));
  return [{ operation: 'delete', type: method, values: [] }, ...added];
}
