import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ManageClient } from '@joinery/host';
import { systemClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { header, hostHome, rows } from './host-home.ts';
import { joinery, type Running, startJoinery } from './process.ts';
import { type CliRun, run } from './run.ts';

const { signal } = new AbortController();

interface Managed {
  readonly folder: string;
  readonly file: string;
  readonly server: Running;
  /** Runs `joinery host …` on the folder in this process. */
  host(...words: readonly string[]): Promise<CliRun>;
}

/** A host in a process of its own and the commands that talk to it. */
async function managed(people: readonly string[] = rows): Promise<Managed> {
  const home = await hostHome([header, ...people, ''].join('\n'));
  const server = startJoinery(['host', 'start', '--home', home.folder, '--port', '0']);
  await server.said(/answers on https:/);
  return { ...home, server, host: (...words) => run(['host', ...words, '--home', home.folder]) };
}

function json({ stdout }: CliRun): readonly ReturnType<typeof JSON.parse>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function imported(folder: string): Promise<void> {
  const client = await ManageClient.connect(folder, systemClock);
  await client.run('CSV', 'full', () => {}, signal);
}

const many = Array.from({ length: 40 }, (_, number) => `id-${number};True;user${number}@contoso.example`);

test('without a running host every command about one says so, and how to start it', async () => {
  const { folder } = await hostHome();
  for (const words of [
    ['status'],
    ['run', 'CSV'],
    ['runs', 'CSV'],
    ['accept', 'CSV'],
    ['read-only', 'on'],
    ['doubts', 'CSV'],
    ['forget', 'CSV', 'x'],
    ['passwords', 'CSV'],
    ['acknowledge', 'CSV', 'x'],
    ['aliases', 'CSV'],
    ['take-aliases', 'CSV', 'x'],
  ]) {
    const { code, stdout, stderr } = await run(['host', ...words, '--home', folder]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^HOST_NOT_RUNNING: .*manage\.json.*joinery host start/);
  }
});

test('host status shows every connector, in words and as JSON', async () => {
  const { folder, host } = await managed();
  await imported(folder);
  const { code, stdout, stderr } = await host('status');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/CSV: serving, 2 objects; last import finished, 0 minutes ago\n.*answers on https:/s);
  expect(json(await host('status', 'CSV', '--json'))).toMatchObject([
    { name: 'CSV', state: 'serving', objects: 2, lastImport: { adds: 0, unchanged: 2 } },
    { outcome: 'done', connectors: 1 },
  ]);
  const unknown = await host('status', 'csv');
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('HOST_CONNECTOR_UNKNOWN')]);
});

test('host run brings what changed, and host runs tells of it', async () => {
  const { folder, file, host } = await managed();
  await imported(folder);
  await writeFile(file, [header, ...rows, 'id-3;True;cy@contoso.example', ''].join('\n'));
  const done = await host('run', 'CSV', '--profile', 'delta');
  expect([done.code, done.stdout, done.stderr]).toEqual([
    0,
    'CSV: 1 added, 0 changed, 0 gone, 0 as before, 0 with errors.\n',
    '',
  ]);
  await writeFile(file, [header, ...rows, 'id-3;perhaps;cy@contoso.example', ''].join('\n'));
  const failing = await host('run', 'CSV');
  expect([failing.code, failing.stderr]).toEqual([1, expect.stringMatching(/id-3.*CONNECTOR_ENTRY_INVALID/)]);
  expect(failing.stderr).toContain('CLI_IMPORT_ERRORS');
  const history = await host('runs', 'CSV', '--limit', '2');
  expect(history.stdout).toMatch(
    /full import finished with errors in [\d.]+ s: .*1 with errors\. somebody asked for it/,
  );
  expect(history.stdout).toMatch(/delta import finished in [\d.]+ s: 1 added/);
  expect(history.stderr).toContain('CONNECTOR_ENTRY_INVALID');
  expect(json(await host('runs', 'CSV', '--limit', '1', '--json'))).toMatchObject([
    { connector: 'CSV', run: { kind: 'fullImport', failed: 1, errors: [{ code: 'CONNECTOR_ENTRY_INVALID' }] } },
    { outcome: 'done', runs: 1 },
  ]);
});

test('an import that is held back says what would be lost and how to accept it; host accept takes it over', async () => {
  const { folder, file, host } = await managed(many);
  await imported(folder);
  await writeFile(file, [header, ...many.slice(10), ''].join('\n'));
  // As a process of its own: nothing but the answer of the host keeps it alive.
  const held = await joinery(['host', 'run', 'CSV', '--home', folder]);
  expect([held.code, held.stdout]).toEqual([1, '']);
  expect(held.stderr).toMatch(/^! 10 would be deleted, e\.g\. id-0 \(U2lkLTA\), id-1 /);
  expect(held.stderr).toMatch(/HOST_IMPORT_HELD_BACK: .*delete 10 of 40 objects.*"joinery host accept CSV"/);
  const status = await host('status');
  expect(status.stderr).toContain('joinery host accept CSV');
  expect((await host('accept', 'CSV')).stdout).toBe('CSV: 0 added, 0 changed, 10 gone, 30 as before, 0 with errors.\n');
  const nothing = await host('accept', 'CSV', '--json');
  expect([nothing.code, json(nothing)]).toEqual([1, [expect.objectContaining({ code: 'HOST_NOTHING_HELD_BACK' })]]);
});

test('host import is done by the host that runs, and by itself where none does', async () => {
  const { folder, file, server, host } = await managed(many);
  await imported(folder);
  await writeFile(file, [header, ...many.slice(10), ''].join('\n'));
  const refused = await host('import', 'CSV');
  expect(refused.stderr).toContain('run the import again with --accept-losses');
  expect((await host('import', 'CSV', '--accept-losses')).stdout).toContain('10 gone, 30 as before');
  await server.stop();
  await writeFile(file, [header, ...many.slice(20), ''].join('\n'));
  expect((await host('import', 'CSV')).stderr).toContain('HOST_IMPORT_HELD_BACK');
  const alone = await host('import', 'CSV', '--accept-losses');
  expect([alone.code, alone.stdout]).toEqual([0, expect.stringContaining('10 gone, 20 as before')]);
});

test('after a kill the commands say that no host runs, and host import works by itself', async () => {
  const { folder, server, host } = await managed();
  await imported(folder);
  await server.stop('SIGKILL');
  expect(await readFile(join(folder, 'manage.json'), 'utf8')).toContain('token');
  expect((await host('status')).stderr).toContain('HOST_NOT_RUNNING');
  expect((await host('import', 'CSV')).stdout).toContain('2 as before');
});

test('host read-only keeps the host and a connector from writing until it is switched off', async () => {
  const { host } = await managed();
  expect((await host('read-only', 'on', 'CSV')).stdout).toBe('The connector CSV is read-only.\n');
  expect((await host('status')).stderr).toContain('"joinery host read-only off CSV"');
  expect((await host('read-only', 'on')).stdout).toBe('The host is read-only.\n');
  expect((await host('status')).stderr).toContain('the host is read-only');
  const own = await host('read-only', 'off', 'CSV');
  expect([own.stdout, own.stderr]).toEqual([
    'The switch of CSV is off.\n',
    '! CSV stays read-only; "joinery host read-only off" lets it write again.\n',
  ]);
  await host('read-only', 'on', 'CSV');
  const all = await host('read-only', 'off');
  expect([all.code, all.stderr]).toEqual([
    0,
    '! CSV stays read-only; "joinery host read-only off CSV" lets it write again.\n',
  ]);
  expect(json(await host('read-only', 'off', 'CSV', '--json'))).toEqual([
    { outcome: 'done', message: 'The connector CSV may write again.', readOnly: false, connector: 'CSV' },
  ]);
  expect((await host('status')).stderr).toBe('');
  expect((await host('read-only', 'on', 'csv')).stderr).toContain('HOST_CONNECTOR_UNKNOWN');
});

test('doubts and unknown passwords are listed, and what is not among them is refused in words', async () => {
  const { host } = await managed();
  expect((await host('doubts', 'CSV')).stdout).toBe('0 writes of CSV have no known outcome.\n');
  expect((await host('passwords', 'CSV')).stdout).toBe('0 objects of CSV may have no password.\n');
  expect((await host('forget', 'CSV', 'nothing')).stderr).toContain('HOST_DOUBT_UNKNOWN');
  expect((await host('acknowledge', 'CSV', 'nothing')).stderr).toContain('HOST_PASSWORD_KNOWN');
});

test.each([
  [['run', 'CSV', '--profile', 'half'], '--profile'],
  [['runs', 'CSV', '--limit', 'all'], '--limit'],
  [['read-only', 'maybe'], 'neither on nor off'],
  [['run'], 'connector'],
])('wrong words of joinery host %j exit 2 and are named', async (words, named) => {
  const { code, stderr } = await run(['host', ...words]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(named)]);
});

test('aliases go from one host to another as lines; a line that is none is named, and nothing of it is taken', async () => {
  const { folder, host } = await managed();
  const file = join(folder, 'aliases.ndjson');
  const identity = (text: string): string => Buffer.from(`S${text}`).toString('base64url');
  const alias = { identity: identity('new name'), id: identity('id-1') };
  await writeFile(file, `${JSON.stringify(alias)}\n{"done":true}\n`);
  expect(await host('take-aliases', 'CSV', file)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 aliases'),
  });
  expect(json(await host('aliases', 'CSV', '--json'))[0]).toMatchObject(alias);
  await writeFile(file, '{"identity":"?","id":"?"}\n');
  expect(await host('take-aliases', 'CSV', file)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('CONNECTOR_ANCHOR_INVALID'),
  });
  await writeFile(file, '{broken\n');
  expect(await host('take-aliases', 'CSV', file)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`${file}:1`),
  });
  expect((await host('take-aliases', 'CSV', join(folder, 'missing'))).code).toBe(1);
});
