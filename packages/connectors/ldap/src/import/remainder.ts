import { problem } from '@joinery/problems';
import type { Connection } from '../connection/connection.ts';
import type { LdapContext } from '../context.ts';
import { everything } from '../protocol/filter/build.ts';
import type { EntryReader } from './entry-reader.ts';
import type { Remainder } from './entry-values.ts';
import { assertComplete } from './search-failure.ts';

/**
 * Fetches the values that the server did not send with the entry, range by range, until it says that there is no more: Active Directory
 * sends 1,500 at once (LDAP sheet 4.5, behaviour L35).
 * @throws LDAP_READ_INCONSISTENT when the entry is gone meanwhile, or the values do not go on where they ended: a part of a group must
 *   not be taken for the group; what a search throws
 */
export async function readRemainder(
  context: Pick<LdapContext, 'profile'>,
  connection: Connection,
  reader: EntryReader,
  dn: string,
  first: Remainder,
  signal: AbortSignal,
): Promise<void> {
  const { slot } = first;
  const inconsistent = (detail: string): Error => problem('LDAP_READ_INCONSISTENT', detail, { place: dn });
  for (let rest: Remainder | undefined = first; rest !== undefined; ) rest = await readRange(rest);

  async function readRange(asked: Remainder): Promise<Remainder | undefined> {
    const more: ReturnType<EntryReader['readMore']>[] = [];
    const result = await connection.search(
      {
        base: dn,
        scope: 'base',
        filter: everything,
        attributes: [`${slot.name};range=${asked.from}-*`],
      },
      { onEntry: (bytes, start, end) => more.push(reader.readMore(bytes, start, end, asked)) },
      signal,
    );
    assertComplete(context, result, dn, more.length);
    const [answer] = more;
    if (answer === undefined) throw inconsistent('The entry is gone since its first values were read.');
    const { begin, rest: next } = answer;
    if (begin !== asked.from || (next !== undefined && next.from <= asked.from)) {
      throw inconsistent(`The values of "${slot.name}" do not go on at ${asked.from}.`);
    }
    return next;
  }
}
