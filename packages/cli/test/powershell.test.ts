import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeAuthority } from '../../../testing/directories/certificates.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { startWebServer } from '../../powershell/test/web/web-server.ts';
import { startJoinery } from './process.ts';
import { run } from './run.ts';

test('powershell eval prints what the script writes, a line for each value', async () => {
  const script = "1..2 | ForEach-Object { $_ * 2 }; 'a'; [pscustomobject]@{ Name = 'Zoë'; Tags = @(1, $null) }; $true";
  const { code, stdout, stderr } = await run(['powershell', 'eval', script]);
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: '2\n4\na\n{"Name":"Zoë","Tags":[1,null]}\ntrue\n',
    stderr: '',
  });
});

test('powershell eval --json prints values, streams and the end as objects', async () => {
  const { stdout } = await run(['powershell', 'eval', "Write-Warning w; 1.5; Write-Host 'h'", '--json']);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toEqual([
    { warning: 'WARNING: w', stream: 'warning', text: 'w' },
    { value: 1.5 },
    { stream: 'information', text: 'h' },
    { outcome: 'done', values: 1 },
  ]);
});

test('powershell run gives the script its parameters and the files that are granted', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'out'));
  await writeFile(join(folder, 'part.ps1'), 'function Get-Greeting($Name) { "Hello $Name" }');
  await writeFile(
    join(folder, 'a.ps1'),
    'param($Name) . $PSScriptRoot/part.ps1; Get-Greeting $Name; "x" > $PSScriptRoot/out/b.txt',
  );
  const words = ['powershell', 'run', 'a.ps1', '-p', 'Name=Zoë', '--write', 'out'];
  const { code, stdout, stderr } = await run(words, { workingFolder: folder });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'Hello Zoë\n', stderr: '' });
});

test('relative paths of a script and of what is granted start at the working folder', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'scripts'));
  await mkdir(join(folder, 'out'));
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data/people.csv'), 'Name\nZoë\n');
  await writeFile(
    join(folder, 'scripts/a.ps1'),
    'param($Path) (Import-Csv $Path).Name; "x" > out/b.txt; Get-Content out/b.txt',
  );
  const granted = ['--write', 'out', '--read', 'data'];
  const words = ['powershell', 'run', 'scripts/a.ps1', '-p', 'Path=data/people.csv', ...granted];
  const { code, stdout, stderr } = await run(words, { workingFolder: folder });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'Zoë\nx\n', stderr: '' });
});

test('a script that fails exits 1 with its error and place', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'a.ps1'), "'before'\nthrow 'boom'");
  const { code, stdout, stderr } = await run(['powershell', 'run', 'a.ps1'], { workingFolder: folder });
  expect([code, stdout]).toEqual([1, 'before\n']);
  expect(stderr).toContain(`POWERSHELL_SCRIPT_FAILED: ${join(folder, 'a.ps1')}:2:1: boom`);
});

test('errors that a script goes on after are warnings and exit 0', async () => {
  const { code, stdout, stderr } = await run(['powershell', 'eval', "Write-Error 'e'; 1/0; 'after'"]);
  expect([code, stdout]).toEqual([0, 'after\n']);
  expect(stderr).toMatch(/ e\n.*line 1, column \d+: Attempted to divide by zero\./);
});

test('a script talks to the hosts that are granted, and trusts the authority that is named', async () => {
  const folder = await temporaryFolder();
  const authority = await makeAuthority(folder);
  const { certFile, keyFile } = await authority.server('hr', ['127.0.0.1']);
  const server = await startWebServer({ cert: await readFile(certFile), key: await readFile(keyFile) });
  onTestFinished(() => server.close());
  const script = `try { (Invoke-RestMethod ${server.base}/json).name } catch { $_.Exception.Message }`;
  const evaluate = async (...words: readonly string[]): Promise<string> =>
    (await run(['powershell', 'eval', script, ...words], { workingFolder: folder })).stdout.trim();
  const host = ['--host', `127.0.0.1:${server.port}`];
  expect(await evaluate()).toBe(`Access to 127.0.0.1:${server.port} is not granted.`);
  expect(await evaluate(...host)).toBe('The SSL connection could not be established, see inner exception.');
  expect(await evaluate(...host, '--ca', authority.caFile)).toBe('Ärger');
  expect((await run(['powershell', 'eval', '1', '--host', 'nothing'])).code).not.toBe(0);
});

test('what the page on PowerShell shows of web requests is covered', async () => {
  const page = await readFile(new URL('../../../docs/powershell.md', import.meta.url), 'utf8');
  const shown = [...page.matchAll(/^```powershell\n(.*?)^```$/gms)].map(([, text = '']) => text);
  expect(shown.length).toBeGreaterThan(0);
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'shown.ps1'), `param($Page, $Token, $uri, $user)\n${shown.join('\n')}`);
  const { code, stdout } = await run(['powershell', 'check', 'shown.ps1'], { workingFolder: folder });
  expect({ code, stdout }).toMatchObject({ code: 0 });
});

test('a script that does not end is ended after the given time', async () => {
  const { code, stderr } = await run(['powershell', 'eval', 'while ($true) { }', '--seconds', '0.3']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^POWERSHELL_TIME_LIMIT: /);
});

test('what is missing is found before anything runs', async () => {
  const { code, stdout, stderr } = await run(['powershell', 'eval', "'before'\nGet-Nothing"]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^POWERSHELL_NOT_COVERED: line 2, column 1: /);
});

test('powershell check lists what is missing with its places and exits 1; files see one another', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'a.ps1'), 'Get-Mine\n[No.Such]::Thing()');
  await writeFile(join(folder, 'b.psm1'), 'function Get-Mine { 1 }');
  const both = await run(['powershell', 'check', 'a.ps1', 'b.psm1'], { workingFolder: folder });
  expect(both.code).toBe(1);
  expect(both.stderr).toContain(`${join(folder, 'a.ps1')}:2:1: missing: type [No.Such]`);
  expect(both.stderr).not.toContain('Get-Mine');
  const alone = await run(['powershell', 'check', 'a.ps1', '--json'], { workingFolder: folder });
  const lines = alone.stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines[0]).toMatchObject({ kind: 'command', name: 'Get-Mine', state: 'missing', line: 1, column: 1 });
  expect(lines.at(-1)).toMatchObject({ outcome: 'failed', code: 'POWERSHELL_NOT_COVERED' });
});

test('powershell check of what is all there exits 0; --all lists it', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'a.ps1'), "if ($true) { 'a'.ToUpper() }");
  const { code, stdout } = await run(['powershell', 'check', 'a.ps1', '--all'], { workingFolder: folder });
  expect(code).toBe(0);
  expect(stdout).toContain('covered: construct if');
  expect(stdout).toMatch(/Nothing is missing: \d+ covered, 0 approximated\.\n$/);
});

test.each([
  [['powershell', 'run', 'none.ps1']],
  [['powershell', 'check']],
  [['powershell', 'eval', '1', '-p', 'x']],
  [['powershell', 'eval', '1', '--seconds', 'x']],
])('%j is wrong usage', async (words) => {
  expect((await run(words)).code).toBe(2);
});

test('a command whose reader leaves ends calmly, with the exit code of a broken pipe', async () => {
  const running = startJoinery(['powershell', 'eval', "while ($true) { 'line' }"]);
  await running.said(/line/);
  running.child.stdout?.destroy();
  const { code, stderr } = await running.ended;
  expect({ code, stderr }).toEqual({ code: 141, stderr: expect.stringMatching(/^RUNTIME_CANCELLED: .*\n$/) });
});
