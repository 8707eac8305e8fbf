/* The limit of the task: token hash, the same query by name prepared, the stored text with its meta. <database url> <tenant> */
import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { announce, benchCertificate, benchToken } from './announce.ts';

const [connectionString, tenant] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 10 });
const expected = createHash('sha256').update(benchToken).digest();
const columns = 'id, version, created_key, modified_key, resource';
const live = `from directory_users where tenant_id = $1 and deleted_at is null`;
const list = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

const app = Fastify({ https: await benchCertificate() });
app.get<{ Params: { id?: string }; Querystring: { filter?: string } }>('/scim/Users', async (request, reply) => {
  if (!knows(request.headers.authorization)) return reply.code(401).send('{}');
  const name = /eq "([^"]*)"/.exec(request.query.filter ?? '')?.[1]?.toLowerCase();
  const { rows } = await pool.query({
    name: 'by-name',
    text: `select ${columns} ${live} and user_principal_name_folded = $2`,
    values: [tenant, name],
  });
  const found = rows.map(textOf).join(',');
  return reply
    .type('application/scim+json')
    .send(
      `{"schemas":["${list}"],"totalResults":${rows.length},"startIndex":1,"itemsPerPage":${rows.length},"Resources":[${found}]}`,
    );
});
app.get<{ Params: { id: string } }>('/scim/Users/:id', async (request, reply) => {
  if (!knows(request.headers.authorization)) return reply.code(401).send('{}');
  const { rows } = await pool.query({
    name: 'by-id',
    text: `select ${columns} ${live} and id = $2`,
    values: [tenant, request.params.id],
  });
  return reply.type('application/scim+json').send(rows.map(textOf).join(''));
});
await announce(app, benchToken);
await pool.end();

function knows(authorization = ''): boolean {
  return timingSafeEqual(createHash('sha256').update(authorization.slice(7)).digest(), expected);
}

type Row = Readonly<Record<'id' | 'version' | 'created_key' | 'modified_key' | 'resource', string>>;

function textOf(row: Row): string {
  return `${row.resource.slice(0, -1)},"meta":{"resourceType":"User","created":"${row.created_key}.000Z","lastModified":"${row.modified_key}.000Z","version":"W/\\"${row.version}\\"","location":"https://127.0.0.1/scim/Users/${row.id}"}}`;
}
