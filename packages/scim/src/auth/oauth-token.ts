import { type KeyObject, verify } from 'node:crypto';
import { isProblem } from '@joinery/problems';
import { type Clock, systemClock } from '@joinery/runtime';
import { parseJson } from '../json/parse.ts';
import { isList, isObject, type ScimObject } from '../value.ts';

/** The public keys of whoever issues tokens, by key id. */
export type TokenKeys = (keyId: string) => KeyObject | undefined | Promise<KeyObject | undefined>;

export interface OAuthTokenOptions {
  /** Values of `iss` that are taken. */
  readonly issuers: readonly string[];
  /** Values of `aud` that are taken: the API's own names. */
  readonly audiences: readonly string[];
  /** The `tid` that a token has to carry; without it the claim is not looked at. */
  readonly tenantId?: string;
  readonly keys: TokenKeys;
  readonly clock?: Clock;
  /** Seconds that the issuer's clock may differ; 300 by default, as Microsoft's own libraries have it. */
  readonly leewaySeconds?: number;
}

/** Longer than any access token that a header carries. */
const longestToken = 16_384;

/**
 * A check for {@link bearerAuthentication} of signed access tokens (RFC 7519, RFC 9068): signature, `iss`, `aud`, `tid`, `exp` and `nbf`.
 * Only RS256 is taken, which is what Entra signs with: neither `none`, nor HS256, whose key a public sample would share.
 * @returns a function that answers false for everything that is not a valid token, and throws only where the keys cannot be had
 */
export function oauthTokenCheck(options: OAuthTokenOptions): (token: string) => Promise<boolean> {
  const { keys, clock = systemClock } = options;
  return async (token) => {
    const parts = readToken(token);
    if (parts === undefined || !claimsFit(parts.claims, options, clock.now() / 1000)) return false;
    const key = await keys(parts.keyId);
    if (key?.asymmetricKeyType !== 'rsa') return false;
    return verify('sha256', Buffer.from(parts.signed), key, parts.signature);
  };
}

/**
 * What a token of Entra's provisioning service carries when the job has no secret token (dialect sheet 8). Microsoft documents it
 * for tests; `audience` is the application's id for gallery applications.
 */
export function entraTokenClaims(
  tenantId: string,
  audience = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
): Pick<OAuthTokenOptions, 'issuers' | 'audiences' | 'tenantId'> {
  return { issuers: [`https://sts.windows.net/${tenantId}/`], audiences: [audience], tenantId };
}

interface TokenParts {
  readonly keyId: string;
  readonly claims: ScimObject;
  readonly signed: string;
  readonly signature: Buffer;
}

function readToken(token: string): TokenParts | undefined {
  if (token.length > longestToken || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined;
  const [header = '', payload = '', signature = ''] = token.split('.');
  const head = readPart(header);
  const claims = readPart(payload);
  // A critical extension that is not understood must be refused (RFC 7515 4.1.11).
  if (head === undefined || claims === undefined || head.alg !== 'RS256' || head.crit !== undefined) return undefined;
  if (typeof head.kid !== 'string') return undefined;
  return { keyId: head.kid, claims, signed: `${header}.${payload}`, signature: Buffer.from(signature, 'base64url') };
}

function readPart(part: string): ScimObject | undefined {
  try {
    const value = parseJson(Buffer.from(part, 'base64url').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (isProblem(error)) return undefined;
    throw error;
  }
}

function claimsFit(
  { iss, aud, tid, exp, nbf }: ScimObject,
  { issuers, audiences, tenantId, leewaySeconds = 300 }: OAuthTokenOptions,
  now: number,
): boolean {
  const audience = isList(aud) ? aud : [aud];
  return (
    issuers.some((issuer) => issuer === iss) &&
    audiences.some((each) => audience.includes(each)) &&
    (tenantId === undefined || tid === tenantId) &&
    typeof exp === 'number' &&
    exp > now - leewaySeconds &&
    (nbf === undefined || (typeof nbf === 'number' && nbf <= now + leewaySeconds))
  );
}
