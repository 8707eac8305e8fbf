import { describe, expect, test } from 'vitest';
import { check } from '../src/check/index.ts';
import { credential, type EngineValue, typedItems, typedList } from '../src/index.ts';
import { childProgram } from '../src/sandbox/program.ts';
import { openEngine, openRun, outputOf } from './open-engine.ts';
import { shelves } from './shelves.ts';

const program = new URL('./shelf-program.ts', import.meta.url);
const type = 'Contoso.Storage.Shelf';

const shelf = (...labels: EngineValue[]): EngineValue => ({ kind: 'typed', type, data: labels });

describe('an entry of its own', () => {
  test('brings types and cmdlets; the language alone has neither, and each is one bundle', async () => {
    const script = '(Get-Shelf -Label a).Label; [contoso.storage.shelf]::Of("b", "c").Label';
    expect(await outputOf(await openRun({ program }), script)).toEqual(['a', 'b+c']);
    const run = await openRun();
    await expect(outputOf(run, 'Get-Shelf -ErrorAction Stop')).resolves.toEqual([]);
    expect(await outputOf(run, 'try { [Contoso.Storage.Shelf]::Of() } catch { $_.FullyQualifiedErrorId }')).toEqual([
      'TypeNotFound',
    ]);
    expect(await childProgram(program)).not.toBe(await childProgram());
    expect(await childProgram(program)).toBe(await childProgram(new URL(program)));
  });

  test('gives mappings nothing', async () => {
    const run = await openRun({ program, profile: 'mapping' });
    await expect(outputOf(run, '[Contoso.Storage.Shelf]::Of()')).rejects.toMatchObject({ code: 'POWERSHELL_REFUSED' });
  });

  test('answers its types with the settings of the engine', async () => {
    const run = await openRun({ program, settings: { Home: '/srv/shelves' } });
    expect(await outputOf(run, '[Contoso.Storage.Shelf]::Home')).toEqual(['/srv/shelves']);
    expect(await outputOf(await openRun({ program }), '$null -eq [Contoso.Storage.Shelf]::Home')).toEqual([true]);
  });

  test('is what the check is told of', () => {
    const source = [
      { text: '(Get-Shelf a).Label; [Contoso.Storage.Shelf]::Of("b"); Get-Shelf -Colour red', file: 's.ps1' },
    ];
    const names = (report: ReturnType<typeof check>): string[] =>
      report.findings.filter(({ state }) => state === 'missing').map(({ name }) => name);
    expect(names(check(source, shelves))).toEqual(['Get-Shelf -Colour']);
    expect(names(check(source))).toEqual(['Get-Shelf', '[Contoso.Storage.Shelf]', 'Get-Shelf']);
    const wrong = [{ text: '[Contoso.Storage.Shelf]::Nope()', file: 's.ps1' }];
    expect(names(check(wrong, shelves))).toEqual(['[Contoso.Storage.Shelf]::Nope()']);
  });
});

describe('objects of types that say how they cross', () => {
  test('go in and come out as data, one by one, in lists, and within other values', async () => {
    const run = await openRun({ program });
    const script = `param([Contoso.Storage.Shelf] $S, [System.Collections.Generic.List[Contoso.Storage.Shelf]] $L)
$S.Label; $S; $L.Count; $L[1].Label; , $L; @{ s = $S }; $S.GetType().Name`;
    const list = typedList(type, [['x'], ['y', 'z'], null]);
    expect(await outputOf(run, script, { S: shelf('a', 'b'), L: list })).toEqual([
      'a+b',
      shelf('a', 'b'),
      3,
      'y+z',
      list,
      { kind: 'dictionary', ordered: false, entries: new Map([['s', shelf('a', 'b')]]) },
      'Shelf',
    ]);
    expect(typedItems(list, type)).toEqual([['x'], ['y', 'z'], null]);
    expect(typedItems(list, 'Contoso.Storage.Box')).toBeUndefined();
  });

  test('may be credentials, which come in and do not go out', async () => {
    const run = await openRun();
    const script =
      'param([pscredential] $C) $n = $C.GetNetworkCredential(); "$($n.Domain) $($n.UserName) $($n.Password)"; $C';
    const [read, out] = await outputOf(run, script, { C: credential('D\\u', 'secret') });
    expect(read).toBe('D u secret');
    expect(out).toEqual({
      kind: 'opaque',
      type: 'System.Management.Automation.PSCredential',
      text: 'System.Management.Automation.PSCredential',
    });
    const empty = 'param($C) [object]::ReferenceEquals($C, [pscredential]::Empty)';
    expect(await outputOf(run, empty, { C: credential('', '') })).toEqual([true]);
  });

  test('are refused where the type is unknown or hands nothing over, and the engine goes on', async () => {
    const engine = await openEngine({ program });
    const run = await engine.run();
    const unknown: EngineValue = { kind: 'typed', type: 'Contoso.Storage.Box', data: null };
    await expect(outputOf(run, 'param($v) $v', { v: unknown })).rejects.toMatchObject({
      code: 'POWERSHELL_SCRIPT_FAILED',
      cause: { id: 'TypeNotFound' },
    });
    const silent: EngineValue = { kind: 'typed', type: 'System.Text.StringBuilder', data: 'x' };
    await expect(outputOf(run, 'param($v) $v', { v: silent })).rejects.toMatchObject({
      code: 'POWERSHELL_ENGINE_FAULT',
    });
    expect(await outputOf(await engine.run(), '[Contoso.Storage.Shelf]::Of("on").Label')).toEqual(['on']);
  });

  test('count against the output of the run: one object many times over is written many times', async () => {
    const run = await openRun({ program, limits: { outputBytes: 100_000 } });
    const script = `$l = [System.Collections.Generic.List[Contoso.Storage.Shelf]]::new()
$s = [Contoso.Storage.Shelf]::Of('x' * 1000); for ($i = 0; $i -lt 1000; $i++) { $l.Add($s) }; , $l`;
    await expect(outputOf(run, script)).rejects.toMatchObject({ code: 'POWERSHELL_OUTPUT_LIMIT' });
  });
});
