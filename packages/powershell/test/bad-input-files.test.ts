import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import type { Run } from '../src/index.ts';
import { openEngine, outputOf } from './open-engine.ts';

interface Place {
  readonly run: Run;
  readonly root: string;
  readonly outside: string;
}

/** A run with a writable and a readable root, beside a folder that is not granted and that links in the root lead to. */
async function place(): Promise<Place> {
  const folder = await realpath(await temporaryFolder());
  const [root, readable, outside] = ['data', 'data2', 'outside'].map((name) => join(folder, name));
  if (root === undefined || readable === undefined || outside === undefined) throw new Error('no folders');
  for (const path of [root, readable, outside, join(root, 'sub')]) mkdirSync(path);
  writeFileSync(join(root, 'in.txt'), 'inside');
  writeFileSync(join(root, 'sub', 'deep.txt'), 'deep');
  writeFileSync(join(readable, 'read.txt'), 'readable');
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  for (const name of ['s.ps1', 's.psm1', 's.psd1']) writeFileSync(join(outside, name), "@{ a = 'secret' }");
  symlinkSync(outside, join(root, 'link'));
  symlinkSync(join(outside, 'secret.txt'), join(root, 'link.txt'));
  symlinkSync('/proc/self/root', join(root, 'proc'));
  symlinkSync('.', join(root, 'loop'));
  const engine = await openEngine({
    roots: [
      { path: root, access: 'write' },
      { path: readable, access: 'read' },
    ],
  });
  return { run: await engine.run(), root, outside };
}

const shown = (values: readonly unknown[]): string => JSON.stringify(values);

describe('no way leads to a file outside of the roots', () => {
  const paths = [
    '../outside/secret.txt',
    'link/secret.txt',
    'link.txt',
    './sub/../../outside/secret.txt',
    'none/../../outside/secret.txt',
    'FileSystem::../outside/secret.txt',
    'Microsoft.PowerShell.Core\\FileSystem::../outside/secret.txt',
    '..\\outside\\secret.txt',
    '../outside/*.txt',
    '../out*/secret.txt',
    'l[i]nk/secret.txt',
    'link/*',
    'proc/etc/passwd',
    '/proc/self/root/etc/passwd',
    '/proc/self/environ',
    '/proc/self/cmdline',
    '/proc/self/fd/3',
    '/dev/fd/3',
    '/etc/passwd',
    '//etc/passwd',
    'file:///etc/passwd',
    '~/.profile',
  ];

  test('for reading', async () => {
    const { run } = await place();
    for (const path of paths) {
      for (const read of [
        `Get-Content '${path}'`,
        `Get-Item '${path}'`,
        `Get-ChildItem '${path}'`,
        `if (Test-Path '${path}') { 'seen' }`,
        `Resolve-Path '${path}'`,
        `Import-Csv '${path}'`,
        `switch -File '${path}' { default { $_ } }`,
        `[IO.File]::ReadAllText('${path}')`,
        `[IO.File]::ReadAllLines('${path}')`,
        `if ([IO.File]::Exists('${path}')) { 'seen' }`,
        `Copy-Item '${path}' copied.txt; Get-Content copied.txt`,
        `Move-Item '${path}' moved.txt; Get-Content moved.txt`,
      ]) {
        const output = await outputOf(run, `try { ${read} } catch { }`);
        expect(shown(output.filter((value) => value !== null)), read).not.toMatch(
          /secret|root:|seen|PATH|--permission/,
        );
      }
    }
  });

  test('for running', async () => {
    const { run, outside } = await place();
    for (const file of ['../outside/s', 'link/s', join(outside, 's'), '/proc/self/root/etc/passwd']) {
      for (const script of [
        `. ${file}.ps1`,
        `& '${file}.ps1'`,
        `Import-Module '${file}.psm1' -ErrorAction Stop`,
        `Import-PowerShellDataFile '${file}.psd1'`,
        `Invoke-Expression "using module ${file}.psm1"`,
        `New-Module { . ${file}.ps1 }`,
      ]) {
        expect(shown(await outputOf(run, `try { ${script} } catch { }`)), script).not.toContain('secret');
      }
    }
  });

  test('for writing, moving and removing', async () => {
    const { run, outside } = await place();
    const before = readdirSync(outside);
    for (const path of [
      '../outside/new.txt',
      'link/new.txt',
      'link.txt',
      join(outside, 'new.txt'),
      '../data2/new.txt',
      '../data2/read.txt',
    ]) {
      for (const write of [
        `'x' > '${path}'`,
        `'x' >> '${path}'`,
        `Write-Warning x 3> '${path}'`,
        `$null = $('x' > '${path}')`,
        `'x' | Out-File '${path}'`,
        `'x' | Set-Content '${path}'`,
        `'x' | Add-Content '${path}'`,
        `Clear-Content '${path}'`,
        `'x' | Tee-Object '${path}'`,
        `New-Item '${path}' -Force`,
        `New-Item '${path}' -ItemType Directory`,
        `Copy-Item in.txt '${path}' -Force`,
        `Move-Item sub/deep.txt '${path}' -Force`,
        `Move-Item '${path}' taken.txt`,
        `[pscustomobject]@{ a = 1 } | Export-Csv '${path}'`,
        `[IO.File]::WriteAllText('${path}', 'x')`,
        `[IO.File]::AppendAllText('${path}', 'x')`,
        `[IO.File]::Copy('in.txt', '${path}', $true)`,
        `[IO.File]::Delete('${path}')`,
      ]) {
        await outputOf(run, `try { ${write} } catch { }`);
      }
    }
    await outputOf(
      run,
      'Remove-Item .. -Recurse -Force; Remove-Item ../outside -Recurse -Force; Remove-Item link/* -Force; Remove-Item ../data2 -Recurse -Force',
    );
    expect(readdirSync(outside)).toEqual(before);
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
    expect(readFileSync(join(outside, '..', 'data2', 'read.txt'), 'utf8')).toBe('readable');
  });

  test('by a link that a script makes', async () => {
    const { run, root, outside } = await place();
    const errors: string[] = [];
    for (const type of ['SymbolicLink', 'HardLink', 'Junction', 'symb', 'hard']) {
      const script = `New-Item made.txt -ItemType ${type} -Target '${join(outside, 'secret.txt')}'`;
      await outputOf(
        run,
        script,
        {},
        { onStream: (event) => event.stream === 'error' && errors.push(event.error.category) },
      );
    }
    expect(errors).toEqual(Array.from({ length: 5 }, () => 'PermissionDenied'));
    expect(readdirSync(root)).not.toContain('made.txt');
  });
});

describe('what lies in the roots', () => {
  test('is read from roots of which one begins like the other', async () => {
    const { run } = await place();
    expect(
      await outputOf(run, 'Get-Content in.txt; Get-Content ../data2/read.txt; (Get-ChildItem ../data2).Name'),
    ).toEqual(['inside', 'readable', 'read.txt']);
  });

  test('is listed although a link beside leads out; links to folders are not gone into', async () => {
    const { run, root } = await place();
    const names = ['in.txt', 'loop', 'sub'];
    expect(await outputOf(run, 'Get-ChildItem -Name | Sort-Object')).toEqual(names);
    expect(await outputOf(run, 'Get-ChildItem -Recurse -Name | Sort-Object')).toEqual([...names, 'sub/deep.txt']);
    expect(await outputOf(run, `(Get-ChildItem '${root}/*.txt').Name; (Get-ChildItem '${root}/s*/*').Name`)).toEqual([
      'in.txt',
      'deep.txt',
    ]);
    expect(await outputOf(run, 'Test-Path ../outside; Test-Path link.txt; Test-Path in.txt')).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('is what a hard link of the system leads to, as the system has it', async () => {
    const { run, root } = await place();
    linkSync(join(root, 'in.txt'), join(root, 'hard.txt'));
    expect(await outputOf(run, 'Get-Content hard.txt')).toEqual(['inside']);
  });
});

test('nothing of the environment, the machine or the process shows', async () => {
  process.env.SECRET_OF_TEST = 'of-the-environment';
  const { run } = await place();
  const output = await outputOf(
    run,
    `Get-ChildItem env: | ForEach-Object { "$($_.Name)=$($_.Value)" }
[Environment]::GetEnvironmentVariables() | ForEach-Object { $_ }
$env:PATH; $env:HOME; $env:SECRET_OF_TEST
[Environment]::GetEnvironmentVariable('SECRET_OF_TEST'); [Environment]::GetEnvironmentVariable('PATH')
[Environment]::ExpandEnvironmentVariables('%SECRET_OF_TEST%')
[Environment]::CommandLine; [Environment]::UserName; [Environment]::MachineName
$HOME; $PROFILE; $PID`,
  );
  delete process.env.SECRET_OF_TEST;
  const text = shown(output);
  expect(text).not.toContain('of-the-environment');
  for (const name of ['PATH', 'HOME', 'USER'] as const) {
    const value = process.env[name];
    if (value !== undefined && value.length > 4) expect(text).not.toContain(value);
  }
  expect(output).not.toContain(process.pid);
});

test.each([
  ['Start-Process ls'],
  ['/bin/ls /'],
  ["& '/bin/ls' /"],
  ["& 'ls'"],
  ["[System.Diagnostics.Process]::Start('ls')"],
  ['Start-Job { 1 }'],
  ['1 | ForEach-Object -Parallel { 1 }'],
  ['Start-ThreadJob { 1 }'],
  ["Add-Type 'public class A { }'"],
  ["[Reflection.Assembly]::LoadFile('/x')"],
  ['New-Object -ComObject WScript.Shell'],
  ["[Activator]::CreateInstance([type]'System.Diagnostics.Process')"],
  ['Invoke-Command -ComputerName localhost { 1 }'],
  ['Enter-PSSession localhost'],
  ["[System.Net.Sockets.TcpClient]::new('localhost', 22)"],
  ["[System.Net.WebClient]::new().DownloadString('http://127.0.0.1')"],
  ["Invoke-WebRequest 'http://127.0.0.1'"],
  ["Invoke-RestMethod 'http://127.0.0.1'"],
  ["[System.Net.Dns]::GetHostEntry('localhost')"],
  ["([xml]'<a/>').Load('http://127.0.0.1/x')"],
  ['[xml]\'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>\' | ForEach-Object { $_.a }'],
])('no process and no connection: %s', async (script) => {
  const engine = await openEngine();
  const output = await outputOf(await engine.run(), `try { ${script} } catch { 'refused' }; 'went on'`, {}, {});
  expect(output.filter((value) => value !== null && value !== 'refused' && value !== '')).toEqual(['went on']);
});
