import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ManualClock, seededRandom } from '@joinery/runtime';
import { migrate } from '@joinery/store';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { filterUrl, resourcesOf, serve } from '../../scim/test/server-under-test.ts';
import { directoryMigrations, openDirectory } from '../src/index.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const live = '22222222-2222-4222-8222-222222222222';
const deleted = '33333333-3333-4333-8333-333333333333';

forEachDatabase((_, open) => {
  test('a database of the first version shows its users over SCIM, those in the recycle bin once they are restored', async () => {
    const database = await open();
    const folder = join(await temporaryFolder(), 'migrations');
    await mkdir(folder);
    const first = '0001-directory.sql';
    await copyFile(fileURLToPath(new URL(first, directoryMigrations.folder)), join(folder, first));
    await migrate(database, [{ room: 'directory', folder: pathToFileURL(`${folder}/`) }], { version: 'old' });
    await database.drizzle.execute(sql`insert into directory_tenants values (${tenantId}, 'Contoso', now())`);
    for (const [id, name, deletedAt] of [
      [live, 'Jörg', null],
      [deleted, 'gone', '2026-01-02T00:00:00Z'],
    ] as const) {
      const document = {
        userPrincipalName: name,
        displayName: name,
        mail: `${name}@x.example`,
        accountEnabled: true,
        jobTitle: 'Schweißer',
        createdDateTime: '2026-01-01T08:00:00.120Z',
      };
      await database.drizzle.execute(sql`
        insert into directory_users (tenant_id, id, document, user_principal_name_folded, mail_folded, display_name_folded, deleted_at)
        values (${tenantId}, ${id}, ${JSON.stringify(document)}, ${name.toLowerCase()}, ${document.mail.toLowerCase()}, ${name.toLowerCase()}, ${deletedAt})`);
    }

    await migrate(database, [directoryMigrations], { version: 'new' });
    const clock = new ManualClock();
    const directory = openDirectory({ database, clock, random: seededRandom(3) });
    const signal = new AbortController().signal;
    const server = await serve({ ...(await directory.scim.of(tenantId)), clock });
    const expected = {
      userName: 'Jörg',
      title: 'Schweißer',
      emails: [{ value: 'Jörg@x.example', type: 'work', primary: true }],
      meta: { created: '2026-01-01T08:00:00.120Z', version: 'W/"1"' },
    };
    // Shown at once, found by what has a column; by everything once the texts are made.
    expect((await server.request('GET', `/Users/${live}`)).body).toMatchObject(expected);
    expect((await server.request('GET', '/Users')).body).toMatchObject({ totalResults: 1, Resources: [expected] });
    await directory.scim.renderMissing(signal);
    for (const filter of ['title eq "SCHWEISSER"', 'emails.value eq "JÖRG@x.example"', 'userName sw "JÖ"']) {
      const answer = await server.request('GET', filterUrl('/Users', filter));
      expect(resourcesOf(answer), filter).toMatchObject([expected]);
    }
    expect((await server.request('GET', `/Users/${deleted}`)).status).toBe(404);
    await directory.deletedUsers.restore(tenantId, deleted, signal);
    const restored = await server.request('GET', filterUrl('/Users', 'emails.value eq "gone@x.example"'));
    expect(restored.body.totalResults).toBe(1);
    expect((await server.request('GET', '/Users?count=0')).body.totalResults).toBe(2);
  });
});
