import type { LdapContext } from '../context.ts';

/** Passwords and what can be turned into passwords, by name in lower case. */
const secretAttributes: ReadonlySet<string> = new Set([
  'userpassword',
  'unicodepwd',
  'pwdhistory',
  'passwordhistory',
  'authpassword',
  'dbcspwd',
  'lmpwdhistory',
  'ntpwdhistory',
  'supplementalcredentials',
  'sambantpassword',
  'sambalmpassword',
  'sambapasswordhistory',
  'krbprincipalkey',
  'krb5key',
  'ms-mcs-admpwd',
  'mslaps-password',
  'msds-managedpassword',
  'olcrootpw',
]);

/**
 * True for attributes that no import and no look-up asks for, also where they are selected for export (behaviour L29), and that are
 * dropped unseen where a server sends them all the same.
 */
export function isNeverRead({ settings, profile }: Pick<LdapContext, 'settings' | 'profile'>, name: string): boolean {
  const key = name.toLowerCase();
  return (
    secretAttributes.has(key) ||
    key === settings.passwordAttribute.toLowerCase() ||
    key === profile.passwordAttribute.toLowerCase()
  );
}
