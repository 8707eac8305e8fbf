import { expect, test } from 'vitest';
import { quoted, typedCommand } from '../src/typed-command.ts';

const clone = {
  npm_package_name: 'joinery-repository',
  npm_package_json: '/src/join ery/package.json',
  npm_lifecycle_event: 'demo',
  npm_command: 'run-script',
};

test.each([
  ['by npm run in a clone', { ...clone, INIT_CWD: '/src/join ery' }, '/x/main.ts', 'npm run joinery --'],
  ['by npm --prefix', { ...clone, INIT_CWD: '/' }, '/x/main.ts', "npm --prefix '/src/join ery' run joinery --"],
  ['by npx', { npm_command: 'exec', npm_package_name: 'mine' }, '/p/node_modules/.bin/joinery', 'npx joinery'],
  ['by name, installed', { PATH: '/bin:/usr/local/bin' }, '/usr/local/bin/joinery', 'joinery'],
  ['by its path, not on the PATH', { PATH: '/bin' }, '/opt/j/bin/joinery', '/opt/j/bin/joinery'],
  ['by node', { PATH: '/bin' }, '/src/packages/cli/src/main.ts', '/opt/node /src/packages/cli/src/main.ts'],
])('started %s, it names itself in the same way', (_, env, script, expected) => {
  expect(typedCommand({ env, node: '/opt/node', script })).toBe(expected);
});

test('a path with blanks or quotes is one word to the shell', () => {
  expect(quoted('/a/b-1.txt')).toBe('/a/b-1.txt');
  expect(quoted("/it's here")).toBe("'/it'\\''s here'");
});
