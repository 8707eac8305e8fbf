import { problem } from '@joinery/problems';
import type { Connection } from '../connection/connection.ts';
import { scrub } from '../export/scrub.ts';
import { EntryDecoder } from '../protocol/entry-decoder.ts';
import type { Filter } from '../protocol/filter.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode, resultCodeName } from '../protocol/result-code.ts';

/** The one entry that is asked for. */
export interface EntryQuery {
  readonly dn: string;
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

/** What a server said to a query for one entry. */
export interface TextEntry {
  /** Values by attribute name in lower case, without options; undefined where no entry came. */
  readonly attributes: ReadonlyMap<string, readonly string[]> | undefined;
  readonly result: LdapResult;
}

interface TextPlan {
  readonly form: 'text';
  readonly key: string;
}

/** Reads one entry whose values are all text, such as the root DSE or the subschema, whatever its size. */
export async function readTextEntry(
  connection: Connection,
  { dn, filter, attributes }: EntryQuery,
  signal: AbortSignal,
): Promise<TextEntry> {
  const decoder = new EntryDecoder<TextPlan>((description) => {
    const [name = ''] = description.split(';');
    return { form: 'text', key: name.toLowerCase() };
  });
  let found: Map<string, readonly string[]> | undefined;
  const sink = {
    text: ({ key }: TextPlan, values: readonly string[]): void => {
      found?.set(key, [...(found.get(key) ?? []), ...values]);
    },
    octets: () => {},
  };
  const result = await connection.search(
    { base: dn, scope: 'base', filter, attributes },
    {
      onEntry: (bytes, start, end) => {
        found = new Map();
        decoder.decode(bytes, start, end, sink);
      },
    },
    signal,
  );
  return { attributes: found, result };
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
export function shownAttributes({ attributes, result }: TextEntry, dn: string): TextEntry['attributes'] {
  if (result.code === resultCode.success) return attributes;
  if (notShown.has(result.code)) return undefined;
  const words = scrub(result.diagnosticMessage);
  throw problem(
    'LDAP_SEARCH_REFUSED',
    `Reading "${dn}" ended with ${resultCodeName(result.code)}.${words === '' ? '' : ` The server says: ${words}`}`,
  );
}
