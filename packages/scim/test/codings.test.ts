import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CORE, serve } from './server-under-test.ts';

const body = JSON.stringify({ schemas: [CORE], userName: 'ann' });

describe('a body in another coding', () => {
  test.each(['gzip', 'br', 'deflate', 'gzip, identity', 'x-unknown'])(
    'with Content-Encoding %s is refused with 415, and told what would be taken',
    async (coding) => {
      const { request } = await serve();
      const headers = { 'content-type': 'application/scim+json', 'content-encoding': coding };
      const answer = await request('POST', '/Users', gzipSync(body), headers);
      expect([answer.status, answer.body.status]).toEqual([415, '415']);
      expect(answer.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
      expect(answer.headers['accept-encoding']).toBe('identity');
    },
  );

  test.each(['utf-16', 'iso-8859-1', '"windows-1252"', 'UTF-7'])(
    'with charset %s is refused with 415',
    async (charset) => {
      const { request } = await serve();
      const answer = await request('POST', '/Users', body, { 'content-type': `application/json; charset=${charset}` });
      expect([answer.status, answer.body.status]).toEqual([415, '415']);
    },
  );

  test.each(['utf-8', 'UTF8', '"utf-8"', 'us-ascii'])('with charset %s is taken', async (charset) => {
    const { request } = await serve();
    const headers = { 'content-type': `application/json; charset=${charset}`, 'content-encoding': 'identity' };
    expect((await request('POST', '/Users', body, headers)).status).toBe(201);
  });

  test('a request without a body may name any coding', async () => {
    const { request } = await serve();
    expect((await request('GET', '/Users', undefined, { 'content-encoding': 'gzip' })).status).toBe(200);
  });
});
