import { expect, test } from 'vitest';
import { run } from './run.ts';

const commands = [
  ['demo'],
  ['service', 'start'],
  ['host', 'start'],
  ['host', 'import'],
  ['host', 'check'],
  ['host', 'test'],
  ['host', 'secret'],
  ['host', 'token'],
  ['host', 'status'],
  ['host', 'run'],
  ['host', 'runs'],
  ['host', 'accept'],
  ['host', 'read-only'],
  ['host', 'doubts'],
  ['host', 'forget'],
  ['host', 'passwords'],
  ['host', 'acknowledge'],
  ['ldap', 'inspect'],
  ['powershell', 'check'],
  ['powershell', 'run'],
  ['powershell', 'eval'],
  ['expression', 'eval'],
];

test.each(commands.map((words) => [words.join(' '), words] as const))(
  'joinery %s --help says what it does, names --json and shows an example',
  async (_, words) => {
    const { code, stdout } = await run([...words, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: joinery ${words.join(' ')}`);
    expect(stdout).toContain('--json');
    expect(stdout).toMatch(new RegExp(`Examples?:\\n +joinery ${words.join(' ')}`));
  },
);

test('joinery --version is the version of the package', async () => {
  const { code, stdout } = await run(['--version']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  ['demmo', 'demo'],
  ['hots', 'host'],
])('the unknown word %s suggests %s and exits 2', async (word, meant) => {
  const { code, stderr, stdout } = await run([word]);
  expect(code).toBe(2);
  expect(stderr).toContain('CLI_USAGE: ');
  expect(stderr).toContain(`Did you mean ${meant}?`);
  expect(stdout).toBe('');
});

test('an unknown option of a nested command suggests the nearest and exits 2', async () => {
  const { code, stderr } = await run(['host', 'start', '--prot', '1']);
  expect(code).toBe(2);
  expect(stderr).toContain('--port');
});

test('a missing argument exits 2 and names it', async () => {
  const { code, stderr } = await run(['expression', 'eval']);
  expect(code).toBe(2);
  expect(stderr).toContain('expression');
});

test('a command group without a command exits 2', async () => {
  expect((await run(['host'])).code).toBe(2);
  expect((await run([])).code).toBe(2);
});

test('with --json a usage error is one JSON line with code and fix', async () => {
  const { code, stdout, stderr } = await run(['host', 'stat', '--json']);
  expect(code).toBe(2);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'failed', code: 'CLI_USAGE' });
});

test('a setting out of its range exits 1 with the option as its place', async () => {
  const { code, stderr } = await run(['host', 'check', '--port', '99999', '--home', '/nonexistent/joinery']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^RUNTIME_SETTING_INVALID: .*--port/);
});
