/* The limit of the task: token hash, one look-up, stored JSON, in about thirty lines. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';
import { personKey } from '../../examples/host-target/src/index.ts';
import { announce, benchCertificate, benchToken } from './announce.ts';
import { keyOf, pathOfUsers, storedPerson } from './people.ts';

const database = new DatabaseSync(':memory:');
database.exec('CREATE TABLE person (key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID');
const insert = database.prepare('INSERT INTO person VALUES (?, ?)');
database.exec('BEGIN');
for (let n = 0; n < Number(process.argv[2]); n++) insert.run(personKey(n), storedPerson(n));
database.exec('COMMIT');
const find = database.prepare('SELECT json FROM person WHERE key = ?');
const expected = createHash('sha256').update(benchToken).digest();

const app = Fastify({ https: await benchCertificate() });
app.get<{ Querystring: { filter: string } }>(pathOfUsers, (request, reply) => {
  if (!knows(request.headers.authorization)) return reply.code(401).send('{}');
  const found = jsonOf(/eq "([^"]*)"/.exec(request.query.filter)?.[1] ?? '');
  const count = found === undefined ? 0 : 1;
  return reply
    .type('application/scim+json')
    .send(
      `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${count},"startIndex":1,"itemsPerPage":${count},"Resources":[${found ?? ''}]}`,
    );
});
app.get<{ Params: { id: string } }>(`${pathOfUsers}/:id`, (request, reply) => {
  if (!knows(request.headers.authorization)) return reply.code(401).send('{}');
  const found = jsonOf(keyOf(request.params.id));
  if (found === undefined) return reply.code(404).send('{}');
  return reply.type('application/scim+json').send(found);
});
await announce(app, benchToken);

function knows(authorization = ''): boolean {
  return timingSafeEqual(createHash('sha256').update(authorization.slice(7)).digest(), expected);
}

function jsonOf(key: string): string | undefined {
  const row = find.get(key.toLowerCase());
  return typeof row?.json === 'string' ? row.json : undefined;
}
