import { nameKey } from '@joinery/connector';
import { isMicrosoft } from '../account/families.ts';
import type { LdapContext } from '../context.ts';
import { passwordModifyOid } from '../protocol/extended/password-modify.ts';
import { microsoftPassword } from './microsoft-password.ts';
import type { PasswordMethod } from './password-call.ts';
import { hashesItself } from './password-form.ts';
import { passwordModifyOperation } from './password-modify-operation.ts';
import { writtenPassword } from './written-password.ts';

/**
 * How the server takes passwords (LDAP sheet 5.7), the first row that holds:
 *
 * | Server | Method |
 * |---|---|
 * | Active Directory, AD LDS, Samba | replace, or delete and add, of `unicodePwd` (AD LDS also `userPassword`, by setting) |
 * | OpenLDAP and unknown ones with the password-modify operation, Password Hashing “By server” | that operation |
 * | others | replace of the password attribute, which they hash or get hashed |
 *
 * 389 and ApacheDS have the operation too, and hash what is written as well; ApacheDS refuses it for an account that has no password yet (53).
 */
export function passwordMethod({ profile, settings }: Pick<LdapContext, 'profile' | 'settings'>): PasswordMethod {
  if (isMicrosoft(profile.kind)) return microsoftPassword;
  const isLeftToServer =
    !hashesItself(profile.kind) &&
    settings.passwordHashing === 'server' &&
    nameKey(profile.passwordAttribute) === 'userpassword';
  return isLeftToServer && profile.extensions.has(passwordModifyOid) ? passwordModifyOperation : writtenPassword;
}
