import {
  attribute,
  BULK_REQUEST_URN,
  compileResourceType,
  ECMA_USER_URN,
  flatUserType,
  PATCH_OP_URN,
  printJson,
} from '@joinery/scim';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSecond, fuzzMs, mutated, prototypeIsClean, share } from '../../../testing/fuzz-runs.ts';
import { almostUser, value } from './fuzz-values.ts';
import { CORE, GROUP, profiles, serve } from './server-under-test.ts';

const operations = fc.array(
  fc.record(
    {
      op: fc.constantFrom('add', 'replace', 'remove', 'Remove'),
      path: fc.constantFrom(
        'emails',
        'title',
        'members',
        'members[value eq "a"]',
        'emails[type eq "work"].value',
        'id',
      ),
      value,
    },
    { requiredKeys: ['op'], noNullPrototype: true },
  ),
  { maxLength: 3 },
);
const bulkOperation = fc.record(
  {
    method: fc.constantFrom('POST', 'PUT', 'PATCH', 'delete', 'GET', ''),
    bulkId: fc.constantFrom('a', 'b', 'c'),
    path: fc.constantFrom(
      '/Users',
      '/Groups',
      '/Users/bulkId:a',
      '/Groups/bulkId:b',
      '/Users/ID',
      '/Me',
      '/Bulk',
      '//',
      '%',
    ),
    version: fc.constantFrom('W/"1"', '"', '*', ''),
    data: fc.oneof(
      fc.constantFrom(
        { schemas: [CORE], userName: 'a', title: 'bulkId:b' },
        { schemas: [GROUP], displayName: 'g', members: [{ value: 'bulkId:a' }, { value: 'bulkId:c' }] },
        { schemas: [GROUP], displayName: 'h', members: [{ value: 'bulkId:b' }] },
      ),
      almostUser,
      value,
    ),
  },
  { requiredKeys: ['method'], noNullPrototype: true },
);
const users = almostUser.map((body) => printJson(body));
const patches = operations.map((list) =>
  printJson({ schemas: [PATCH_OP_URN], Operations: list.map((each) => ({ ...each })) }),
);
const bulks = fc
  .tuple(fc.array(bulkOperation, { maxLength: 4 }), fc.constantFrom(null, 1, 2))
  .map(([list, failOnErrors]) =>
    printJson({ schemas: [BULK_REQUEST_URN], failOnErrors, Operations: list.map((each) => ({ ...each })) }),
  );
const pieces = ['{', '}', '[', ']', ',', '"', '\\', '"__proto__":{},', 'null', '\0', '\ud800'];
const bodies = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(users, patches, bulks) },
  { weight: 2, arbitrary: mutated(fc.oneof(users, patches, bulks), pieces) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const addresses = mutated(
  fc.constantFrom('Users', 'Users/ID', 'Groups', 'Groups/ID', '.search', 'Users/.search', 'Bulk', 'Me', 'Schemas'),
  ['/', '?', '?filter=', '?filter=id+pr', '&count=1', '%2F', '%00', '%ff', '?attributes=[', '?sortBy=emails', '%', '#'],
);

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const request = (method: Method, address: string, body: fc.Arbitrary<string>) =>
  body.map((payload) => ({ method, address, payload }));
/** Right ones to their endpoints, to come past the first check; and anything to anywhere. */
const requests: fc.Arbitrary<{ readonly method: Method; readonly address: string; readonly payload: string }> =
  fc.oneof(
    request('POST', 'Users', users),
    request('PUT', 'Users/ID', users),
    request('PATCH', 'Users/ID', patches),
    request('POST', 'Bulk', bulks),
    request('DELETE', 'Users/ID', fc.constant('')),
    fc.record({
      method: fc.constantFrom<Method>('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      address: addresses,
      payload: bodies,
    }),
  );
const headers = fc.constantFrom<Record<string, string>>(
  {},
  { 'if-match': '"x"' },
  { 'if-match': 'W/"1", "2"' },
  { 'if-none-match': '*' },
  { accept: 'text/html' },
  { accept: ';;,q=' },
  { 'content-type': 'text/plain' },
);

describe.each(profiles)('the server, profile %s', (profile) => {
  test(
    'whatever arrives, it answers a SCIM error or a resource, never 500, and touches nothing else',
    async () => {
      const server = await serve({ profile, me: () => undefined });
      let id = await server.create('/Users', { userName: 'mine 0' });
      const other = await server.create('/Users', { userName: 'other', title: 'untouched' });
      const team = await server.create('/Groups', { displayName: 'Team', members: [{ value: other }] });
      const read = async (): Promise<readonly string[]> =>
        Promise.all(
          [`/Users/${other}`, `/Groups/${team}`].map(async (each) => (await server.request('GET', each)).text),
        );
      const before = await read();
      const statuses = new Set<number>();
      let round = 0;
      await fc.assert(
        fc.asyncProperty(requests, headers, async ({ method, address, payload }, extra) => {
          round += 1;
          const url = `/${encodeURI(address.toWellFormed()).replaceAll('%25', '%').replaceAll('ID', id)}`;
          // The injecting client resolves `..` as a browser does: what leads out of the root is not the plugin's to answer.
          fc.pre(new URL(`/scim${url}`, 'http://scim.example').pathname.startsWith('/scim/'));
          const body = payload.replaceAll('"userName":"u"', `"userName":"u ${round}"`);
          const start = process.cpuUsage();
          const answer = await server.request(method, url, method === 'GET' ? undefined : body, extra);
          checkSecond(start);
          statuses.add(answer.status);
          expect(answer.status === 501 || answer.status < 500, answer.text).toBe(true);
          expect(answer.text).not.toContain('"status":"500"');
          if (answer.status >= 400) expect(answer.body).toMatchObject({ status: String(answer.status) });
          if (method === 'DELETE' && answer.status === 204) {
            id = await server.create('/Users', { userName: `mine ${round}` });
          }
        }),
        share(0.01),
      );
      expect(await read()).toEqual(before);
      expect(prototypeIsClean()).toBe(true);
      // The requests reach past the first check.
      for (const status of [200, 201, 204, 400, 404, 405, 406, 412]) expect(statuses, `${status}`).toContain(status);
    },
    fuzzMs,
  );
});

describe('large requests', () => {
  test('ten megabytes are refused with 413 before they are read, and nothing is stored', async () => {
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u' });
    const payload = `{"userName":"x","title":"${'x'.repeat(10_000_000)}"}`;
    for (const [method, address] of [
      ['POST', '/Users'],
      ['PUT', `/Users/${id}`],
      ['PATCH', `/Users/${id}`],
      ['POST', '/Bulk'],
      ['POST', '/.search'],
    ] as const) {
      const start = process.cpuUsage();
      const answer = await server.request(method, address, payload);
      expect([answer.status, answer.body.status]).toEqual([413, '413']);
      checkSecond(start);
    }
    expect((await server.request('GET', '/Users')).body.totalResults).toBe(1);
  });

  test('ten megabytes that the server is told to read are read within a second', async () => {
    const server = await serve({ limits: { bodyBytes: 20_000_000 } });
    for (const payload of [
      `{"userName":"long","title":"${'\\u00e9'.repeat(1_600_000)}"}`,
      `{"userName":"wide","emails":[${Array.from({ length: 100_000 }, (_, index) => `{"value":"${index}@x.example","type":"work"}`).join(',')}]}`,
    ]) {
      const start = process.cpuUsage();
      expect((await server.request('POST', '/Users', payload)).status).toBe(201);
      checkSecond(start);
    }
    const many = Array.from({ length: 400_000 }, (_, index) => `"unknown${index}":null`).join(',');
    for (const payload of ['['.repeat(10_000_000), `{${many}}`]) {
      const start = process.cpuUsage();
      const refused = await server.request('POST', '/Users', payload);
      expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidSyntax']);
      checkSecond(start);
    }
  });

  test('ten thousand operations that multiply end within a second', async () => {
    const server = await serve({ limits: { bodyBytes: 10_000_000 } });
    const emails = Array.from({ length: 5000 }, (_, index) => ({ type: `t${index}`, value: `v${index}` }));
    const id = await server.create('/Users', { userName: 'u', emails });
    for (const path of ['emails[value co "none"]', 'emails[type eq "t1" or type eq "t2"].value', 'emails']) {
      const list = Array.from({ length: 10_000 }, (_, index) => ({
        op: 'add',
        path,
        value: { value: `${index}`, primary: true },
      }));
      const start = process.cpuUsage();
      expect((await server.patch(`/Users/${id}`, ...list)).status).toBe(400);
      checkSecond(start);
    }
  });

  test('texts that lead a reader astray at every character end within a second', async () => {
    const type = compileResourceType(
      flatUserType([attribute('rate', { type: 'decimal' }), attribute('since', { type: 'dateTime' })]),
    );
    const server = await serve({ resourceTypes: [type] });
    const search = (attributes: string) =>
      ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], attributes: [attributes] }) as const;
    for (const [address, body, status] of [
      ['/.search', search('['.repeat(900_000)), 400],
      ['/.search', search('["'.repeat(300_000)), 400],
      ['/Users', { [ECMA_USER_URN]: { rate: `${'1'.repeat(900_000)}x` } }, 400],
      ['/Users', { [ECMA_USER_URN]: { since: `2026-01-31T08:00:00.${'0'.repeat(900_000)}1Z` } }, 201],
    ] as const) {
      const start = process.cpuUsage();
      expect((await server.request('POST', address, body)).status, Object.keys(body).join()).toBe(status);
      checkSecond(start);
    }
  });

  test('ten thousand operations are too many for a bulk request', async () => {
    const server = await serve({ limits: { bodyBytes: 10_000_000 } });
    const list = Array.from({ length: 10_000 }, () => ({ method: 'DELETE', path: '/Users/x' }));
    const answer = await server.request('POST', '/Bulk', { schemas: [BULK_REQUEST_URN], Operations: list });
    expect(answer.status).toBe(413);
  });
});
