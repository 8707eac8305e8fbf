import { mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import type { Engine, EngineOptions, RunLimits } from '../src/index.ts';
import { openEngine, outputOf } from './open-engine.ts';

/** Runs a script that must break its budget; afterwards the engine must work. */
async function expectEnd(script: string, code: string, limits: Partial<RunLimits> = {}): Promise<void> {
  const engine = await openEngine({ limits });
  const run = await engine.run();
  const started = performance.now();
  await expect(outputOf(run, script)).rejects.toMatchObject({ code });
  const { milliseconds = 20_000 } = limits;
  expect(performance.now() - started).toBeLessThan(milliseconds + 5_000);
  await expectUsable(engine);
}

async function expectUsable(engine: Engine): Promise<void> {
  expect(await outputOf(await engine.run(), "'usable'")).toEqual(['usable']);
}

const small: Partial<RunLimits> = { memoryBytes: 200 * 2 ** 20, milliseconds: 20_000 };

describe('a loop that does not end is ended', () => {
  test.each([
    ['while', 'while ($true) { }'],
    ['for', 'for () { }'],
    ['do', 'do { } while ($true)'],
    ['do until', 'do { } until ($false)'],
    ['a loop in a function', 'function f { while ($true) { } }; f'],
    ['a loop in a pipeline', '1..1000000 | ForEach-Object { 1..1000000 | ForEach-Object { } }'],
    ['a loop that catches everything', 'while ($true) { try { throw 1 } catch { } }'],
    ['a loop in a finally block', 'try { 1 } finally { while ($true) { } }'],
    ['a range', 'foreach ($i in 1..100000000) { foreach ($j in 1..1000) { } }'],
    [
      'a list that grows while it is read',
      '$l = [System.Collections.ArrayList]@(1); for ($i = 0; $i -lt $l.Count; $i++) { $null = $l.Add(1); $l.RemoveAt(0) ; $i-- }',
    ],
  ])('%s', async (_, script) => {
    await expectEnd(script, 'POWERSHELL_TIME_LIMIT', { milliseconds: 400 });
  });
});

describe('too much memory ends the run', () => {
  test.each([
    ['texts', '$l = [System.Collections.ArrayList]::new(); $i = 0; while ($true) { $i++; $null = $l.Add("$i" * 100) }'],
    [
      'objects',
      '$l = [System.Collections.ArrayList]::new(); while ($true) { $null = $l.Add([pscustomobject]@{ a = 1; b = 2 }) }',
    ],
    ['an array that grows', '$a = @(1); while ($true) { $a += $a }'],
    ['a text that doubles', "$s = 'x'; while ($true) { $s += $s }"],
    ['one giant text', "$s = 'x' * 2147483647; $s.Length"],
    ['one giant array', '$a = @(0) * 2147483647; $a.Count'],
    ['a giant range kept', '$a = 1..2147483647; $a.Count'],
    ['a hashtable that grows', '$h = @{}; $i = 0; while ($true) { $i++; $h["k$i"] = "v$i" * 20 }'],
  ])('%s', async (_, script) => {
    await expectEnd(script, 'POWERSHELL_MEMORY_LIMIT', small);
  });
});

test.each([
  ["'x'.PadLeft(2147483647).Length"],
  ["'{0,2147483647}' -f 1"],
  ["('x' * 10000) -replace 'x', ('y' * 100000)"],
  ["[string]::new('x', 2147483647)"],
  ["-join (, ('x' * 1000000) * 1000)"],
  ["('x' * 100000).Replace('x', 'y' * 100000)"],
])('a giant text is not made: %s', async (script) => {
  const engine = await openEngine({ limits: small });
  const made = `try { $null = ${script}; 'made' } catch { 'refused' }`;
  try {
    expect(await outputOf(await engine.run(), made)).toEqual(['refused']);
  } catch (error) {
    expect(error).toMatchObject({ code: 'POWERSHELL_MEMORY_LIMIT' });
  }
  await expectUsable(engine);
});

describe('deep recursion is an error of the script', () => {
  test.each([
    ['a function', 'function f { f }; f'],
    ['two functions', 'function a { b }; function b { a }; a'],
    ['a script block', '$b = { & $b }; & $b'],
    ['a pipeline', 'function f { 1 | ForEach-Object { f } }; f'],
    ['a script property', '$o = [pscustomobject]@{}; $o | Add-Member ScriptProperty P { $this.P }; $o.P; f'],
    ['a class', 'class C { [int] M() { return $this.M() } }; [C]::new().M()'],
  ])('%s', async (_, script) => {
    const engine = await openEngine();
    const run = await engine.run();
    const output = await outputOf(run, `try { ${script} } catch { $_.FullyQualifiedErrorId }; 'went on'`);
    expect(output.at(-1)).toBe('went on');
    await expectUsable(engine);
  });

  test('the depth that PowerShell reaches is reached', async () => {
    const run = await (await openEngine()).run();
    expect(await outputOf(run, 'function f($n) { if ($n -eq 0) { "deep" } else { f ($n - 1) } }; f 900')).toEqual([
      'deep',
    ]);
  });

  test('a text that is nested deeper than anybody writes is refused', async () => {
    const engine = await openEngine();
    for (const open of ['(', '$(', '@(', '{', '@{a=', '[', '-not ', '"$(']) {
      await expect(outputOf(await engine.run(), open.repeat(50_000))).rejects.toMatchObject({
        code: expect.stringMatching(/^POWERSHELL_(PARSE|SCRIPT_FAILED)$/),
      });
    }
    await expectUsable(engine);
  });
});

test.each([
  ["('a' * 40 + '!') -match '^(a+)+$'"],
  ["('a' * 40 + '!') -replace '(a|aa)+$', ''"],
  ["[regex]::IsMatch('x' * 5000, '(x+x+)+y')"],
  ["('ab' * 5000) -split '(a*)*c'"],
])('a regular expression that tries too much is ended: %s', async (script) => {
  const engine = await openEngine({ limits: { milliseconds: 3_000 } });
  const started = performance.now();
  try {
    await outputOf(await engine.run(), script);
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^POWERSHELL_(TIME_LIMIT|SCRIPT_FAILED)$/) });
  }
  expect(performance.now() - started).toBeLessThan(8_000);
  await expectUsable(engine);
});

describe('a flood is ended', () => {
  test.each([
    ['of output', "while ($true) { 'x' * 1000 }"],
    ['of nothing', 'while ($true) { $null }'],
    ['of warnings', "while ($true) { Write-Warning 'x' }"],
    ['of errors', "while ($true) { Write-Error 'x' }"],
    ['of one value that holds another many times over', '$a = @(1); 1..40 | ForEach-Object { $a = @($a, $a) }; , $a'],
  ])('%s', async (_, script) => {
    await expectEnd(script, 'POWERSHELL_OUTPUT_LIMIT', { outputBytes: 2 ** 20 });
  });
});

describe('files outside of the roots stay what they are', () => {
  async function rooted(access: 'read' | 'write'): Promise<{ options: EngineOptions; outside: string }> {
    const folder = await realpath(await temporaryFolder());
    const root = join(folder, 'root');
    const outside = join(folder, 'outside');
    for (const path of [root, outside]) {
      await mkdir(path);
      await writeFile(join(path, 'secret.ps1'), "'secret'");
    }
    await symlink(outside, join(root, 'link'));
    await symlink(join(outside, 'secret.ps1'), join(root, 'link.ps1'));
    await symlink(join(outside, 'new.txt'), join(root, 'dangling.txt'));
    return { options: { roots: [{ path: root, access }] }, outside };
  }

  test.each([
    ['../outside/secret.ps1'],
    ['link/secret.ps1'],
    ['link.ps1'],
    ['./x/../../outside/secret.ps1'],
    ['/etc/passwd'],
  ])('reading %s', async (path) => {
    const { options } = await rooted('write');
    const run = await (await openEngine(options)).run();
    for (const script of [
      `. ${path}`,
      `& ./${path}`,
      `switch -File ${path} { default { $_ } }`,
      `Import-Module ./${path} -ErrorAction Stop`,
    ]) {
      const output = await outputOf(run, `try { ${script} } catch { }`);
      expect(output).toEqual([]);
    }
  });

  test.each([['../outside/secret.ps1'], ['link/secret.ps1'], ['link.ps1'], ['dangling.txt'], ['link/new.txt']])(
    'writing %s',
    async (path) => {
      const { options, outside } = await rooted('write');
      const run = await (await openEngine(options)).run();
      await outputOf(run, `try { 'changed' > ${path} } catch { }`);
      expect(await readFile(join(outside, 'secret.ps1'), 'utf8')).toBe("'secret'");
      await expect(readFile(join(outside, 'new.txt'))).rejects.toThrow('ENOENT');
    },
  );

  test('a root that may be read is not written', async () => {
    const { options } = await rooted('read');
    const run = await (await openEngine(options)).run();
    await outputOf(run, "try { 'x' > new.txt } catch { }; try { 'x' >> secret.ps1 } catch { }");
    const [root] = options.roots ?? [];
    expect(await readFile(join(root?.path ?? '', 'secret.ps1'), 'utf8')).toBe("'secret'");
    await expect(readFile(join(root?.path ?? '', 'new.txt'))).rejects.toThrow('ENOENT');
  });
});

describe('names of JavaScript are names like any other', () => {
  const names = ['constructor', '__proto__', 'hasOwnProperty', 'valueOf', 'prototype', 'then'];

  test.each(names.map((name) => [name]))('%s', async (name) => {
    const run = await (await openEngine()).run();
    const script = `
$null -eq $${name}
$h = @{}; $null -eq $h.${name}; $h.${name} = 1; $h.${name}; $h.Count
$o = [pscustomobject]@{ ${name} = 2 }; $o.${name}; @($o.psobject.Properties).Count
$${name} = 3; $${name}
function ${name} { 4 }; ${name}
$x = [pscustomobject]@{}; $x | Add-Member NoteProperty ${name} 5; $x.${name}
@{ ${name} = 6 }.Keys
try { & { param($${name}) $${name} } -${name} 7 } catch { 'failed' }
$env:${name} = '8'; $env:${name}
switch ('${name}') { ${name} { 9 } }
"$([pscustomobject]@{ a = 1 })"
`;
    expect(await outputOf(run, script)).toEqual([true, true, 1, 1, 2, 1, 3, 4, 5, name, 7, '8', 9, '@{a=1}']);
  });

  test('members of that name that a value does not have do not lead into the engine', async () => {
    const run = await (await openEngine()).run();
    for (const name of ['constructor', '__proto__', 'hasOwnProperty', 'valueOf']) {
      for (const value of ["'a'", '1', '1.5', '@(1)', '@{}', '{ }', '[int]', '[pscustomobject]@{ a = 1 }']) {
        expect(await outputOf(run, `$null -eq (${value}).${name}`)).toEqual([true]);
        expect(await outputOf(run, `try { (${value}).${name}() } catch { $_.FullyQualifiedErrorId }`)).toEqual([
          'MethodNotFound',
        ]);
      }
    }
  });
});

test('a run that is cancelled ends with the reason of the signal, also where the script does not look', async () => {
  for (const script of [
    'while ($true) { }',
    "('a' * 60 + '!') -match '^(a+)+$'; while ($true) { }",
    'while ($true) { 1 }',
  ]) {
    const engine = await openEngine();
    const run = await engine.run();
    const stop = new AbortController();
    const reading = outputOf(run, script, {}, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(reading).rejects.toThrow('enough');
    await expectUsable(engine);
  }
});

test('finally blocks run when a run is cancelled or its time is over', async () => {
  const folder = await realpath(await temporaryFolder());
  const engine = await openEngine({ roots: [{ path: folder, access: 'write' }], limits: { milliseconds: 300 } });
  const script = "try { while ($true) { } } finally { 'cleaned' > cleaned.txt }";
  await expect(outputOf(await engine.run(), script)).rejects.toMatchObject({ code: 'POWERSHELL_TIME_LIMIT' });
  expect(await readFile(join(folder, 'cleaned.txt'), 'utf8')).toContain('cleaned');
});
