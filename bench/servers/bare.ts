/* The limit of the task: token hash, one look-up, stored JSON, in about twenty lines. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';
import { announce, benchCertificate, benchToken } from './announce.ts';
import { personKey, storedPerson } from './people.ts';

const database = new DatabaseSync(':memory:');
database.exec('CREATE TABLE person (key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID');
const insert = database.prepare('INSERT INTO person VALUES (?, ?)');
database.exec('BEGIN');
for (let n = 0; n < Number(process.argv[2]); n++) insert.run(personKey(n), storedPerson(n));
database.exec('COMMIT');
const find = database.prepare('SELECT json FROM person WHERE key = ?');
const expected = createHash('sha256').update(benchToken).digest();

const app = Fastify({ https: await benchCertificate() });
app.get<{ Querystring: { filter: string } }>('/*', (request, reply) => {
  const token = createHash('sha256')
    .update((request.headers.authorization ?? '').slice(7))
    .digest();
  if (!timingSafeEqual(token, expected)) return reply.code(401).send('{}');
  const key = /eq "([^"]*)"/.exec(request.query.filter)?.[1] ?? '';
  const row = find.get(key.toLowerCase());
  const found = typeof row?.json === 'string' ? row.json : '';
  return reply
    .type('application/scim+json')
    .send(
      `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${found === '' ? 0 : 1},"startIndex":1,"itemsPerPage":${found === '' ? 0 : 1},"Resources":[${found}]}`,
    );
});
await announce(app, benchToken);
