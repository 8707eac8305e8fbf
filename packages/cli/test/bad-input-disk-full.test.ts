import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { header, hostHome } from './host-home.ts';
import { expectRefusal, joinery, startJoinery } from './process.ts';
import { onSmallDisk } from './small-disk.ts';

/** SQLite and PGlite tell a full disk apart, but not a limit on the size of a file: there they say that writing fails. */
const codes = {
  lock: 'RUNTIME_(DISK_FULL|FILE_UNWRITABLE)',
  space: 'HOST_SPACE_(DISK_FULL|UNREADABLE)',
  database: 'STORE_(DISK_FULL|UNAVAILABLE)',
};

test.each([
  ['for anything', 0, codes.lock],
  ['for all of the people', 300, codes.space],
])(
  'host import on a disk without room %s says so, leaves the target file alone, and succeeds once there is room',
  async (_, room, code) => {
    const people = Array.from({ length: 5000 }, (_, number) => `id-${number};True;user${number}@contoso.example`);
    const home = await hostHome([header, ...people, ''].join('\n'));
    const run = await onSmallDisk(home.folder, room, ['host', 'import', 'CSV', '--home', 'HOME']);
    expectRefusal(run, code, 'disk/home/');
    const file = join(run.folder, relative(home.folder, home.file));
    expect(readFileSync(file)).toEqual(readFileSync(home.file));

    const again = await joinery(['host', 'import', 'CSV', '--home', run.folder]);
    expect(again).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('CSV: 5000 added') });
  },
);

test('service start on a disk without room for its database says so, and starts once there is room', {
  timeout: 60_000,
}, async () => {
  const run = await onSmallDisk(await temporaryFolder(), 2000, ['service', 'start', '--home', 'HOME', '--port', '0']);
  expectRefusal(run, codes.database, 'disk/home/database');
  expect(existsSync(join(run.folder, 'database', 'pglite'))).toBe(false);

  const service = startJoinery(['service', 'start', '--home', run.folder, '--port', '0']);
  await service.said(/The provisioning service answers on/);
  expect(await service.stop()).toMatchObject({ code: 0 });
});
