import { isProblem, type Problem } from '@joinery/problems';
import { ManualClock } from '@joinery/runtime';
import {
  createInProcessFetch,
  createScimClient,
  equalityFilter,
  type PatchDialect,
  printPatch,
  type ScimClient,
  type ScimClientOptions,
  type ScimFetch,
  type ScimObject,
} from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { type ServerUnderTest, serve, token } from './server-under-test.ts';

const signal = new AbortController().signal;

interface Call {
  readonly method: string;
  readonly url: string;
  readonly body: string | undefined;
  readonly authorization: string | undefined;
}

async function clientOf(
  options: Partial<ScimClientOptions> = {},
): Promise<{ readonly client: ScimClient; readonly server: ServerUnderTest; readonly calls: Call[] }> {
  const server = await serve();
  const calls: Call[] = [];
  const inner = createInProcessFetch(server.app);
  const client = createScimClient({
    base: 'http://localhost/scim',
    token: () => token,
    fetch: (url, init) => {
      calls.push({ method: init.method, url, body: init.body, authorization: init.headers.authorization });
      return inner(url, init);
    },
    ...options,
  });
  return { client, server, calls };
}

/** A target that answers as told, for what no well-behaved server would. */
function target(
  answer: (url: string, method: string) => { status: number; body?: unknown; headers?: Record<string, string> },
  options: Partial<ScimClientOptions> = {},
): ScimClient {
  const fetch: ScimFetch = async (url, { method }) => {
    const { status, body, headers = {} } = answer(url, method);
    return {
      status,
      headers: { get: (name) => headers[name.toLowerCase()] ?? null },
      text: async () => (body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)),
    };
  };
  return createScimClient({ base: 'https://target.example/scim', token: () => token, fetch, ...options });
}

async function refused(run: () => Promise<unknown>): Promise<Problem> {
  try {
    await run();
  } catch (error) {
    if (isProblem(error)) return error;
    throw error;
  }
  throw new Error('It was expected to be refused.');
}

describe('against our own server', () => {
  test('create, find, get, patch, replace, delete', async () => {
    const { client } = await clientOf();
    const { id, resource } = await client.create('/Users', { userName: 'a"b\\c+d&é', active: true }, signal);
    expect(resource).toMatchObject({ id, userName: 'a"b\\c+d&é' });
    expect(await client.find('/Users', 'userName', 'A"B\\C+D&É', signal)).toMatchObject({ id });
    expect(await client.find('/Users', 'userName', 'nobody', signal)).toBeUndefined();
    const patched = await client.patch('/Users', id, [{ op: 'replace', path: 'active', value: false }], signal);
    expect(patched.resource).toMatchObject({ active: false });
    await client.replace('/Users', id, { userName: 'z' }, signal);
    expect(await client.get('/Users', id, signal)).toMatchObject({ userName: 'z' });
    await client.delete('/Users', id, signal);
    await client.delete('/Users', id, signal);
    expect(await client.get('/Users', id, signal)).toBeUndefined();
  });

  test('a group answers a change without a body', async () => {
    const { client } = await clientOf();
    const { id } = await client.create(
      '/Groups',
      { displayName: 'G', members: [{ value: 'u1' }, { value: 'u2' }] },
      signal,
    );
    expect(await client.patch('/Groups', id, [{ op: 'remove', path: 'members', elements: ['u1'] }], signal)).toEqual({
      id,
      resource: undefined,
    });
    expect(await client.get('/Groups', id, signal)).toMatchObject({ members: [{ value: 'u2' }] });
  });

  test('S-145 a create that meets a duplicate matches it instead', async () => {
    const { client, calls } = await clientOf();
    const match = { attributePath: 'userName', value: 'joy' };
    const first = await client.createOrMatch('/Users', { userName: 'Joy' }, match, signal);
    const second = await client.createOrMatch('/Users', { userName: 'JOY' }, match, signal);
    expect([first.created, second.created, second.id]).toEqual([true, false, first.id]);
    expect(calls.map((call) => call.method)).toEqual(['POST', 'POST', 'GET']);
    const wrong = await refused(() =>
      client.createOrMatch('/Users', { userName: 'JOY' }, { attributePath: 'userName', value: 'other' }, signal),
    );
    expect(wrong.code).toBe('SCIM_TARGET_CONFLICT');
  });

  test('the query of the base address stays on every request, blanks are %20', async () => {
    const { client, calls } = await clientOf({ base: 'http://localhost/scim/?aadOptscim062020' });
    await client.list('/Users', { filter: 'userName eq "a b"', count: 2, attributes: ['id'] }, signal);
    expect(calls[0]?.url).toBe(
      'http://localhost/scim/Users?aadOptscim062020&filter=userName%20eq%20%22a%20b%22&attributes=id&count=2',
    );
    expect(calls[0]?.authorization).toBe(`Bearer ${token}`);
  });

  test('all walks the pages', async () => {
    const { client } = await clientOf();
    for (let index = 0; index < 7; index += 1) await client.create('/Users', { userName: `u${index}` }, signal);
    const names: unknown[] = [];
    for await (const user of client.all('/Users', { count: 3 }, signal)) names.push(user.userName);
    expect(names).toEqual(['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6']);
  });

  test('the connection test passes, and schemas are found', async () => {
    const { client } = await clientOf();
    await client.testConnection('/Users', 'userName', '8646d011-1693', signal);
    expect((await client.schemas(signal)).map((schema) => schema.name)).toContain('User');
  });
});

describe('PATCH dialects', () => {
  const ENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const emit = (dialect: PatchDialect, ...instructions: Parameters<typeof printPatch>[0]): string =>
    printPatch(instructions, dialect)
      .replace('{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[', '')
      .slice(0, -2);

  test('S-150 the legacy dialect is spelt as Entra spells it', () => {
    expect(emit('legacy', { op: 'replace', path: 'active', value: false })).toBe(
      '{"op":"Replace","path":"active","value":"False"}',
    );
    expect(emit('legacy', { op: 'add', path: 'nickName', value: 'Babs' })).toBe(
      '{"op":"Add","path":"nickName","value":"Babs"}',
    );
    expect(emit('legacy', { op: 'remove', path: 'members', elements: ['u1'] })).toBe(
      '{"op":"Remove","path":"members","value":[{"value":"u1"}]}',
    );
    expect(
      emit(
        'legacy',
        { op: 'replace', path: 'a', value: 1 },
        { op: 'replace', path: 'b', value: true },
        { op: 'remove', path: 'c' },
      ),
    ).toBe(
      '{"op":"Replace","path":"a","value":1},{"op":"Replace","path":"b","value":"True"},{"op":"Remove","path":"c"}',
    );
  });

  test('S-150 the compliant dialect is spelt as with aadOptscim062020', () => {
    expect(emit('compliant', { op: 'replace', path: 'active', value: false })).toBe(
      '{"op":"replace","path":"active","value":false}',
    );
    expect(emit('compliant', { op: 'add', path: 'nickName', value: 'Babs' })).toBe(
      '{"op":"add","path":"nickName","value":"Babs"}',
    );
    expect(emit('compliant', { op: 'remove', path: 'members', elements: ['u1'] })).toBe(
      '{"op":"remove","path":"members[value eq \\"u1\\"]"}',
    );
    expect(
      emit(
        'compliant',
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'a@b.c' },
        { op: 'replace', path: 'displayName', value: 'Bjfe' },
        { op: 'replace', path: 'name.givenName', value: 'Kkom' },
        { op: 'replace', path: 'name.familyName', value: 'Unua' },
        { op: 'replace', path: `${ENT}:employeeNumber`, value: 'Aklq' },
      ),
    ).toBe(
      `{"op":"replace","path":"emails[type eq \\"work\\"].value","value":"a@b.c"},{"op":"replace","value":{"displayName":"Bjfe","name.givenName":"Kkom","name.familyName":"Unua","${ENT}:employeeNumber":"Aklq"}}`,
    );
  });

  test('both dialects mean the same to the server', async () => {
    for (const dialect of ['legacy', 'compliant'] as const) {
      const { client } = await clientOf({ dialect });
      const { id } = await client.create('/Users', { userName: 'u', active: true, title: 't' }, signal);
      await client.patch(
        '/Users',
        id,
        [
          { op: 'replace', path: 'active', value: false },
          { op: 'replace', path: 'emails[type eq "work"].value', value: 'w' },
          { op: 'replace', path: `${ENT}:manager`, value: 'm' },
          { op: 'add', path: 'nickName', value: 'n' },
          { op: 'remove', path: 'title' },
        ],
        signal,
      );
      const { meta: _, ...user } = (await client.get('/Users', id, signal)) ?? {};
      expect(user).toEqual({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENT],
        id,
        userName: 'u',
        active: false,
        nickName: 'n',
        emails: [{ type: 'work', value: 'w' }],
        [ENT]: { manager: { value: 'm' } },
      });
    }
  });
});

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
