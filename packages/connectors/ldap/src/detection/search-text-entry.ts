import { problem } from '@joinery/problems';
import type { Connection } from '../connection/connection.ts';
import { scrub } from '../export/scrub.ts';
import type { Filter } from '../protocol/filter.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode, resultCodeName } from '../protocol/result-code.ts';
import { readTextEntry, type TextEntry } from '../protocol/text-entry.ts';

/** The one entry that is asked for. */
export interface EntryQuery {
  readonly dn: string;
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

/** What a server said to a query for one entry. */
export interface EntryAnswer {
  /** Undefined where no entry came. */
  readonly attributes: TextEntry['attributes'] | undefined;
  readonly result: LdapResult;
}

/** Searches for one entry whose values are all text, such as the root DSE or the subschema, whatever its size. */
export async function searchTextEntry(
  connection: Connection,
  { dn, filter, attributes }: EntryQuery,
  signal: AbortSignal,
): Promise<EntryAnswer> {
  let found: TextEntry | undefined;
  const result = await connection.search(
    { base: dn, scope: 'base', filter, attributes },
    {
      onEntry: (bytes, start, end) => {
        found = readTextEntry(bytes, start, end);
      },
    },
    signal,
  );
  return { attributes: found?.attributes, result };
}

/** By these a server says that it does not show an entry to this account, or to nobody. */
const notShown: ReadonlySet<number> = new Set([
  resultCode.operationsError,
  resultCode.strongerAuthRequired,
  resultCode.referral,
  resultCode.noSuchObject,
  resultCode.invalidDnSyntax,
  resultCode.inappropriateAuthentication,
  resultCode.insufficientAccessRights,
  resultCode.unwillingToPerform,
]);

/**
 * The attributes of an entry that need not be there; undefined where the server does not show it to this account.
 * @throws LDAP_SEARCH_REFUSED where it could not answer at all, such as 51 busy
 */
export function shownAttributes({ attributes, result }: EntryAnswer, dn: string): EntryAnswer['attributes'] {
  if (result.code === resultCode.success) return attributes;
  if (notShown.has(result.code)) return undefined;
  const words = scrub(result.diagnosticMessage);
  throw problem(
    'LDAP_SEARCH_REFUSED',
    `Reading "${dn}" ended with ${resultCodeName(result.code)}.${words === '' ? '' : ` The server says: ${words}`}`,
  );
}
