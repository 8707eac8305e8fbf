import { systemClock, systemRandom } from '@joinery/runtime';
import { createInProcessFetch, createScimClient, scimServer } from '@joinery/scim';
import { type DatabaseLocation, openDatabase } from '@joinery/store';
import Fastify from 'fastify';
import { openDirectory } from '../../src/index.ts';

/**
 * Creates people and puts each into a group, and prints a line whenever a write was answered. Ended by a kill at any point.
 * Arguments: the database as JSON, tenant, group, and what the names begin with.
 */
const [place = '{}', tenantId = '', group = '', prefix = ''] = process.argv.slice(2);
const location: DatabaseLocation = JSON.parse(place);
const database = await openDatabase(location);
const directory = openDirectory({ database, clock: systemClock, random: systemRandom });
const app = Fastify();
await app.register(scimServer, {
  prefix: '/scim',
  ...(await directory.scim.of(tenantId)),
  authenticate: () => {},
});
await app.ready();
const client = createScimClient({
  base: 'http://directory.test/scim',
  fetch: createInProcessFetch(app),
  token: () => 'any',
});
const { signal } = new AbortController();
for (let number = 0; ; number++) {
  const { id } = await client.create(
    '/Users',
    { userName: `${prefix}-${number}`, emails: [{ value: `${prefix}${number}@x.example` }] },
    signal,
  );
  process.stdout.write(`created ${id}\n`);
  const response = await app.inject({
    method: 'PATCH',
    url: `/scim/Groups/${group}`,
    headers: { 'content-type': 'application/scim+json' },
    payload: JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: [{ value: id }, { value: `x-${id}` }] }],
    }),
  });
  if (response.statusCode !== 204) throw new Error(response.payload);
  process.stdout.write(`joined ${id}\n`);
}
