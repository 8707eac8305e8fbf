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
  return (token, signal) => find(known, token, signal);
}

/** Goes through the tokens without a turn of the event loop as long as none needs its slow check. */
function find(
  known: readonly KnownToken[],
  token: string,
  signal: () => AbortSignal,
): Caller | undefined | Promise<Caller | undefined> {
  for (const [index, { caller, check }] of known.entries()) {
    const right = check.check(token);
    if (right === true) return caller;
    if (right === false) continue;
    return right.then((found) => {
      signal().throwIfAborted();
      return found ? caller : find(known.slice(index + 1), token, signal);
    });
  }
  return undefined;
}
