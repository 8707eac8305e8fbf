import type { PasswordOptions } from '@joinery/connector';
import { type Problem, problem } from '@joinery/problems';
import { isMicrosoft } from '../account/families.ts';
import type { LdapContext } from '../context.ts';
import type { ServerKind } from '../detection/profile.ts';
import type { Modification } from '../protocol/request.ts';

/** Their policies ask for a new password where an administrator writes this (draft-behera 5.3.8); 389 has the attribute for itself. */
const takesReset: ReadonlySet<ServerKind> = new Set(['OpenLDAP', 'IBM']);

/**
 * What the options of a password are on this kind of server, as modifications of the entry. `validatePassword` is nothing of ours: a
 * server's policy holds for every password.
 * @throws LDAP_PASSWORD_OPTION_UNSUPPORTED before anything is sent
 */
export function optionModifications(
  { profile, schema }: Pick<LdapContext, 'profile' | 'schema'>,
  { forceChangeAtLogOn = false, unlockAccount = false }: PasswordOptions,
): readonly Modification[] {
  const modifications: Modification[] = [];
  const set = (type: string, ...values: readonly string[]): void => {
    modifications.push({ operation: 'replace', type, values });
  };
  if (forceChangeAtLogOn) {
    if (isMicrosoft(profile.kind)) set('pwdLastSet', '0');
    else if (takesReset.has(profile.kind) && schema.attributeType('pwdReset') !== undefined) set('pwdReset', 'TRUE');
    else throw unsupported('forceChangeAtLogOn', profile.product);
  }
  if (unlockAccount) {
    if (isMicrosoft(profile.kind)) set('lockoutTime', '0');
    else if (profile.kind === '389') {
      set('accountUnlockTime');
      set('passwordRetryCount');
      set('retryCountResetTime');
      // With its overlay ppolicy OpenLDAP itself ends a lock after wrong passwords when the password is written (measured).
    } else if (profile.kind !== 'OpenLDAP') throw unsupported('unlockAccount', profile.product);
  }
  return modifications;
}

function unsupported(option: keyof PasswordOptions, product: string): Problem {
  return problem(
    'LDAP_PASSWORD_OPTION_UNSUPPORTED',
    `How ${product} does what the option ${option} asks is not known. The password was not set.`,
  );
}
