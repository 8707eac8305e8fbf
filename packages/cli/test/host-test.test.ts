import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { contents, hostHome } from './host-home.ts';
import { run } from './run.ts';

test('host test reaches one connector’s target, says what is found with its facts, and changes nothing', async () => {
  const { folder } = await hostHome();
  const before = contents(folder);
  const { code, stdout, stderr } = await run(['host', 'test', 'CSV', '--home', folder]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^✓ CSV: 2 rows/);
  expect(stdout).toMatch(/rows +2\n/);
  expect(stdout).toMatch(/1 target can be used\.\n$/);
  expect(contents(folder)).toEqual(before);
});

test('host test --json says the facts by name', async () => {
  const { folder } = await hostHome();
  const { stdout } = await run(['host', 'test', '--home', folder, '--json']);
  const lines: unknown[] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    expect.objectContaining({ connector: 'CSV', rows: 2 }),
    expect.objectContaining({ outcome: 'done', connectors: 1 }),
  ]);
});

test('host test fails with the reason where the target cannot be used, and names a connector that is not there', async () => {
  const { folder, file } = await hostHome();
  await rm(file);
  const missing = await run(['host', 'test', 'CSV', '--home', folder]);
  expect([missing.code, missing.stdout]).toEqual([1, '']);
  expect(missing.stderr).toMatch(/CSV: CSV_\w+: [\s\S]*CLI_CHECK_FAILED: 1 of 1 /);
  const unknown = await run(['host', 'test', 'csv', '--home', folder]);
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('HOST_CONNECTOR_UNKNOWN')]);
});
