import { mkdir, readdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isProblem } from '@joinery/problems';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import {
  customObject,
  date,
  Engine,
  type EngineError,
  type EngineValue,
  hashtable,
  type StreamEvent,
} from '../src/index.ts';
import { openEngine, openRun, outputOf } from './open-engine.ts';

/** The problem that reading a script ends with. */
async function failureOf(
  reading: Promise<unknown>,
): Promise<{ code: string; detail: string; place?: string | undefined }> {
  try {
    await reading;
  } catch (error) {
    if (isProblem(error)) return { code: error.code, detail: error.detail, place: error.place };
    throw error;
  }
  throw new Error('it did not fail');
}

describe('values', () => {
  const values: readonly (readonly [string, EngineValue, string])[] = [
    ['a text', 'Zoë \u{1f600} \0', 'System.String'],
    ['a boolean', true, 'System.Boolean'],
    ['an Int32', -2_147_483_648, 'System.Int32'],
    ['an Int64', 9_223_372_036_854_775_807n, 'System.Int64'],
    ['a Double', { kind: 'number', type: 'System.Double', text: '0.1' }, 'System.Double'],
    ['a Double that looks whole', { kind: 'number', type: 'System.Double', text: '1' }, 'System.Double'],
    ['a Decimal with its scale', { kind: 'number', type: 'System.Decimal', text: '1.50' }, 'System.Decimal'],
    ['a Byte', { kind: 'number', type: 'System.Byte', text: '255' }, 'System.Byte'],
    ['bytes', new Uint8Array([0, 1, 255]), 'System.Byte[]'],
    ['a UTC date', date(new Date(1_700_000_000_123)), 'System.DateTime'],
    ['a date without a zone', { kind: 'date', text: '2024-02-29T12:00:00.1234567' }, 'System.DateTime'],
    ['a hashtable', hashtable({ a: 1, b: ['x', null] }), 'System.Collections.Hashtable'],
    [
      'an ordered dictionary',
      {
        kind: 'dictionary',
        ordered: true,
        entries: new Map<EngineValue, EngineValue>([
          ['b', 1],
          ['a', 2],
        ]),
      },
      'System.Collections.Specialized.OrderedDictionary',
    ],
    [
      'a custom object',
      customObject({ Name: 'x', Inner: customObject({}) }),
      'System.Management.Automation.PSCustomObject',
    ],
    ['a GUID', { kind: 'opaque', type: 'System.Guid', text: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef' }, 'System.Guid'],
    ['a Char', { kind: 'opaque', type: 'System.Char', text: 'x' }, 'System.Char'],
    ['an enum', { kind: 'opaque', type: 'System.DayOfWeek', text: 'Friday' }, 'System.DayOfWeek'],
  ];

  test('every form goes in and comes out as it was', async () => {
    const run = await openRun();
    for (const [name, value, type] of values) {
      const output = await outputOf(run, 'param($v) $v.GetType().FullName; , $v', { v: value });
      expect([name, ...output]).toEqual([name, type, value]);
    }
  });

  test('null, a list and an error', async () => {
    const run = await openRun();
    expect(await outputOf(run, 'param($v) $null -eq $v; $null', { v: null })).toEqual([true, null]);
    expect(await outputOf(run, 'param($v) $v.GetType().Name; , $v', { v: [1, 'a', [2]] })).toEqual([
      'Object[]',
      [1, 'a', [2]],
    ]);
    const error: EngineError = {
      kind: 'error',
      id: 'Mine',
      category: 'InvalidData',
      type: 'System.ArgumentException',
      message: 'no',
      line: 0,
      column: 0,
    };
    expect(await outputOf(run, 'param($v) $v.FullyQualifiedErrorId; $v.Exception.Message; $v', { v: error })).toEqual([
      'Mine',
      'no',
      error,
    ]);
  });

  test('a type that is not known is refused', async () => {
    const run = await openRun();
    const value: EngineValue = { kind: 'opaque', type: 'No.Such', text: '' };
    expect(await failureOf(outputOf(run, 'param($v) $v', { v: value }))).toMatchObject({
      code: 'POWERSHELL_SCRIPT_FAILED',
    });
  });

  test('a value that holds itself comes out cut, and cannot be handed in', async () => {
    const run = await openRun();
    const [out] = await outputOf(run, '$a = @{}; $a.self = $a; $a');
    expect(JSON.stringify(out, (_, item: unknown) => (item instanceof Map ? [...item] : item))).toContain('opaque');
    const entries = new Map<EngineValue, EngineValue>();
    const round: EngineValue = { kind: 'dictionary', ordered: false, entries };
    entries.set('self', round);
    expect(await failureOf(outputOf(run, 'param($v)', { v: round }))).toMatchObject({
      code: 'POWERSHELL_VALUE_INVALID',
      place: '-v',
    });
  });
});

describe('a run', () => {
  test('takes parameters by name, arguments by place, and $_', async () => {
    const run = await openRun();
    expect(await outputOf(run, 'param([int]$A, $B) $A + 1; $B', { A: '41', b: 'x' })).toEqual([42, 'x']);
    expect(await outputOf(run, '$args', {}, { arguments: ['a', 1] })).toEqual(['a', 1]);
    expect(await outputOf(run, '$_.Name', {}, { underscore: customObject({ Name: 'Zoë' }) })).toEqual(['Zoë']);
    expect(await outputOf(run, '$null -eq $_')).toEqual([true]);
  });

  test('keeps what a script sets; another run begins anew with the variables of the engine', async () => {
    const engine = await openEngine({ variables: { Given: hashtable({ a: 1 }) } });
    const first = await engine.run();
    const second = await engine.run();
    await outputOf(first, '$x = 1; function Get-X { $x }; $Given.a = 2');
    expect(await outputOf(first, 'Get-X; $Given.a')).toEqual([1, 2]);
    expect(await outputOf(second, '$null -eq $x; $Given.a')).toEqual([true, 1]);
    await first.close();
    expect(await failureOf(outputOf(first, '1'))).toMatchObject({ code: 'POWERSHELL_CLOSED' });
    expect(await outputOf(second, '2')).toEqual([2]);
  });

  test('yields values while the script still runs, and the script waits for who reads them', async () => {
    const run = await openRun({ limits: { milliseconds: 60_000 } });
    let read = 0;
    for await (const value of run.invoke('$i = 0; while ($true) { $i++; $i; Set-Variable seen $i -Scope Global }')) {
      read += 1;
      expect(value).toBe(read);
      if (read === 1000) break;
    }
    expect(await failureOf(outputOf(run, '$seen'))).toMatchObject({ code: 'POWERSHELL_RUN_LOST' });
  });

  test('runs of one engine take turns', async () => {
    const engine = await openEngine();
    const runs = await Promise.all([engine.run(), engine.run(), engine.run()]);
    const outputs = await Promise.all(runs.map((run, at) => outputOf(run, `1..100 | ForEach-Object { $_ * ${at} }`)));
    expect(outputs.map((output) => output.at(-1))).toEqual([0, 100, 200]);
  });

  test('hears of errors, warnings and information as they are written', async () => {
    const run = await openRun();
    const events: StreamEvent[] = [];
    const script = `Write-Warning w
Write-Error e
Write-Information @{ a = 1 } -Tags t
Write-Host h
$VerbosePreference = 'Continue'; Write-Verbose v`;
    await outputOf(run, script, {}, { onStream: (event) => events.push(event) });
    expect(events).toMatchObject([
      { stream: 'warning', text: 'w' },
      { stream: 'error', error: { kind: 'error', message: 'e' } },
      { stream: 'information', value: { kind: 'dictionary' }, tags: ['t'] },
      { stream: 'information', text: 'h', tags: ['PSHOST'] },
      { stream: 'verbose', text: 'v' },
    ]);
  });

  test('reads below one root and writes below another inside it', async () => {
    const folder = await realpath(await temporaryFolder());
    await mkdir(join(folder, 'out'));
    await writeFile(join(folder, 'a.ps1'), "'a'");
    const run = await openRun({
      roots: [
        { path: join(folder, 'out'), access: 'write' },
        { path: folder, access: 'read' },
      ],
    });
    expect(await outputOf(run, "& ../a.ps1; 'x' > b.txt; try { 'x' > ../c.txt } catch { }")).toEqual(['a']);
    expect(await readdir(folder)).toEqual(['a.ps1', 'out']);
    expect(await readdir(join(folder, 'out'))).toEqual(['b.txt']);
  });

  test('imports the modules of the engine', async () => {
    const folder = await realpath(await temporaryFolder());
    await writeFile(join(folder, 'mine.psm1'), 'function Get-Mine { "mine" }');
    const run = await openRun({ roots: [{ path: folder, access: 'read' }], modules: [join(folder, 'mine.psm1')] });
    expect(await outputOf(run, 'Get-Mine')).toEqual(['mine']);
  });

  test('sees nothing of the environment but what is given', async () => {
    const run = await openRun({ environment: { GIVEN: 'x' } });
    expect(await outputOf(run, '$env:GIVEN; $null -eq $env:PATH')).toEqual(['x', true]);
  });
});

describe('a script that fails', () => {
  test('by an error that nobody catches says which, and where; the run goes on', async () => {
    const run = await openRun();
    const failure = run.invoke({ text: "'before'\n  throw 'boom'", file: '/scripts/a.ps1' });
    expect((await failure.next()).value).toBe('before');
    await expect(failure.next()).rejects.toMatchObject({
      code: 'POWERSHELL_SCRIPT_FAILED',
      detail: 'boom',
      place: '/scripts/a.ps1:2:3',
      cause: { kind: 'error', id: 'boom', category: 'OperationStopped' },
    });
    expect(await outputOf(run, '1')).toEqual([1]);
  });

  test('by its syntax says where; nothing of it runs', async () => {
    const run = await openRun();
    expect(await failureOf(outputOf(run, "'a'\nif ($x {"))).toMatchObject({
      code: 'POWERSHELL_PARSE',
      place: 'line 2, column 8',
    });
    expect(await outputOf(run, '1')).toEqual([1]);
  });
});

describe('the mapping profile', () => {
  test('evaluates a block on a row', async () => {
    const run = await openRun({ profile: 'mapping' });
    const row = customObject({ First: 'Zoë', Last: 'Ok' });
    expect(await outputOf(run, '"$($_.First) $($_.Last)".ToUpper()', {}, { underscore: row })).toEqual(['ZOË OK']);
  });

  test('refuses what is more than data and expressions', async () => {
    const run = await openRun({ profile: 'mapping' });
    expect(await failureOf(outputOf(run, '1\nRemove-Item x'))).toEqual({
      code: 'POWERSHELL_REFUSED',
      detail: "PSB001: command 'Remove-Item' is not available in mapping script blocks",
      place: 'line 2, column 1',
    });
  });
});

describe('an engine', () => {
  test('leaves no process when it is closed, and takes no more work', async () => {
    const engine = await Engine.open();
    const run = await engine.run();
    const pid = processOf(engine);
    expect(isAlive(pid)).toBe(true);
    await engine.close();
    expect(isAlive(pid)).toBe(false);
    expect(await failureOf(engine.run())).toMatchObject({ code: 'POWERSHELL_CLOSED' });
    expect(await failureOf(outputOf(run, '1'))).toMatchObject({ code: 'POWERSHELL_RUN_LOST' });
  });

  test('begins anew after its process was killed from outside', async () => {
    const engine = await openEngine();
    const run = await engine.run();
    const pid = processOf(engine);
    const reading = failureOf(outputOf(run, 'while ($true) { }'));
    process.kill(pid, 'SIGKILL');
    expect(await reading).toMatchObject({ code: 'POWERSHELL_ENGINE_ENDED' });
    expect(await outputOf(await engine.run(), '1')).toEqual([1]);
  });

  test.each([['relative'], ['/nonexistent/folder'], ['/tmp/*']])('refuses the root %s', async (path) => {
    expect(await failureOf(Engine.open({ roots: [{ path, access: 'read' }] }))).toMatchObject({
      code: 'POWERSHELL_ROOT_INVALID',
      place: path,
    });
  });

  test('uses a root that is a link by where it led when the engine was opened', async () => {
    const folder = await realpath(await temporaryFolder());
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data', 'a.ps1'), "'a'");
    await symlink(join(folder, 'data'), join(folder, 'link'));
    const run = await openRun({ roots: [{ path: join(folder, 'link'), access: 'read' }] });
    expect(await outputOf(run, '& ./a.ps1; $PWD.Path')).toEqual(['a', join(folder, 'data')]);
  });
});

function processOf({ processId }: Engine): number {
  if (processId === undefined || processId <= 1) throw new Error('there is no process');
  return processId;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
