import { ManualClock } from '@joinery/runtime';
import {
  BULK_REQUEST_URN,
  BULK_RESPONSE_URN,
  isObject,
  MemoryStorage,
  type ResourceType,
  type ScimCall,
  type ScimObject,
} from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import {
  type Answer,
  CORE,
  ENT,
  GROUP,
  profiles,
  resourcesOf,
  type ServerUnderTest,
  serve,
} from './server-under-test.ts';

async function bulk(server: ServerUnderTest, operations: readonly unknown[], extra: ScimObject = {}): Promise<Answer> {
  return server.request('POST', '/Bulk', { schemas: [BULK_REQUEST_URN], Operations: operations, ...extra });
}

function results({ body }: Answer): readonly ScimObject[] {
  expect(body.schemas).toEqual([BULK_RESPONSE_URN]);
  return Array.isArray(body.Operations) ? body.Operations.filter(isObject) : [];
}

function statuses(answer: Answer): readonly unknown[] {
  return results(answer).map((each) => each.status);
}

const user = (bulkId: string, more: ScimObject = {}): ScimObject => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { schemas: [CORE, ...Object.keys(more).filter((name) => name === ENT)], userName: bulkId, ...more },
});
const group = (bulkId: string, members: readonly string[]): ScimObject => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { schemas: [GROUP], displayName: bulkId, members: members.map((value) => ({ value })) },
});

async function membersOf(server: ServerUnderTest, location: unknown): Promise<readonly unknown[]> {
  const { body } = await server.request('GET', String(location).replace(/^.*\/scim/, ''));
  return Array.isArray(body.members) ? body.members.map((each: ScimObject) => each.value) : [];
}

function idIn(result: ScimObject | undefined): string {
  return String(result?.location).replace(/^.*\//, '');
}

describe.each(profiles)('bulk, profile %s', (profile) => {
  test('S-139 every method answers by operation, with location, version and status', async () => {
    const server = await serve({ profile });
    const kept = await server.create('/Users', { userName: 'kept' });
    const gone = await server.create('/Users', { userName: 'gone' });
    const answer = await bulk(server, [
      user('new'),
      { method: 'PUT', path: `/Users/${kept}`, data: { schemas: [CORE], userName: 'put' } },
      {
        method: 'PATCH',
        path: `/Users/${kept}`,
        version: 'W/"2"',
        data: [{ op: 'add', path: 'title', value: 't' }],
      },
      { method: 'delete', path: `/Users/${gone}` },
    ]);
    expect(answer.status).toBe(200);
    const [created, ...rest] = results(answer);
    expect(created).toEqual({
      location: `http://localhost:80/scim/Users/${idIn(created)}`,
      method: 'POST',
      bulkId: 'new',
      version: 'W/"1"',
      status: '201',
    });
    expect(rest).toEqual([
      { location: `http://localhost:80/scim/Users/${kept}`, method: 'PUT', version: 'W/"2"', status: '200' },
      { location: `http://localhost:80/scim/Users/${kept}`, method: 'PATCH', version: 'W/"3"', status: '200' },
      { location: `http://localhost:80/scim/Users/${gone}`, method: 'DELETE', status: '204' },
    ]);
    expect((await server.request('GET', `/Users/${kept}`)).body).toMatchObject({ userName: 'put', title: 't' });
  });

  test('S-139 a bulkId stands for the id, before its resource and after it, in values and in paths', async () => {
    const server = await serve({ profile });
    const answer = await bulk(server, [
      group('early', ['bulkId:ann', 'someone']),
      user('ann', { [ENT]: { manager: { value: 'bulkId:boss', $ref: '../Users/bulkId:boss' } } }),
      user('boss'),
      { method: 'PATCH', path: '/Users/bulkId:ann', data: [{ op: 'add', path: 'title', value: 't' }] },
      group('late', ['bulkId:boss']),
    ]);
    expect(statuses(answer)).toEqual(['201', '201', '201', '200', '201']);
    const [early, ann, boss, , late] = results(answer);
    expect(await membersOf(server, early?.location)).toEqual([idIn(ann), 'someone']);
    expect(await membersOf(server, late?.location)).toEqual([idIn(boss)]);
    expect((await server.request('GET', `/Users/${idIn(ann)}`)).body).toMatchObject({
      title: 't',
      [ENT]: { manager: { value: idIn(boss), $ref: `../Users/${idIn(boss)}` } },
    });
  });

  test('S-139 an operation that waited runs right after the one it waited for', async () => {
    const server = await serve({ profile });
    const id = await server.create('/Groups', { displayName: 'G' });
    const answer = await bulk(server, [
      {
        method: 'PATCH',
        path: `/Groups/${id}`,
        data: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:a' }] }],
      },
      user('a'),
      { method: 'PATCH', path: `/Groups/${id}`, data: [{ op: 'remove', path: 'members' }] },
    ]);
    expect(statuses(answer)).toEqual(['200', '201', '200']);
    expect(await membersOf(server, `/scim/Groups/${id}`)).toEqual([]);
  });

  test('S-139 resources that refer to each other in a circle are created', async () => {
    const server = await serve({ profile });
    const answer = await bulk(server, [
      group('a', ['bulkId:b', 'someone']),
      group('b', ['bulkId:c']),
      group('c', ['bulkId:a']),
      group('self', ['bulkId:self']),
      user('boss', { [ENT]: { department: 'd', manager: { value: 'bulkId:boss' } } }),
    ]);
    expect(statuses(answer)).toEqual(['201', '201', '201', '201', '201']);
    const [a, b, c, self, boss] = results(answer);
    expect((await membersOf(server, a?.location)).toSorted()).toEqual([idIn(b), 'someone'].toSorted());
    expect(await membersOf(server, b?.location)).toEqual([idIn(c)]);
    expect(await membersOf(server, c?.location)).toEqual([idIn(a)]);
    expect(await membersOf(server, self?.location)).toEqual([idIn(self)]);
    const read = await server.request('GET', `/Users/${idIn(boss)}`);
    expect(read.body).toMatchObject({ [ENT]: { department: 'd', manager: { value: idIn(boss) } } });
    expect(read.headers.etag).toBe(boss?.version);
  });

  test('S-139 a circle that cannot be closed leaves nothing of itself, and says which bulkId is missing', async () => {
    const server = await serve({ profile });
    await server.create('/Groups', { displayName: 'b' });
    const answer = await bulk(server, [group('a', ['bulkId:b']), group('b', ['bulkId:a']), user('u')]);
    expect(statuses(answer)).toEqual(['409', '409', '201']);
    expect(results(answer)[0]?.response).toMatchObject({ detail: expect.stringContaining("'b'") });
    expect((await server.request('GET', '/Groups')).body.totalResults).toBe(1);
  });

  test('S-139 failures carry an error body, and what refers to a failed creation fails with it', async () => {
    const server = await serve({ profile });
    const id = await server.create('/Users', { userName: 'taken' });
    const answer = await bulk(server, [
      user('taken'),
      group('g', ['bulkId:taken']),
      group('h', ['bulkId:nobody']),
      { method: 'PATCH', path: `/Users/${id}`, version: 'W/"9"', data: [{ op: 'remove', path: 'title' }] },
      { method: 'DELETE', path: '/Users/unknown' },
      { method: 'POST', path: '/Users', data: { schemas: [CORE], userName: 'x' } },
      { method: 'GET', path: `/Users/${id}` },
      { method: 'POST', path: '/Nothing', bulkId: 'n', data: {} },
      { method: 'PATCH', path: `/Users/${id}/x` },
      { method: 'PUT', path: `/Users/${id}` },
      { path: `/Users/${id}`, data: {} },
    ]);
    const found = results(answer).map(({ status, response }) => [status, isObject(response) ? response.scimType : '']);
    expect(found).toEqual([
      ['409', 'uniqueness'],
      ['409', undefined],
      ['409', undefined],
      ['412', undefined],
      ['404', undefined],
      ['400', 'invalidSyntax'],
      ['400', 'invalidSyntax'],
      ['404', undefined],
      ['404', undefined],
      ['400', 'invalidSyntax'],
      ['400', 'invalidSyntax'],
    ]);
    expect(results(answer)[0]).not.toHaveProperty('location');
    expect(results(answer)[3]?.location).toBe(`http://localhost:80/scim/Users/${id}`);
    expect(results(answer)[3]?.response).toMatchObject({ status: '412' });
    expect((await server.request('GET', '/Users')).body.totalResults).toBe(1);
  });

  test('S-139 failOnErrors stops after so many errors, null and absence never', async () => {
    const server = await serve({ profile });
    const operations = [user('a'), user('a '), { method: 'DELETE', path: '/Users/x' }, user('b')];
    const duplicate = { ...user('twice'), data: { schemas: [CORE], userName: 'A' } };
    const all = [operations[0], duplicate, ...operations.slice(2)];
    expect(statuses(await bulk(server, all, { failOnErrors: 1 }))).toEqual(['201', '409']);
    expect(statuses(await bulk(server, all, { failOnErrors: 3 }))).toEqual(['409', '409', '404']);
    expect(statuses(await bulk(server, all, { failOnErrors: null }))).toEqual(['409', '409', '404', '201']);
  });
});

describe('bulk requests', () => {
  test('S-139 too many operations and too many bytes are 413 and name the limit', async () => {
    const server = await serve({ limits: { bulkOperations: 2, bodyBytes: 2000 } });
    const many = await bulk(server, [user('a'), user('b'), user('c')]);
    expect([many.status, many.body.detail]).toEqual([413, expect.stringContaining('maxOperations is 2')]);
    const large = await bulk(server, [user('x'.repeat(3000))]);
    expect([large.status, large.body.detail]).toEqual([413, expect.stringContaining('2000 bytes')]);
    expect((await server.request('GET', '/ServiceProviderConfig')).body.bulk).toEqual({
      supported: true,
      maxOperations: 2,
      maxPayloadSize: 2000,
    });
    expect((await server.request('GET', '/Users')).body.totalResults).toBe(0);
  });

  test('what is no bulk request is refused as a whole', async () => {
    const server = await serve();
    for (const body of [
      [],
      {},
      { schemas: [CORE], Operations: [] },
      { schemas: [BULK_REQUEST_URN] },
      { schemas: [BULK_REQUEST_URN], Operations: [1] },
      { schemas: [BULK_REQUEST_URN], Operations: [user('a'), user('a')] },
      { schemas: [BULK_REQUEST_URN], Operations: [{ method: 1 }] },
      { schemas: [BULK_REQUEST_URN], Operations: [], failOnErrors: 0 },
      { schemas: [BULK_REQUEST_URN], Operations: [], failOnErrors: '1' },
    ]) {
      const answer = await server.request('POST', '/Bulk', body);
      expect([answer.status, answer.body.scimType], JSON.stringify(body)).toEqual([400, 'invalidSyntax']);
    }
    expect((await server.request('GET', '/Bulk')).headers.allow).toBe('POST');
    expect(resourcesOf(await server.request('GET', '/Users'))).toEqual([]);
  });

  test('S-138 a server without bulk answers 501 and says so', async () => {
    const server = await serve({ limits: { bulkOperations: 0 } });
    expect((await server.request('POST', '/Bulk', {})).status).toBe(501);
    expect((await server.request('GET', '/ServiceProviderConfig')).body.bulk).toMatchObject({ supported: false });
  });

  test('a fault of the store fails its operation without a word of it', async () => {
    class Failing extends MemoryStorage {
      override delete(): Promise<void> {
        return Promise.reject(new Error('disk 7 on fire'));
      }
    }
    const server = await serve({ storage: new Failing() });
    const answer = await bulk(server, [user('a'), { method: 'DELETE', path: '/Users/bulkId:a' }]);
    expect(statuses(answer)).toEqual(['201', '500']);
    expect(answer.text).not.toContain('disk');
  });

  test('when the time of the request is over, what is left fails by operation and nothing more is written', async () => {
    const clock = new ManualClock();
    class Stuck extends MemoryStorage {
      override async delete(type: ResourceType, id: string, call: ScimCall): Promise<void> {
        clock.advance(1000);
        call.signal.throwIfAborted();
        await super.delete(type, id, call);
      }
    }
    const server = await serve({ storage: new Stuck(), clock, limits: { requestMs: 1000 } });
    const answer = await bulk(server, [user('a'), { method: 'DELETE', path: '/Users/bulkId:a' }, user('b')]);
    expect(statuses(answer)).toEqual(['201', '503', '503']);
    expect((await server.request('GET', '/Users')).body.totalResults).toBe(1);
  });

  test('S-139 a thousand operations that wait for each other in reverse order end within a second', async () => {
    const server = await serve();
    const count = 1000;
    const operations = Array.from({ length: count }, (_, index) =>
      group(`g${index}`, index + 1 < count ? [`bulkId:g${index + 1}`] : []),
    );
    const start = performance.now();
    expect(new Set(statuses(await bulk(server, operations)))).toEqual(new Set(['201']));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
