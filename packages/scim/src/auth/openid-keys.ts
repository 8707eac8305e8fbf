import { createPublicKey, type KeyObject } from 'node:crypto';
import { problem } from '@joinery/problems';
import { type Clock, type Logger, silentLogger, systemClock, withDeadline } from '@joinery/runtime';
import type { ScimFetch } from '../client/fetch.ts';
import { parseJson } from '../json/parse.ts';
import { isList, isObject, type ScimObject } from '../value.ts';
import type { TokenKeys } from './oauth-token.ts';

export interface OpenIdKeysOptions {
  /** The issuer's OpenID metadata, e.g. `https://login.microsoftonline.com/{tenant}/.well-known/openid-configuration`. */
  readonly metadata: string;
  readonly fetch: ScimFetch;
  readonly clock?: Clock;
  /** Milliseconds that keys are kept; a day by default. */
  readonly keepMs?: number;
  readonly logger?: Logger;
}

/** An unknown key id makes the keys be read again, but no more often than this: anybody may send one. */
const shortestPauseMs = 300_000;
const timeoutMs = 10_000;

/**
 * The signing keys that an issuer publishes (OpenID Connect Discovery 4, RFC 7517), read when first needed.
 * @throws SCIM_TOKEN_KEYS_UNAVAILABLE when they cannot be read and none are known
 */
export function openIdKeys({
  metadata,
  fetch,
  clock = systemClock,
  keepMs = 86_400_000,
  logger = silentLogger,
}: OpenIdKeysOptions): TokenKeys {
  let known: ReadonlyMap<string, KeyObject> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    triedAt = clock.monotonic();
    try {
      const { jwks_uri: address } = await readDocument(metadata, fetch, clock);
      if (typeof address !== 'string') throw new TypeError('The metadata names no jwks_uri.');
      const { keys } = await readDocument(address, fetch, clock);
      known = new Map(isList(keys) ? keys.filter(isObject).flatMap(signingKey) : []);
      readAt = clock.monotonic();
    } catch (cause) {
      // Keys that were right once serve until the issuer answers again; without any, nobody can be let in or refused.
      if (known.size === 0) {
        throw problem('SCIM_TOKEN_KEYS_UNAVAILABLE', 'The signing keys of the token issuer cannot be read.', {
          place: metadata,
          cause,
          retryAfterSeconds: 30,
        });
      }
      logger.warn({ metadata, error: cause }, 'The signing keys of the token issuer could not be read again.');
    } finally {
      reading = undefined;
    }
  };

  return async (keyId) => {
    const now = clock.monotonic();
    const stale = now - readAt > keepMs || (!known.has(keyId) && (known.size === 0 || now - triedAt > shortestPauseMs));
    if (stale) {
      reading ??= read();
      await reading;
    }
    return known.get(keyId);
  };
}

async function readDocument(address: string, fetch: ScimFetch, clock: Clock): Promise<ScimObject> {
  const { signal } = new AbortController();
  return withDeadline(clock, timeoutMs, 'Reading the keys of the token issuer', signal, async (inner) => {
    const answer = await fetch(address, {
      method: 'GET',
      headers: { accept: 'application/json' },
      signal: inner,
      redirect: 'manual',
    });
    const document = answer.status === 200 ? parseJson(await answer.text()) : undefined;
    if (isObject(document)) return document;
    throw new TypeError(`${address} answered ${answer.status} and no JSON object.`);
  });
}

function signingKey(key: ScimObject): readonly (readonly [string, KeyObject])[] {
  const { kty, use, kid, n, e } = key;
  if (kty !== 'RSA' || (use !== undefined && use !== 'sig')) return [];
  if (typeof kid !== 'string' || typeof n !== 'string' || typeof e !== 'string') return [];
  return [[kid, createPublicKey({ format: 'jwk', key: { kty, n, e } })]];
}
