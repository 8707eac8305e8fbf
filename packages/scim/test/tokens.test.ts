import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isProblem } from '@joinery/problems';
import { createToken, hashToken, ManualClock, seededRandom, TokenCheck } from '@joinery/runtime';
import {
  bearerAuthentication,
  entraTokenClaims,
  oauthTokenCheck,
  openIdKeys,
  type ScimFetch,
  type ScimObject,
} from '@joinery/scim';
import { beforeAll, describe, expect, test } from 'vitest';
import { serve } from './server-under-test.ts';

const tenantId = '11111111-2222-3333-4444-555555555555';
const clock = new ManualClock(Date.UTC(2026, 0, 1));
const now = clock.now() / 1000;

let key: KeyObject;
let other: KeyObject;
let published: KeyObject;
beforeAll(() => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  key = pair.privateKey;
  published = pair.publicKey;
  other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
});

const claims = {
  iss: `https://sts.windows.net/${tenantId}/`,
  aud: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
  tid: tenantId,
  exp: now + 3600,
  nbf: now - 60,
};

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function token(payload: unknown = claims, header: unknown = { alg: 'RS256', kid: 'k1' }, signer = key): string {
  const signed = `${part(header)}.${part(payload)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), signer).toString('base64url')}`;
}

const check = oauthTokenCheck({
  ...entraTokenClaims(tenantId),
  keys: (id) => (id === 'k1' ? published : undefined),
  clock,
});

describe('OAuth tokens', () => {
  test('S-140 a token that the tenant signed for this service is let in', async () => {
    const server = await serve({ authenticate: bearerAuthentication(check) });
    const get = (bearer: string) => server.request('GET', '/Users', undefined, { authorization: `Bearer ${bearer}` });
    expect((await get(token())).status).toBe(200);
    expect((await get(token({ ...claims, aud: ['else', claims.aud] }))).status).toBe(200);
    const refused = await get(token({ ...claims, aud: 'else' }));
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, 'Bearer realm="scim"']);
  });

  const wrong: readonly (readonly [string, () => string])[] = [
    ['another audience', () => token({ ...claims, aud: '00000002-0000-0000-c000-000000000000' })],
    ['no audience', () => token({ ...claims, aud: undefined })],
    ['another issuer', () => token({ ...claims, iss: 'https://sts.windows.net/other/' })],
    ['another tenant', () => token({ ...claims, tid: 'other' })],
    ['expired', () => token({ ...claims, exp: now - 301 })],
    ['without an end', () => token({ ...claims, exp: undefined })],
    ['an end that is text', () => token({ ...claims, exp: String(claims.exp) })],
    ['not valid yet', () => token({ ...claims, nbf: now + 301 })],
    ['another key', () => token(claims, { alg: 'RS256', kid: 'k1' }, other)],
    ['an unknown key id', () => token(claims, { alg: 'RS256', kid: 'k2' })],
    ['no key id', () => token(claims, { alg: 'RS256' })],
    ['a critical extension', () => token(claims, { alg: 'RS256', kid: 'k1', crit: ['x'] })],
    ['no signature', () => `${part({ alg: 'none', kid: 'k1' })}.${part(claims)}.`],
    ['signature none', () => token(claims, { alg: 'none', kid: 'k1' })],
    [
      'HS256 over the public key',
      () => {
        const signed = `${part({ alg: 'HS256', kid: 'k1' })}.${part(claims)}`;
        const pem = published.export({ type: 'spki', format: 'pem' });
        return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
      },
    ],
    ['changed claims', () => token().replace(/\.[^.]*\./, `.${part({ ...claims, admin: true })}.`)],
    ['claims that are no object', () => token([claims])],
    ['claims that are no JSON', () => `${part({ alg: 'RS256', kid: 'k1' })}.e30x.AAAA`],
    ['no token at all', () => 'opaque'],
    ['too long', () => 'a.'.repeat(10_000)],
  ];
  for (const [title, make] of wrong) {
    test(`S-140 ${title}: refused`, async () => expect(await check(make())).toBe(false));
  }

  test('S-140 within the leeway clocks may differ', async () => {
    expect(await check(token({ ...claims, exp: now - 299, nbf: now + 299 }))).toBe(true);
  });
});

describe('the keys of an issuer', () => {
  const jwk = (kid: string): ScimObject => {
    const { n = '', e = '' } = published.export({ format: 'jwk' });
    return { kty: 'RSA', n, e, kid, use: 'sig' };
  };

  function issuer(keys: () => readonly ScimObject[] | undefined): {
    readonly fetch: ScimFetch;
    readonly calls: string[];
  } {
    const calls: string[] = [];
    const fetch: ScimFetch = async (url) => {
      calls.push(url);
      const list = keys();
      const body = url.endsWith('/keys') ? { keys: list } : { jwks_uri: 'https://issuer.example/keys' };
      return {
        status: list === undefined ? 503 : 200,
        headers: { get: () => null },
        text: async () => JSON.stringify(body),
      };
    };
    return { fetch, calls };
  }
  const metadata = 'https://issuer.example/.well-known/openid-configuration';

  test('are read once, and again for an unknown one, but not for everybody who invents one', async () => {
    const time = new ManualClock();
    let ids = ['k1'];
    const { fetch, calls } = issuer(() => [...ids.map(jwk), { kty: 'EC', kid: 'ec' }, { ...jwk('enc'), use: 'enc' }]);
    const keys = openIdKeys({ metadata, fetch, clock: time });
    const both = await Promise.all([keys('k1'), keys('k1')]);
    expect(both.every((each) => each?.asymmetricKeyType === 'rsa')).toBe(true);
    expect(calls).toHaveLength(2);
    for (const id of ['invented', 'enc', 'ec']) expect(await keys(id)).toBeUndefined();
    expect(calls).toHaveLength(2);
    ids = ['k2'];
    time.advance(300_001);
    expect(await keys('k2')).toBeDefined();
    expect(await keys('k1')).toBeUndefined();
    expect(calls).toHaveLength(4);
  });

  test('that cannot be read are a problem of their own, unless some are known', async () => {
    const time = new ManualClock();
    let down = true;
    const { fetch } = issuer(() => (down ? undefined : [jwk('k1')]));
    const keys = openIdKeys({ metadata, fetch, clock: time, keepMs: 1000 });
    await expect(keys('k1')).rejects.toSatisfy((error) => isProblem(error, 'SCIM_TOKEN_KEYS_UNAVAILABLE'));
    down = false;
    expect(await keys('k1')).toBeDefined();
    down = true;
    time.advance(1001);
    expect(await keys('k1')).toBeDefined();
  });
});

test('S-134 a secret token is checked by its hash, with and without a header', async () => {
  const secret = createToken(seededRandom(3));
  const tokens = new TokenCheck([await hashToken(secret)]);
  const server = await serve({ authenticate: bearerAuthentication((each) => tokens.check(each)) });
  const ask = async (authorization: string): Promise<number> =>
    (await server.request('GET', '/Users', undefined, { authorization })).status;
  expect(await ask(`Bearer ${secret}`)).toBe(200);
  expect(await ask(`bearer ${secret}`)).toBe(200);
  for (const wrong of [`Bearer ${secret}x`, `Basic ${secret}`, secret, 'Bearer', '']) {
    expect(await ask(wrong), wrong.slice(0, 8)).toBe(401);
  }
});
