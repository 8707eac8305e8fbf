import { ManualClock } from '@joinery/runtime';
import { createScimClient, equalityFilter, type ScimClient, type ScimFetch, type ScimObject } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { checkSecond } from '../../../testing/fuzz-runs.ts';
import { refused, signal, target } from './client-under-test.ts';
import { token } from './server-under-test.ts';

describe('what targets answer', () => {
  const codes: readonly (readonly [number, ScimObject | string | undefined, string, string])[] = [
    [400, { detail: 'no', scimType: 'invalidValue' }, 'SCIM_TARGET_INVALID', 'never'],
    [400, { detail: 'taken', scimType: 'uniqueness' }, 'SCIM_TARGET_CONFLICT', 'never'],
    [401, undefined, 'SCIM_TARGET_DENIED', 'never'],
    [403, 'plain', 'SCIM_TARGET_DENIED', 'never'],
    [404, undefined, 'SCIM_TARGET_NOT_FOUND', 'never'],
    [405, undefined, 'SCIM_TARGET_UNSUPPORTED', 'never'],
    [409, { DETAIL: 'taken' }, 'SCIM_TARGET_CONFLICT', 'never'],
    [412, undefined, 'SCIM_TARGET_PRECONDITION', 'backoff'],
    [429, undefined, 'SCIM_TARGET_BUSY', 'afterReset'],
    [500, '<html><b>oops</b></html>', 'SCIM_TARGET_UNAVAILABLE', 'backoff'],
    [501, undefined, 'SCIM_TARGET_UNSUPPORTED', 'never'],
    [504, undefined, 'SCIM_TARGET_UNAVAILABLE', 'backoff'],
    [302, undefined, 'SCIM_TARGET_ANSWER', 'backoff'],
  ];
  for (const [status, body, code, retry] of codes) {
    test(`${status} ${JSON.stringify(body) ?? ''} is ${code}`, async () => {
      const found = await refused(() => target(() => ({ status, body })).create('/Users', {}, signal));
      expect([found.code, found.retry]).toEqual([code, retry]);
      expect(found.detail).toContain(String(status));
    });
  }

  test('the words of the target are in the detail, secrets are not', async () => {
    const client = target(() => ({ status: 400, body: { detail: `bad ${token} and hunter22 for joy`, status: 400 } }));
    const found = await refused(() => client.create('/Users', { userName: 'joy', password: 'hunter22' }, signal));
    expect(found.detail).toBe('The target answered 400. It says: bad ••• and ••• for joy');
    expect(found.place).toBe('POST /Users');
  });

  test('a secret is recognised as JSON and as part of an address, too', async () => {
    const password = 'p"ä \\x';
    const quoted = `${JSON.stringify(password)} ${encodeURIComponent(password)} `;
    const client = target(() => ({ status: 400, body: `no JSON: ${quoted}` }));
    const found = await refused(() => client.create('/Users', { userName: 'joy', export_password: password }, signal));
    expect(found.detail).toBe('The target answered 400. It says: no JSON: "•••" •••');
  });

  test('an error page that never closes its tags is read within a second', async () => {
    const client = target(() => ({ status: 500, body: '<'.repeat(1_000_000) }));
    const start = process.cpuUsage();
    expect((await refused(() => client.list('/Users', {}, signal))).code).toBe('SCIM_TARGET_UNAVAILABLE');
    checkSecond(start);
  });

  test('S-147 Retry-After becomes data, as seconds and as a date', async () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 1));
    for (const header of ['120', 'Thu, 01 Jan 2026 00:02:00 GMT']) {
      const client = target(() => ({ status: 429, headers: { 'retry-after': header } }), { clock });
      expect((await refused(() => client.list('/Users', {}, signal))).retryAfterSeconds).toBe(120);
    }
    const silent = target(() => ({ status: 503, headers: { 'retry-after': 'soon' } }), { clock });
    expect((await refused(() => silent.list('/Users', {}, signal))).retryAfterSeconds).toBeUndefined();
  });

  test('a target that does not answer in time is given up', async () => {
    const clock = new ManualClock();
    const fetch: ScimFetch = (_url, init) =>
      new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(init.signal.reason)));
    const client = createScimClient({ base: 'https://t.example', token: () => token, fetch, clock, timeoutMs: 1000 });
    const waiting = refused(() => client.list('/Users', {}, signal));
    await Promise.resolve();
    await Promise.resolve();
    clock.advance(1000);
    expect((await waiting).code).toBe('RUNTIME_DEADLINE');
  });

  test('a target that cannot be reached is unavailable, a caller who stops is obeyed', async () => {
    const failing = createScimClient({
      base: 'https://t.example',
      token: () => token,
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    const found = await refused(() => failing.list('/Users', {}, signal));
    expect([found.code, found.kind]).toEqual(['SCIM_TARGET_UNREACHABLE', 'unavailable']);
    const reason = new Error('stopped');
    await expect(failing.list('/Users', {}, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test('answers that are no SCIM are refused, small deviations are not', async () => {
    for (const body of ['<html>', '[]', '{"a":1}', '{"Resources":{}}', '"x"', '']) {
      expect((await refused(() => target(() => ({ status: 200, body })).list('/Users', {}, signal))).code).toBe(
        'SCIM_TARGET_ANSWER',
      );
    }
    const lenient = target(() => ({ status: 200, body: { resources: [{ ID: '1' }], TotalResults: '1' } }));
    expect(await lenient.list('/Users', {}, signal)).toEqual({
      totalResults: 1,
      startIndex: 1,
      resources: [{ ID: '1' }],
    });
    const nothing = target(() => ({ status: 200, body: { totalResults: 0, Resources: null } }));
    expect((await nothing.list('/Users', {}, signal)).resources).toEqual([]);
    const large = target(() => ({ status: 200, body: '{}', headers: { 'content-length': '999999999' } }));
    expect((await refused(() => large.list('/Users', {}, signal))).code).toBe('SCIM_TARGET_ANSWER');
  });

  test('404 on a filter is an error, unless the target is known for it', async () => {
    const answer = () => ({ status: 404 });
    expect((await refused(() => target(answer).find('/Users', 'userName', 'x', signal))).code).toBe(
      'SCIM_TARGET_NOT_FOUND',
    );
    expect(await target(answer, { notFoundMeansEmpty: true }).find('/Users', 'userName', 'x', signal)).toBeUndefined();
  });

  test('a target that ignores the filter never yields a wrong person', async () => {
    const one = target(() => ({ status: 200, body: { totalResults: 1, Resources: [{ id: '1', UserName: 'else' }] } }));
    expect((await refused(() => one.find('/Users', 'userName', 'joy', signal))).code).toBe('SCIM_TARGET_ANSWER');
    expect((await refused(() => one.testConnection('/Users', 'userName', 'x', signal))).code).toBe(
      'SCIM_TARGET_ANSWER',
    );
    const many = target(() => ({ status: 200, body: { totalResults: 2, Resources: [{ id: '1' }, { id: '2' }] } }));
    expect((await refused(() => many.find('/Users', 'userName', 'joy', signal))).code).toBe('SCIM_TARGET_AMBIGUOUS');
  });

  test('S-146 pages that repeat or end too early are refused instead of looped over', async () => {
    const walk = async (client: ScimClient): Promise<number> => {
      let count = 0;
      for await (const _ of client.all('/Users', { count: 2 }, signal)) count += 1;
      return count;
    };
    const same = target(() => ({ status: 200, body: { totalResults: 9, Resources: [{ id: '1' }, { id: '2' }] } }));
    expect((await refused(() => walk(same))).code).toBe('SCIM_TARGET_PAGING');
    const empty = target(() => ({ status: 200, body: { totalResults: 9, Resources: [] } }));
    expect((await refused(() => walk(empty))).code).toBe('SCIM_TARGET_PAGING');
    let left = 5;
    const shrinking = target(() => {
      left -= 1;
      return { status: 200, body: { totalResults: left, Resources: [{ id: `${left}` }] } };
    });
    expect(await walk(shrinking)).toBe(3);
  });

  test('S-148 pages are followed by cursor where the target has them, and a cursor that comes again is refused', async () => {
    const urls: string[] = [];
    const pages = (last: string | undefined) => (url: string) => {
      urls.push(url);
      const cursor = new URL(url).searchParams.get('cursor');
      const at = cursor === null || cursor === '' ? 0 : Number(cursor.slice(1));
      const nextCursor = at < 2 ? `c${at + 1}` : last;
      return {
        status: 200,
        body: { totalResults: 3, Resources: [{ id: `${at}` }], ...(nextCursor ? { nextCursor } : {}) },
      };
    };
    const walk = async (client: ScimClient): Promise<readonly unknown[]> => {
      const ids: unknown[] = [];
      for await (const { id } of client.all('/users', { count: 1 }, signal)) ids.push(id);
      return ids;
    };
    expect(await walk(target(pages(undefined), { dialect: 'entraApi' }))).toEqual(['0', '1', '2']);
    expect(urls.map((url) => new URL(url).search)).toEqual([
      '?cursor=&count=1',
      '?cursor=c1&count=1',
      '?cursor=c2&count=1',
    ]);
    // Asked by index, a target may go over to cursors by itself.
    expect(await walk(target(pages(undefined)))).toEqual(['0', '1', '2']);
    expect((await refused(() => walk(target(pages('c1'), { paging: 'cursor' })))).code).toBe('SCIM_TARGET_PAGING');
  });

  test('the id of a created object comes from the body, else from Location, else by matching', async () => {
    const location = target(() => ({ status: 201, headers: { location: 'https://target.example/scim/Users/a%20b' } }));
    expect(await location.create('/Users', {}, signal)).toEqual({ id: 'a b', resource: undefined });
    const silent = target((_url, method) =>
      method === 'POST'
        ? { status: 201 }
        : { status: 200, body: { totalResults: 1, Resources: [{ id: '7', userName: 'joy' }] } },
    );
    expect((await refused(() => silent.create('/Users', {}, signal))).code).toBe('SCIM_TARGET_ANSWER');
    const matched = await silent.createOrMatch('/Users', {}, { attributePath: 'userName', value: 'joy' }, signal);
    expect(matched).toMatchObject({ id: '7', created: true });
  });

  test('a value cannot become syntax', () => {
    expect(equalityFilter('userName', 'x" or id pr or userName eq "')).toBe(
      'userName eq "x\\" or id pr or userName eq \\""',
    );
  });
});
