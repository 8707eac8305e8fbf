import type { DisableMethod } from '../detection/profile.ts';
import { LOCKED_FOR_GOOD } from '../import/account-disabled.ts';
import type { AttributeValues, Modification } from '../protocol/request.ts';

/** The methods whose attribute says nothing but whether the account is disabled. */
export type FlagMethod = Exclude<DisableMethod, 'userAccountControl'>;

/**
 * What the attribute that bears the method's name holds in a disabled and in an enabled account; undefined: nothing.
 * `nsAccountLock` in small letters is what the tools of 389 and Oracle write; booleans are in capitals (RFC 4517 3.3.3, L64).
 */
const values: Readonly<Record<FlagMethod, { readonly disabled: string; readonly enabled: string | undefined }>> = {
  'msDS-UserAccountDisabled': { disabled: 'TRUE', enabled: 'FALSE' },
  nsAccountLock: { disabled: 'true', enabled: undefined },
  pwdAccountLockedTime: { disabled: LOCKED_FOR_GOOD, enabled: undefined },
  loginDisabled: { disabled: 'TRUE', enabled: 'FALSE' },
};

/** For an Add: an account that never had the attribute is enabled, except where the server may decide otherwise. */
export function addedFlag(method: FlagMethod, disabled: boolean): readonly AttributeValues[] {
  const value = disabled ? values[method].disabled : values[method].enabled;
  return value === undefined ? [] : [{ type: method, values: [value] }];
}

/** For a modify. Taking away what is not there succeeds. */
export function replacedFlag(method: FlagMethod, disabled: boolean): Modification {
  return { operation: 'replace', type: method, values: addedFlag(method, disabled).flatMap((each) => each.values) };
}
