import { problem } from '@joinery/problems';
import type { Connection } from '../connection/connection.ts';
import type { LdapContext } from '../context.ts';
import { everything } from '../protocol/filter/build.ts';
import type { Scope } from './partitions.ts';
import { assertComplete } from './search-failure.ts';

/**
 * Asks for the places that a scope is made of before anything is read: one that was renamed or deleted must not look like one that is
 * empty (behaviour L33).
 * @throws LDAP_BASE_MISSING, LDAP_REFERRAL, LDAP_SEARCH_REFUSED
 */
export async function assertThere(
  context: Pick<LdapContext, 'profile'>,
  connection: Connection,
  scope: Scope,
  signal: AbortSignal,
): Promise<void> {
  for (const dn of placesOf(scope)) await isVisible(context, connection, dn, signal);
}

/**
 * For a scope below which nothing was found: an account that lost its rights sees the same nothing (LDAP sheet 4.5). Where it sees at least
 * the place itself, the place is taken for empty.
 * @throws LDAP_BASE_UNREADABLE, and as {@link assertThere}
 */
export async function assertReadable(
  context: Pick<LdapContext, 'profile'>,
  connection: Connection,
  scope: Scope,
  signal: AbortSignal,
): Promise<void> {
  for (const dn of placesOf(scope)) {
    if (await isVisible(context, connection, dn, signal)) continue;
    throw problem('LDAP_BASE_UNREADABLE', `Nothing below "${dn}" can be read, nor that entry itself.`, { place: dn });
  }
}

function placesOf({ base, within }: Scope): readonly string[] {
  return within === undefined ? [base] : within.map(({ dn }) => dn);
}

async function isVisible(
  context: Pick<LdapContext, 'profile'>,
  connection: Connection,
  dn: string,
  signal: AbortSignal,
): Promise<boolean> {
  let met = 0;
  const result = await connection.search(
    { base: dn, scope: 'base', filter: everything, attributes: ['1.1'] },
    { onEntry: () => (met += 1) },
    signal,
  );
  assertComplete(context, result, dn, met);
  return met > 0;
}
