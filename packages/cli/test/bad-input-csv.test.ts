import { readFileSync } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { homeAt } from '@joinery/host';
import { lockFolder } from '@joinery/runtime';
import { Agent, fetch } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { contents, giveTo, header, hostHome, ordinary, rows, token } from './host-home.ts';
import { expectRefusal, joinery, startJoinery } from './process.ts';

const latin1 = Buffer.from(`${header}\nid-1;True;zo\u00eb@contoso.example\n`, 'latin1');

describe('host import of a file that cannot be used exits 1, names the place and changes nothing', () => {
  test.each([
    ['a header without the anchor', 'Id;IsActive;UserName\n1;True;x\n', 'CSV_HEADER_INVALID', ':1:1'],
    ['a header that lost a selected column', 'AzureObjectID;IsActive\n', 'HOST_SELECTION_OUTDATED', 'CSV'],
    ['another encoding', latin1, 'CSV_ENCODING_INVALID', ':2:'],
  ])('%s', async (_, content, code, place) => {
    const home = await hostHome(content);
    const before = readFileSync(home.file);
    const run = await joinery(['host', 'import', 'CSV', '--home', home.folder]);
    expectRefusal(run, code, code === 'HOST_SELECTION_OUTDATED' ? place : `${home.file}${place}`);
    expect(run.stdout).toBe('');
    expect(readFileSync(home.file)).toEqual(before);
  });

  test('no file', async () => {
    const home = await hostHome();
    await rm(home.file);
    expectRefusal(await joinery(['host', 'import', 'CSV', '--home', home.folder]), 'CSV_FILE_MISSING', home.file);
    expect(contents(dirname(home.file))).toEqual({});
  });

  test('a file that this account may not read', async () => {
    const home = await hostHome();
    await chmod(home.file, 0o000);
    if (ordinary !== undefined) {
      giveTo(ordinary, dirname(home.folder));
      await chmod(home.file, 0o000);
    }
    const words = ['host', 'import', 'CSV', '--home', home.folder];
    const run = await joinery(words, ordinary === undefined ? {} : { uid: ordinary });
    expectRefusal(run, 'CSV_FILE_UNREADABLE', home.file);
    await chmod(home.file, 0o600);
    expect(await readFile(home.file, 'utf8')).toBe([header, ...rows, ''].join('\n'));
  });
});

test('host check does not call a connector ready whose selection the target does not have', async () => {
  const home = await hostHome('AzureObjectID;IsActive\n');
  const run = await joinery(['host', 'check', '--home', home.folder]);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('HOST_SELECTION_OUTDATED') });
});

test('after a refused import the people of the import before are still served', async () => {
  const home = await hostHome();
  const words = ['host', 'import', 'CSV', '--home', home.folder];
  expect(await joinery(words)).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('2 added') });
  const text = await readFile(home.file, 'utf8');
  await rm(home.file);
  expectRefusal(await joinery(words), 'CSV_FILE_MISSING', home.file);
  await writeFile(home.file, text);
  expect((await joinery(words)).stdout).toContain('0 added, 0 changed, 0 gone, 2 as before');
});

test('a duplicate anchor exits 1, names both lines, and the others are taken over', async () => {
  const home = await hostHome([header, ...rows, 'id-1;True;eve@contoso.example', ''].join('\n'));
  const before = readFileSync(home.file);
  const run = await joinery(['host', 'import', 'CSV', '--home', home.folder]);
  expectRefusal(run, 'CLI_IMPORT_ERRORS', 'CSV');
  for (const line of [2, 4]) expect(run.stderr).toContain(`occurs more than once (line ${line})`);
  expect(run.stderr).toContain('CONNECTOR_ENTRY_INVALID: ');
  expect(run.stdout).toContain('1 added');
  expect(readFileSync(home.file)).toEqual(before);
});

test('host check says the same, with code and place, and changes nothing', async () => {
  const home = await hostHome(latin1);
  const before = contents(home.folder);
  const run = await joinery(['host', 'check', '--home', home.folder]);
  expectRefusal(run, 'CLI_CHECK_FAILED', '1 of 1');
  expect(run.stderr).toContain(`CSV: CSV_ENCODING_INVALID: ${home.file}:2:`);
  expect(contents(home.folder)).toEqual(before);
});

test('while another writer holds the file a write is answered 503 with the code, and the file stays as it is', async () => {
  const home = await hostHome();
  const before = await readFile(home.file, 'utf8');
  const host = startJoinery(['host', 'start', '--home', home.folder, '--port', '0']);
  const [, url] = await host.said(/^✓ CSV: (\S+)$/m);
  const ca = await readFile(join(homeAt(home.folder).certificates, 'host.pem'), 'utf8');
  const dispatcher = new Agent({ connect: { ca } });
  onTestFinished(() => dispatcher.close());
  const create = () =>
    fetch(`${url}/Users`, {
      method: 'POST',
      dispatcher,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User': {
          AzureObjectID: 'id-3',
          UserName: 'cy@contoso.example',
        },
      }),
    });
  await host.said(/answers on/);
  const lock = lockFolder(join(dirname(home.file), '.InputFile.txt.lock'));
  const refused = await create();
  const text = await refused.text();
  expect([refused.status, text]).toEqual([503, expect.stringContaining('lock')]);
  expect(await readFile(home.file, 'utf8')).toBe(before);
  lock.release();
  expect((await create()).status).toBe(201);
  expect(await readFile(home.file, 'utf8')).toBe(`${before}id-3;;cy@contoso.example\n`);
  expect(await host.stop()).toMatchObject({ code: 0, stdout: expect.stringContaining('has stopped') });
});
