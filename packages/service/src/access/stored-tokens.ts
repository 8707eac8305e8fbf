import { type Random, TokenCheck } from '@joinery/runtime';
import type { Database } from '@joinery/store';
import { tokenTable } from '../tables.ts';
import type { Authenticator, Caller } from './caller.ts';

interface KnownToken {
  readonly caller: Caller;
  readonly check: TokenCheck;
}

/**
 * Accepts the administrators' tokens of the database. They are read once: a token is made at the first start, and there is no other
 * way to make one yet.
 */
export async function storedTokenAuthenticator(database: Database, random: Random): Promise<Authenticator> {
  const rows = await database.drizzle.select().from(tokenTable);
  const known: readonly KnownToken[] = rows.map(({ tenantId, name, hash }) => ({
    caller: { tenantId, name },
    check: new TokenCheck([hash], random),
  }));
  return async (token, signal) => {
    for (const { caller, check } of known) {
      signal.throwIfAborted();
      if (await check.check(token)) return caller;
    }
    return undefined;
  };
}
