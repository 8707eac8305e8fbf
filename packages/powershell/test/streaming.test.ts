import { closeSync, mkdtempSync, openSync, realpathSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRun, outputOf } from './open-engine.ts';

const rows = 1_000_000;
/** Little more than a script process has when it does nothing: the rows alone would take as much again. */
const memoryBytes = 192 * 2 ** 20;

describe('a million rows', () => {
  let folder: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'streaming-')));
    const file = openSync(join(folder, 'people.csv'), 'w');
    writeSync(file, 'id;active;name;mail\n');
    for (let at = 0; at < rows; at += 10_000) {
      let text = '';
      for (let id = at; id < at + 10_000; id++) text += `${id};${id % 2 === 0};Person ${id};person${id}@contoso.lab\n`;
      writeSync(file, text);
    }
    closeSync(file);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    [
      'of Import-Csv go through a pipeline',
      "(Import-Csv people.csv -Delimiter ';' | Where-Object { $_.active -eq 'true' } | Measure-Object).Count",
      rows / 2,
    ],
    [
      'go from file to file',
      "Import-Csv people.csv -Delimiter ';' | Export-Csv out.csv; (Get-Content out.csv | Select-Object -Last 1)",
      '"999999","false","Person 999999","person999999@contoso.lab"',
    ],
    [
      'become text as they come',
      "Import-Csv people.csv -Delimiter ';' | Select-Object id | ConvertTo-Csv | Select-Object -Last 1",
      '"999999"',
    ],
    ['of Get-Content go through a pipeline', '(Get-Content people.csv | Measure-Object).Count', rows + 1],
    ['end where nobody wants more', "(Import-Csv people.csv -Delimiter ';' | Select-Object -First 2)[1].id", '1'],
  ])('%s in little memory', { timeout: 30_000 }, async (_title, script, expected) => {
    const run = await openRun({
      roots: [{ path: folder, access: 'write' }],
      limits: { memoryBytes, milliseconds: 20_000 },
    });
    expect(await outputOf(run, script)).toEqual([expected]);
  });

  test('that are collected are too many for as little', { timeout: 30_000 }, async () => {
    const run = await openRun({ roots: [{ path: folder, access: 'read' }], limits: { memoryBytes } });
    await expect(outputOf(run, "$x = Import-Csv people.csv -Delimiter ';'; $x.Count")).rejects.toMatchObject({
      code: 'POWERSHELL_MEMORY_LIMIT',
    });
  });
});
