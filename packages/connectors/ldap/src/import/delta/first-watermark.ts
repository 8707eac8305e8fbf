import { isProblem } from '@joinery/problems';
import type { Connection } from '../../connection/connection.ts';
import type { LdapContext } from '../../context.ts';
import { importScopes } from '../partitions.ts';
import { deltaReaders } from './delta-import.ts';
import { formatWatermark, readPlaces } from './watermark.ts';

/** What keeps a log from being read and says nothing of the entries. */
const ofTheLog: ReadonlySet<string> = new Set([
  'LDAP_CHANGES_UNREADABLE',
  'LDAP_SEARCH_LIMITED',
  'LDAP_SEARCH_REFUSED',
  'CONNECTOR_WATERMARK_INVALID',
]);

/**
 * Where the first delta import after a full one starts. Taken fresh and before the first entry is read, so that what changes meanwhile is
 * told again rather than never (LDAP sheet 4.7).
 *
 * A log that the account may not read keeps nobody from importing in full; testing the connector says so as an error (L40).
 * @returns undefined where there are full imports only
 */
export async function firstWatermark(
  context: LdapContext,
  connection: Connection,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { deltaStrategy: strategy } = context.profile;
  if (strategy === undefined) return undefined;
  const scopes = importScopes(context, undefined);
  try {
    const point = await deltaReaders[strategy].beginning({ context, connection, scopes, signal });
    return formatWatermark({ strategy, places: readPlaces(context), ...point });
  } catch (error) {
    if (!isProblem(error) || !ofTheLog.has(error.code)) throw error;
    context.logger.warn(
      { reason: error.detail },
      'delta imports will not be possible: a full import is made each time',
    );
    return undefined;
  }
}
