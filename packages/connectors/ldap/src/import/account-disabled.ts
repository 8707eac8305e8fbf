import type { DisableMethod } from '../detection/profile.ts';

/** The attribute in which each kind of server keeps that an account is disabled. It bears the method's name. */
const ACCOUNT_DISABLED_BIT = 2n;

/** What an account without a lock of its own holds in `pwdAccountLockedTime` while it is locked for good (draft-behera, 5.3.3). */
export const LOCKED_FOR_GOOD = '000001010000Z';

/**
 * Reads `_accountDisabled`.
 * @param values of the attribute that bears the method's name
 * @returns undefined where that cannot be told: an account of Active Directory always has `userAccountControl`
 */
export function isAccountDisabled(method: DisableMethod, values: readonly string[]): boolean | undefined {
  const [value] = values;
  switch (method) {
    case 'userAccountControl':
      return value !== undefined && /^-?\d+$/.test(value)
        ? (BigInt(value) & ACCOUNT_DISABLED_BIT) === ACCOUNT_DISABLED_BIT
        : undefined;
    case 'pwdAccountLockedTime':
      // Any other time is a lock after wrong passwords, which ends by itself.
      return value === LOCKED_FOR_GOOD;
    case 'msDS-UserAccountDisabled':
    case 'nsAccountLock':
    case 'loginDisabled':
      return value?.toUpperCase() === 'TRUE';
  }
}
