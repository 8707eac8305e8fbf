import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { homeAt, hostSettings } from '@joinery/host';
import { loadSettings } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { caller, csv, person, TestHome, TUTORIAL } from './support/home.ts';
import { makeVersion1, NEVER } from './support/space-version-1.ts';

/** Digests of everything in a folder but locks and what a running host keeps there. */
async function digests(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || /\.joinery-lock|manage\.json/.test(path)) continue;
    found[path.slice(folder.length)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return found;
}

/** A home with two connectors that has been used. */
async function usedHome(): Promise<TestHome> {
  const home = await TestHome.create({ connectors: [TUTORIAL, { ...TUTORIAL, name: 'Other' }] });
  for (const name of ['CSV', 'Other']) await home.write(csv(person(1)), name);
  await (await home.start()).close();
  return home;
}

async function raise(path: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text.replace(/"?version"?: *\d+/, (member) => member.replace(/\d+/, '99')),
  );
}

test.each([
  ['its space', 'HOST_SPACE_NEWER', (home: TestHome) => homeAt(home.folder).spaceFile('CSV')],
  ['its file', 'HOST_CONFIGURATION_NEWER', (home: TestHome) => homeAt(home.folder).connectorFile('CSV')],
])(
  'a connector of a newer version, by %s, does not serve and nothing of it is touched; the others serve',
  async (_, code, pathOf) => {
    const home = await usedHome();
    const path = pathOf(home);
    if (code === 'HOST_SPACE_NEWER') {
      const database = new DatabaseSync(path);
      database.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 99');
      database.close();
    } else await raise(path);
    const before = await digests(home.folder);
    const host = await home.start();
    expect(host.connectors).toMatchObject([
      { name: 'CSV', state: 'failed', problem: { code } },
      { name: 'Other', state: 'serving' },
    ]);
    expect((await caller(host).get('/Users')).status).toBe(503);
    expect((await caller(host, 'Other').get('/Users')).body.totalResults).toBe(1);
    await host.close();
    const after = await digests(home.folder);
    const other = (path: string): boolean => path.includes('Other');
    for (const [file, digest] of Object.entries(before))
      if (!other(file)) expect([file, after[file]]).toEqual([file, digest]);
    expect(Object.keys(after).filter((file) => !(other(file) || file in before))).toEqual([]);
  },
);

test('a connector file of a newer version is not written over', async () => {
  const home = await usedHome();
  const path = homeAt(home.folder).connectorFile('CSV');
  await raise(path);
  const before = await readFile(path, 'utf8');
  await expect(home.configure(TUTORIAL)).rejects.toMatchObject({ code: 'HOST_CONFIGURATION_NEWER', place: path });
  expect(await readFile(path, 'utf8')).toBe(before);
});

test('a vault of a newer version keeps the host from starting, and nothing is touched', async () => {
  const home = await usedHome();
  await raise(homeAt(home.folder).vault);
  const before = await digests(home.folder);
  await expect(home.start()).rejects.toMatchObject({ code: 'RUNTIME_VAULT_NEWER' });
  expect(await digests(home.folder)).toEqual(before);
});

test('settings of a newer version are refused with their line', async () => {
  const home = await usedHome();
  const file = homeAt(home.folder).settings;
  await writeFile(file, 'port: 9443\nversion: 99\n');
  expect(() => loadSettings(hostSettings, { file, env: {} })).toThrowError(
    expect.objectContaining({ code: 'RUNTIME_SETTINGS_NEWER', place: expect.stringContaining(`${file}:2`) }),
  );
});

const VERSION_1 = `version: 1 # as it was written then
connector: csv
autosyncMinutes: 30
parameters: { FileName: InputFile.txt, Anchor: AzureObjectID, ColumnTypes: "IsActive:Boolean, EmployeeId:Integer" }
schema:
  objectType: Person
  anchor: AzureObjectID
  attributes:
    - name: AzureObjectID
    - name: IsActive
      type: Boolean
    - name: Title
      deprovisioning: true
deprovisioning:
  disableFlow: SetAttributeValue
  disableAttribute: Title
  disableValue: left
`;

test('a folder of the first version serves: its connector file is read as it is, its space backed up and migrated', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const { connectorFile, spaceFile, space } = homeAt(home.folder);
  await writeFile(connectorFile('CSV'), VERSION_1);
  await mkdir(space, { mode: 0o700 });
  makeVersion1(spaceFile('CSV'), [[2, 'a', 1, NEVER]], [], 'none');
  const { host, scim } = await home.call();
  const [backup = ''] = (await readdir(space)).filter((name) => name.includes('.version-1-'));
  const kept = new DatabaseSync(join(space, backup), { readOnly: true });
  expect(kept.prepare('SELECT id FROM object').all()).toEqual([{ id: 'a' }]);
  kept.close();
  const { Resources } = (await scim.get('/Users')).body;
  expect(Resources).toMatchObject([{ active: true, [URN]: { AzureObjectID: 'id-1', IsActive: true } }]);
  const disabled = await scim.patch(Resources[0].id, { op: 'Replace', path: 'active', value: false });
  expect(disabled.body.active).toBe(false);
  expect(await readFile(home.file('CSV', 'InputFile.txt'), 'utf8')).toContain('left');
  await host.close();
  expect(await readFile(connectorFile('CSV'), 'utf8')).toBe(VERSION_1);

  // Writing it anew gives it the present form, and keeps the former one.
  await home.configure(TUTORIAL);
  expect(await readFile(`${connectorFile('CSV')}.version-1`, 'utf8')).toBe(VERSION_1);
  expect(await readFile(connectorFile('CSV'), 'utf8')).toContain('types:');
  await home.start();
});

test('a fault in a connector file of the first version names its line there', async () => {
  const home = await TestHome.create();
  await writeFile(homeAt(home.folder).connectorFile('CSV'), VERSION_1.replace('type: Boolean', 'type: Bool'));
  const host = await home.start();
  expect(host.connectors).toMatchObject([{ problem: { code: 'HOST_CONFIGURATION_INVALID' } }]);
  expect(host.connectors[0]?.problem?.place).toMatch(/CSV\.yaml:11:\d+$/);
});
