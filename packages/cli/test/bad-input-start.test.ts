import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { homeAt } from '@joinery/host';
import { createSelfSigned, ManualClock, systemRandom } from '@joinery/runtime';
import { serviceMigrations } from '@joinery/service';
import { migrate, openDatabase } from '@joinery/store';
import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { contents, hostHome, ordinary } from './host-home.ts';
import { expectRefusal, joinery, startJoinery } from './process.ts';
import { serviceHome } from './service-home.ts';

/** Listens on a free port, so that it is taken. */
async function takenPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has a port.');
  return String(address.port);
}

/** Certificate and key that ran out years ago. */
async function expired(): Promise<{ readonly certificate: string; readonly key: string }> {
  const folder = await temporaryFolder();
  const old = await createSelfSigned({
    names: ['localhost'],
    clock: new ManualClock(Date.UTC(2020, 0, 1)),
    random: systemRandom,
  });
  const [certificate, key] = [join(folder, 'old.pem'), join(folder, 'old.key')];
  await writeFile(certificate, old.certificate);
  await writeFile(key, old.privateKey);
  return { certificate, key };
}

describe('joinery host start exits 1 with a sentence, and the folder is as it was', () => {
  test('when the port is taken', async () => {
    const home = await hostHome();
    const port = await takenPort();
    const run = await joinery(['host', 'start', '--home', home.folder, '--port', port]);
    expectRefusal(run, 'RUNTIME_PORT_TAKEN', `127.0.0.1:${port}`);
    expect(run.stdout).toBe('');
    // The folder is free again: the next command gets it.
    expect(await joinery(['host', 'check', '--home', home.folder])).toMatchObject({ code: 0, stderr: '' });
  });

  test('when its certificate has expired', async () => {
    const home = await hostHome();
    const before = contents(home.folder);
    const { certificate, key } = await expired();
    const words = [
      '--home',
      home.folder,
      '--port',
      '0',
      '--certificate-file',
      certificate,
      '--certificate-key-file',
      key,
    ];
    expectRefusal(await joinery(['host', 'start', ...words]), 'RUNTIME_CERTIFICATE_EXPIRED', certificate);
    expect(contents(home.folder)).toEqual(before);
  });

  test('when the folder is in use, naming the process that holds it; the first one goes on', async () => {
    const home = await hostHome();
    const words = ['host', 'start', '--home', home.folder, '--port', '0'];
    const first = startJoinery(words);
    await first.said(/answers on/);
    for (const second of [
      words,
      ['host', 'check', '--home', home.folder],
      ['host', 'token', 'CSV', '--home', home.folder],
    ]) {
      const run = await joinery(second);
      expectRefusal(run, 'RUNTIME_FOLDER_IN_USE', home.folder);
      expect(run.stderr).toContain(`The process ${first.child.pid}`);
    }
    expect((await first.stop()).code).toBe(0);
  });

  test('when host.yaml was written for a newer version', async () => {
    const home = await hostHome();
    await writeFile(homeAt(home.folder).settings, 'version: 99\nnovelty: true\n');
    const run = await joinery(['host', 'start', '--home', home.folder, '--port', '0']);
    expectRefusal(run, 'RUNTIME_SETTINGS_NEWER', 'host.yaml:1:10');
  });

  test('when this account may not write the folder', async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o555);
    const place = join(folder, 'host');
    const options = ordinary === undefined ? {} : { uid: ordinary };
    const run = await joinery(['host', 'start', '--home', place, '--port', '0'], options);
    expectRefusal(run, 'RUNTIME_FILE_UNWRITABLE', place);
  });
});

test('a connector space of a newer version is refused by host import and kept; host start serves the others', async () => {
  const home = await hostHome();
  const space = homeAt(home.folder).spaceFile('CSV');
  const importing = ['host', 'import', 'CSV', '--home', home.folder];
  expect((await joinery(importing)).code).toBe(0);
  const file = new DatabaseSync(space);
  file.exec('PRAGMA user_version = 99');
  file.close();
  const before = contents(homeAt(home.folder).space);
  expectRefusal(await joinery(importing), 'HOST_SPACE_NEWER', space);
  const host = startJoinery(['host', 'start', '--home', home.folder, '--port', '0']);
  await host.said(/^! CSV: HOST_SPACE_NEWER: /m);
  expect((await host.stop()).code).toBe(0);
  expect(contents(homeAt(home.folder).space)).toEqual(before);
});

describe('joinery service start exits 1 with a sentence', () => {
  test('when the port is taken', async () => {
    const home = await serviceHome();
    const port = await takenPort();
    const run = await joinery(['service', 'start', '--home', home, '--port', port]);
    expectRefusal(run, 'RUNTIME_PORT_TAKEN', port);
    expect(run.stdout).toBe('');
  });

  test('when its certificate has expired, before the database is touched', async () => {
    const home = join(await temporaryFolder(), 'service');
    const { certificate, key } = await expired();
    const words = ['--home', home, '--port', '0', '--certificate-file', certificate, '--certificate-key-file', key];
    expectRefusal(await joinery(['service', 'start', ...words]), 'RUNTIME_CERTIFICATE_EXPIRED', certificate);
    expect(contents(home)).toEqual({});
  });

  test('when a newer version wrote the database', async () => {
    const home = await serviceHome();
    const database = await openDatabase({ folder: join(home, 'database') });
    await migrate(database, serviceMigrations, { version: 'test' });
    await database.drizzle.execute(sql`
      insert into joinery_migrations (room, number, name, checksum, version) values ('engine', 99, 'later', 'x', '9.9.9')`);
    await database.close();
    const run = await joinery(['service', 'start', '--home', home, '--port', '0']);
    expectRefusal(run, 'STORE_NEWER', 'engine');
    expect(Object.keys(contents(home))).not.toContain('admin-token');
  });

  test('when the data folder is in use; the first one goes on', async () => {
    const home = await serviceHome();
    const words = ['service', 'start', '--home', home, '--port', '0'];
    const first = startJoinery(words);
    await first.said(/answers on/);
    expectRefusal(await joinery(words), 'STORE_FOLDER_IN_USE', join(home, 'database'));
    expect((await first.stop()).code).toBe(0);
  });

  test('when a setting is misspelt, with the one that was meant', async () => {
    const home = await temporaryFolder();
    await writeFile(join(home, 'service.yaml'), 'version: 1\nprot: 8443\n');
    const run = await joinery(['service', 'start', '--home', home]);
    expectRefusal(run, 'RUNTIME_SETTING_UNKNOWN', 'service.yaml:2:1');
    expect(run.stderr).toContain('Did you mean "port"?');
  });
});
