import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { homeAt } from '@joinery/host';
import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { contents, header, rows } from './host-home.ts';
import { startJoinery } from './process.ts';
import { run } from './run.ts';

const file = `version: 2
connector: csv
parameters: { FileName: people.txt, Anchor: AzureObjectID }
types:
  - objectType: Person
    anchor: AzureObjectID
    attributes: [{ name: AzureObjectID }, { name: UserName }]
`;

/** A home folder as an administrator writes it with an editor. */
async function writtenHome(): Promise<string> {
  const folder = await temporaryFolder();
  const home = homeAt(folder);
  await mkdir(home.connectors);
  await mkdir(home.connectorFolder('CSV'), { recursive: true });
  await writeFile(home.connectorFile('CSV'), file);
  await writeFile(join(home.connectorFolder('CSV'), 'people.txt'), [header, ...rows, ''].join('\n'));
  return folder;
}

async function newToken(folder: string): Promise<string> {
  const { code, stdout, stderr } = await run(['host', 'token', 'CSV', '--home', folder]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}

test('with files written by hand, host token makes what lets callers in; the token before it lets nobody in', async () => {
  const folder = await writtenHome();
  const missing = await run(['host', 'check', '--home', folder]);
  expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('joinery host token')]);
  const [old, token] = [await newToken(folder), await newToken(folder)];
  expect(token).toMatch(/^[\w-]{43}$/);
  for (const content of Object.values(contents(folder))) {
    expect(Buffer.from(content, 'base64').toString('latin1')).not.toContain(token);
  }
  const server = startJoinery(['host', 'start', '--home', folder, '--port', '0']);
  const [, url] = await server.said(/CSV: (https:\S+)/);
  const dispatcher = new Agent({
    connect: { ca: await readFile(join(homeAt(folder).certificates, 'host.pem'), 'utf8') },
  });
  const statuses = await Promise.all(
    [token, old].map(async (each) => {
      const answer = await request(`${url}/Schemas`, { dispatcher, headers: { authorization: `Bearer ${each}` } });
      await answer.body.dump();
      return answer.statusCode;
    }),
  );
  expect(statuses).toEqual([200, 401]);
  await dispatcher.close();

  const running = await run(['host', 'token', 'CSV', '--home', folder]);
  expect([running.code, running.stdout]).toEqual([1, '']);
  expect(running.stderr).toMatch(/^RUNTIME_FOLDER_IN_USE: /);
});

test('host token refuses a connector that has no file, and makes nothing for it', async () => {
  const folder = await writtenHome();
  const before = contents(folder);
  const unknown = await run(['host', 'token', 'csv', '--home', folder]);
  expect([unknown.code, unknown.stdout]).toEqual([1, '']);
  expect(unknown.stderr).toMatch(/^HOST_CONNECTOR_UNKNOWN: .*csv\.yaml/);
  expect((await run(['host', 'token', '../x', '--home', folder])).stderr).toMatch(/^HOST_CONNECTOR_NAME_INVALID: /);
  expect(contents(folder)).toEqual(before);
});

test('host token --json says the token in the last line', async () => {
  const { stdout } = await run(['host', 'token', 'CSV', '--home', await writtenHome(), '--json']);
  const last: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({ outcome: 'done', connector: 'CSV', token: expect.stringMatching(/^[\w-]{43}$/) });
});
