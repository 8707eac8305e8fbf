import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createSelfSigned, loadVaultKey, ManualClock, Redactor, systemRandom } from '@joinery/runtime';
import { assertTablesMatch, migrate, openDatabase } from '@joinery/store';
import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { forEachDatabase, freshPostgres, openForTest } from '../../../testing/databases.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { CredentialStore } from '../src/credentials/credential-store.ts';
import { type ServiceOptions, serviceMigrations, startService } from '../src/index.ts';
import { serviceTables } from '../src/tables.ts';

const signal = new AbortController().signal;

/** Starts a service on a database, closed after the test. */
async function start(databaseUrl: string, options: Partial<ServiceOptions> = {}) {
  const service = await startService({
    home: await temporaryFolder(),
    env: {},
    overrides: { port: 0, address: 'localhost', databaseUrl },
    signal,
    ...options,
  });
  onTestFinished(() => service.close());
  return service;
}

const refusal = (code: string, place?: string) =>
  expect.objectContaining({ code, ...(place !== undefined && { place: expect.stringContaining(place) }) });

forEachDatabase((_, open) => {
  test('the tables in code are those that the migrations make', async () => {
    const database = await open();
    await migrate(database, serviceMigrations, { version: 'test' });
    await assertTablesMatch(database, serviceTables);
  });

  test('secrets lie sealed in the database, and open under their own name and key alone', async () => {
    const database = await open();
    await migrate(database, serviceMigrations, { version: 'test' });
    const folder = await temporaryFolder();
    const keyOf = (name: string) =>
      loadVaultKey({ file: join(folder, name), env: {}, create: true, random: systemRandom });
    const store = new CredentialStore(database, await keyOf('one'), systemRandom, new Redactor());
    const [tenant, first, second] = [systemRandom.uuid(), systemRandom.uuid(), systemRandom.uuid()];
    const values = new Map([['SecretToken', 'very-secret-token']]);
    await store.replace(
      tenant,
      first,
      () => values,
      signal,
      async () => {},
    );
    expect(await store.read(tenant, first, signal)).toEqual(values);
    const { rows } = await database.drizzle.execute(sql`select * from service_credentials`);
    expect(JSON.stringify(rows)).not.toContain('very-secret-token');

    const other = new CredentialStore(database, await keyOf('two'), systemRandom, new Redactor());
    await expect(other.read(tenant, first, signal)).rejects.toEqual(refusal('SERVICE_SECRET_KEY_WRONG'));
    // A row that was moved to another application does not open there.
    await database.drizzle.execute(sql`update service_credentials set service_principal_id = ${second}`);
    await expect(store.read(tenant, second, signal)).rejects.toEqual(refusal('RUNTIME_VAULT_TAMPERED'));
  });
});

test('processes that start on one empty database at once make one tenant and one token', async () => {
  const url = await freshPostgres();
  const services = await Promise.all([start(url), start(url), start(url)]);
  expect(services.filter(({ adminToken }) => adminToken !== undefined)).toHaveLength(1);
  const database = await openForTest({ url });
  const { rows } = await database.drizzle.execute(sql`
    select (select count(*) from directory_tenants)::int as tenants, (select count(*) from service_tokens)::int as tokens`);
  expect(rows).toEqual([{ tenants: 1, tokens: 1 }]);
});

describe('a start is refused with a clear problem', () => {
  test('when a newer version wrote the database', async () => {
    const url = await freshPostgres();
    await (await start(url)).close();
    const database = await openDatabase({ url });
    await database.drizzle.execute(sql`
      insert into joinery_migrations (room, number, name, checksum, version) values ('engine', 99, 'later', 'x', '9.9.9')`);
    await database.close();
    await expect(start(url)).rejects.toEqual(refusal('STORE_NEWER'));
  });

  test('when the port is taken, and takes the next one where it may', async () => {
    const url = await freshPostgres();
    const blocker = createServer();
    const port = await new Promise<number>((resolve) => {
      blocker.listen(0, 'localhost', () => {
        const address = blocker.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    onTestFinished(() => void blocker.close());
    const overrides = { port, address: 'localhost', databaseUrl: url };
    await expect(start(url, { overrides })).rejects.toEqual(refusal('RUNTIME_PORT_TAKEN'));
    const service = await start(url, { overrides, nextPorts: 20 });
    expect(new URL(service.url).port).not.toBe(String(port));
  });

  test('when the certificate has expired or its key is missing', async () => {
    const url = await freshPostgres();
    const home = await temporaryFolder();
    const long = new ManualClock(Date.UTC(2020, 0, 1));
    const old = await createSelfSigned({ names: ['localhost'], clock: long, random: systemRandom });
    const certificateFile = join(home, 'old.pem');
    const certificateKeyFile = join(home, 'old-key.pem');
    await writeFile(certificateFile, old.certificate);
    const overrides = { port: 0, databaseUrl: url, certificateFile };
    await expect(start(url, { home, overrides })).rejects.toEqual(refusal('RUNTIME_CERTIFICATE_HALF'));
    const both = { ...overrides, certificateKeyFile };
    await expect(start(url, { home, overrides: both })).rejects.toEqual(
      refusal('RUNTIME_CERTIFICATE_UNREADABLE', certificateKeyFile),
    );
    await writeFile(certificateKeyFile, old.privateKey);
    await expect(start(url, { home, overrides: both })).rejects.toEqual(
      refusal('RUNTIME_CERTIFICATE_EXPIRED', certificateFile),
    );
  });

  test('when a setting is misspelt, with the one that was meant and its place', async () => {
    const home = await temporaryFolder();
    await writeFile(join(home, 'service.yaml'), 'version: 1\nprot: 8443\n');
    await expect(start('postgres://nowhere', { home })).rejects.toEqual(
      refusal('RUNTIME_SETTING_UNKNOWN', 'service.yaml:2:1'),
    );
  });

  test('when the database cannot be reached, without its password in the message', async () => {
    const attempt = start('postgres://me:hidden-password@127.0.0.1:1/none');
    await expect(attempt).rejects.toEqual(refusal('STORE_UNAVAILABLE'));
    await expect(attempt).rejects.not.toThrow('hidden-password');
  });

  test('when the embedded data folder is in use', async () => {
    const home = await temporaryFolder();
    const options = { home, overrides: { port: 0, address: 'localhost' } };
    await start('', options);
    await expect(start('', options)).rejects.toEqual(refusal('STORE_FOLDER_IN_USE'));
  });

  test('when secrets are stored and their key is gone or another', async () => {
    const url = await freshPostgres();
    const home = await temporaryFolder();
    await (await start(url, { home })).close();
    const key = (await readFile(join(home, 'vault.key'), 'utf8')).trim();
    const { id: keyId } = await loadVaultKey({
      file: join(home, 'vault.key'),
      env: {},
      create: false,
      random: systemRandom,
    });
    const database = await openDatabase({ url });
    await database.drizzle.execute(sql`
      insert into service_credentials values (gen_random_uuid(), gen_random_uuid(), 'SecretToken', ${keyId}, 'n', 'c', 't')`);
    await database.close();
    await rm(join(home, 'vault.key'));
    await expect(start(url, { home })).rejects.toEqual(refusal('RUNTIME_VAULT_KEY_MISSING'));
    const other = { JOINERY_VAULT_KEY: Buffer.alloc(32, 8).toString('base64') };
    await expect(start(url, { home, env: other })).rejects.toEqual(refusal('SERVICE_SECRET_KEY_WRONG'));
    const service = await start(url, { home, env: { JOINERY_VAULT_KEY: key } });
    expect(service.url).toMatch(/^https:/);
  });
});
