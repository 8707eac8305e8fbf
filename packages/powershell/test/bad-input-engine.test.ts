import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import type { Engine, EngineOptions, EngineValue, RunLimits } from '../src/index.ts';
import { openEngine, outputOf } from './open-engine.ts';

const small: Partial<RunLimits> = { milliseconds: 200, memoryBytes: 256 * 2 ** 20 };
/** How long after its limit a run may still be there. */
const graceMs = 5_000;

async function expectUsable(engine: Engine): Promise<void> {
  expect(await outputOf(await engine.run(), "'usable'")).toEqual(['usable']);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function pidOf({ processId }: Engine): number {
  if (processId === undefined || processId <= 1) throw new Error('the engine has no process');
  return processId;
}

const endless = [
  ['a sleep', 'Start-Sleep 1000'],
  ['blocks in blocks that all loop', 'function f { try { f } finally { f } }; while ($true) { try { f } catch { } }'],
  ['loops in finally blocks', 'try { while (1) { } } finally { try { while (1) { } } finally { while (1) { } } }'],
  ['a number that grows', '$b = [bigint]10; while ($true) { $b = $b * $b % [bigint]::Pow(7, 5000) }'],
  ['a constructor', 'class A { A() { while ($true) { } } }; [A]::new()'],
  ['a text of an object', 'class A { [string] ToString() { while ($true) { }; return 1 } }; "$([A]::new())"'],
  [
    'a comparer',
    'class A : System.IComparable { [int] CompareTo([object] $o) { while ($true) { }; return 1 } }; [A]::new(), [A]::new() | Sort-Object',
  ],
  ['a property', '$o = [pscustomobject]@{}; $o | Add-Member ScriptProperty P { while ($true) { } }; $o.P'],
  [
    'a property that is read for the caller',
    '$o = [pscustomobject]@{}; $o | Add-Member ScriptProperty P { while ($true) { } }; $o',
  ],
  ['a sort key', '1..3 | Sort-Object { while ($true) { } }'],
  ['a trap that goes on', 'while ($true) { trap { continue } throw 1 }'],
] as const;

test('a trap goes on behind the statement that failed, a whole loop among them', async () => {
  const script = "trap { continue } while ($true) { try { throw 1 } finally { } }; 'behind'";
  expect(await outputOf(await (await openEngine({ limits: small })).run(), script)).toEqual(['behind']);
});

describe('what does not end', () => {
  test.each(endless)('%s: its time ends it, and its process', async (_, script) => {
    const engine = await openEngine({ limits: small });
    const run = await engine.run();
    const pid = pidOf(engine);
    const started = performance.now();
    await expect(outputOf(run, script)).rejects.toMatchObject({ code: 'POWERSHELL_TIME_LIMIT' });
    expect(performance.now() - started).toBeLessThan(200 + graceMs);
    expect(isThere(pid)).toBe(false);
    await expectUsable(engine);
  });

  const stopped = /sleep|finally|read for the caller|trap/;
  test.each(endless.filter(([name]) => stopped.test(name)))('%s: a signal ends it', async (_, script) => {
    const engine = await openEngine();
    const stop = new AbortController();
    const values = (await engine.run()).invoke(`'begun'; ${script}`, {}, { signal: stop.signal });
    expect((await values.next()).value).toBe('begun');
    const ended = expect(values.next()).rejects.toThrow('enough');
    const started = performance.now();
    stop.abort(new Error('enough'));
    await ended;
    expect(performance.now() - started).toBeLessThan(graceMs);
  });
});

describe('a signal', () => {
  test('that was given before ends nothing that runs; one after the end changes nothing', async () => {
    const engine = await openEngine();
    const run = await engine.run();
    await expect(outputOf(run, '1', {}, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
    const stop = new AbortController();
    await outputOf(run, '$kept = 5', {}, { signal: stop.signal });
    stop.abort();
    expect(await outputOf(run, '$kept')).toEqual([5]);
  });

  test('between two values ends the run when the next is asked for', async () => {
    const engine = await openEngine();
    const stop = new AbortController();
    const values = (await engine.run()).invoke('1..1000000', {}, { signal: stop.signal });
    await values.next();
    stop.abort(new Error('enough'));
    await expect(values.next()).rejects.toThrow('enough');
    await expectUsable(engine);
  });

  test('ends the opening of a run', async () => {
    const engine = await openEngine(await withModule('while ($true) { }'));
    const stop = new AbortController();
    const opening = expect(engine.run({ signal: stop.signal })).rejects.toThrow('enough');
    stop.abort(new Error('enough'));
    await opening;
  });
});

async function withModule(text: string, limits: Partial<RunLimits> = {}): Promise<EngineOptions> {
  const folder = await realpath(await temporaryFolder());
  const path = join(folder, 'module.psm1');
  await writeFile(path, text);
  return { roots: [{ path: folder, access: 'read' }], modules: [path], limits };
}

test.each([
  ['loops', 'while ($true) { }', 'POWERSHELL_TIME_LIMIT'],
  ['waits', 'Start-Sleep 1000', 'POWERSHELL_TIME_LIMIT'],
  ['fills the memory', '$a = @(1); while ($true) { $a += $a }', 'POWERSHELL_MEMORY_LIMIT'],
  ['throws', 'throw 1', 'POWERSHELL_SCRIPT_FAILED'],
])('a module that %s ends the opening of a run', async (_, text, code) => {
  const milliseconds = code === 'POWERSHELL_TIME_LIMIT' ? 300 : 20_000;
  const engine = await openEngine(await withModule(text, { ...small, milliseconds }));
  await expect(engine.run()).rejects.toMatchObject({ code });
});

describe.skipIf(process.platform === 'win32')('a process', () => {
  test('that is stopped ends what waits for it in time: an invocation, the opening of a run, the end of one', async () => {
    const uses: readonly ((engine: Engine) => Promise<unknown>)[] = [
      async (engine) => await outputOf(stopped(engine, await engine.run()), '1'),
      async (engine) => {
        stopped(engine, await engine.run());
        return await engine.run();
      },
      async (engine) => await stopped(engine, await engine.run()).close(),
    ];
    const ends = uses.map(async (use) => {
      const engine = await openEngine({ limits: { ...small, milliseconds: 1_000 } });
      const started = performance.now();
      await use(engine).catch((error: unknown) => expect(error).toMatchObject({ code: 'POWERSHELL_TIME_LIMIT' }));
      expect(performance.now() - started).toBeLessThan(1_000 + graceMs);
      await expectUsable(engine);
    });
    await Promise.all(ends);
  });

  function stopped<T>(engine: Engine, run: T): T {
    process.kill(pidOf(engine), 'SIGSTOP');
    return run;
  }

  test('whose parent was killed ends, whatever its script does', async () => {
    const scripts = [
      "'ready'; Start-Sleep 1000",
      "'ready'; while ($true) { }",
      "'ready'; try { while ($true) { } } finally { while ($true) { } }",
      "'ready'; while ($true) { 'x' * 1000 }",
      "'ready'",
    ];
    const program = fileURLToPath(new URL('./lone-parent.ts', import.meta.url));
    const ends = scripts.map(async (script) => {
      const parent = spawn(process.execPath, [program, script], { stdio: ['ignore', 'pipe', 'inherit'] });
      onTestFinished(() => void parent.kill('SIGKILL'));
      const [line] = await once(parent.stdout, 'data');
      const child = Number(String(line));
      expect(isThere(child), script).toBe(true);
      parent.kill('SIGKILL');
      await expect.poll(() => isThere(child), { timeout: 5_000, message: script }).toBe(false);
    });
    await Promise.all(ends);
  });
});

describe('a caller', () => {
  test('that leaves in the middle of a flood leaves no process', async () => {
    const engine = await openEngine();
    const run = await engine.run();
    const pid = pidOf(engine);
    for await (const value of run.invoke("while ($true) { 'x' * 100000 }")) if (value !== null) break;
    expect(isThere(pid)).toBe(false);
    await expectUsable(engine);
  });

  test('whose handler of streams throws gets its own error', async () => {
    const engine = await openEngine();
    const onStream = (): void => {
      throw new Error('mine');
    };
    await expect(outputOf(await engine.run(), 'Write-Warning x; 1', {}, { onStream })).rejects.toThrow('mine');
    await expectUsable(engine);
  });

  test('that closes the engine ends what runs', async () => {
    const engine = await openEngine();
    const pid = pidOf(engine);
    const values = (await engine.run()).invoke("'begun'; while ($true) { }");
    await values.next();
    const ended = expect(values.next()).rejects.toMatchObject({ code: 'POWERSHELL_CLOSED' });
    await engine.close();
    await ended;
    expect(isThere(pid)).toBe(false);
  });

  test('that hands over what cannot be does not harm the run', async () => {
    const run = await (await openEngine()).run();
    await expect(outputOf(run, '1', JSON.parse('{"x":{"kind":"none"}}'))).rejects.toThrow();
    await expect(outputOf(run, '1', { x: nested(80) })).rejects.toMatchObject({ code: 'POWERSHELL_VALUE_INVALID' });
    const large = 'x'.repeat(2 ** 28);
    await expect(outputOf(run, '1', { x: large, y: large, z: large })).rejects.toMatchObject({
      code: 'POWERSHELL_VALUE_INVALID',
    });
    expect(await outputOf(run, "'the same run'")).toEqual(['the same run']);
  });

  test.each([[Number.NaN], [0], [-1], [Number.POSITIVE_INFINITY]])(
    'that gives %d as a limit is refused',
    async (limit) => {
      for (const name of ['milliseconds', 'callDepth', 'valueBytes', 'memoryBytes', 'outputBytes']) {
        await expect(openEngine({ limits: { [name]: limit } })).rejects.toMatchObject({
          code: 'POWERSHELL_LIMIT_INVALID',
        });
      }
      const run = await (await openEngine()).run();
      const reading = outputOf(run, '1', {}, { limits: { milliseconds: limit } });
      await expect(reading).rejects.toMatchObject({ code: 'POWERSHELL_LIMIT_INVALID' });
    },
  );
});

function nested(levels: number): EngineValue {
  return levels === 0 ? [] : [nested(levels - 1)];
}

test('names of JavaScript cross as names like any other', async () => {
  const names = '{"__proto__": 1, "constructor": 2, "toString": 3}';
  const engine = await openEngine({ variables: JSON.parse(names), environment: JSON.parse('{"__proto__": "e"}') });
  const script =
    'param($__proto__) $__proto__; $constructor; $toString; $env:__proto__; [pscustomobject]@{ __proto__ = 6 }';
  const output = await outputOf(await engine.run(), script, JSON.parse('{"__proto__": 5}'));
  expect(output.slice(0, 4)).toEqual([5, 2, 3, 'e']);
  expect(output[4]).toMatchObject({ properties: new Map([['__proto__', 6]]) });
});

test.each([
  ['files', "$x = 'x' * 100000; while ($true) { $x >> big.txt }"],
  ['progress', 'while ($true) { Write-Progress x }'],
  ['verbose messages', 'while ($true) { Write-Verbose x -Verbose }'],
  ['host output', "while ($true) { Write-Host 'x' }"],
])('a flood of %s is ended', async (_, script) => {
  const folder = await realpath(await temporaryFolder());
  const engine = await openEngine({ roots: [{ path: folder, access: 'write' }], limits: { outputBytes: 2 ** 20 } });
  await expect(outputOf(await engine.run(), script)).rejects.toMatchObject({ code: 'POWERSHELL_OUTPUT_LIMIT' });
});

test('errors that nobody sees do not fill the memory', async () => {
  const engine = await openEngine({ limits: { ...small, milliseconds: 1_000 } });
  const script =
    "$MaximumErrorCount = 32768; while ($true) { try { throw 'x' } catch { }; Write-Error 'y' -ErrorAction SilentlyContinue }";
  await expect(outputOf(await engine.run(), script)).rejects.toMatchObject({ code: 'POWERSHELL_TIME_LIMIT' });
});
