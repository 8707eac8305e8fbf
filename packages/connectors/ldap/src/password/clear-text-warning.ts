import type { Directory } from '../connection/connection.ts';
import type { LdapContext } from '../context.ts';

const warned = new WeakSet<Directory>();

/** Says once for each connector that the server may keep passwords readable (LDAP sheet 5.7). */
export function warnOfClearText({ directory, profile, logger }: LdapContext): void {
  if (warned.has(directory)) return;
  warned.add(directory);
  logger.warn(
    { server: profile.product, attribute: profile.passwordAttribute },
    'passwords are sent without a hash: the server keeps them readable unless it hashes them itself, as OpenLDAP does with ppolicy and olcPPolicyHashCleartext; choose another Password Hashing',
  );
}
