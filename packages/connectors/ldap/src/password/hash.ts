import { createHash } from 'node:crypto';
import type { Random } from '@joinery/runtime';

/** What OpenLDAP knows by `{SSHA}`, and with the module pw-sha2 by `{SSHA512}`. */
export type PasswordScheme = 'SSHA' | 'SSHA512';

const digests: Readonly<Record<PasswordScheme, string>> = { SSHA: 'sha1', SSHA512: 'sha512' };

const SALT_OCTETS = 16;

/** A password as a salted hash (RFC 2307 5.3, LDAP sheet 5.7): the scheme, then digest and salt in base64. */
export function hashed(password: string, scheme: PasswordScheme, random: Random): string {
  const salt = random.bytes(SALT_OCTETS);
  const digest = createHash(digests[scheme]).update(password, 'utf8').update(salt).digest();
  return `{${scheme}}${Buffer.concat([digest, salt]).toString('base64')}`;
}

/** True for what a mapping brings hashed already, `{SCHEME}…`. */
export function isHashed(value: string): boolean {
  return /^\{[A-Za-z0-9][\w/.-]*\}./.test(value);
}
