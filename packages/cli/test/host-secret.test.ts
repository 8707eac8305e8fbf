import { mkdir, writeFile } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { homeAt } from '@joinery/host';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { readSecretLine } from '../src/secret-line.ts';
import { contents } from './host-home.ts';
import { run } from './run.ts';

const file = `version: 2
connector: ldap
parameters: { Host: 127.0.0.1, Port: 1, User Name: "cn=admin,dc=contoso,dc=lab" }
types:
  - objectType: inetOrgPerson
    anchor: entryDN
    dn: -dn-
    attributes: [{ name: -dn- }, { name: entryDN, operation: ImportOnly }, { name: sn }]
`;
const secret = 'corréct horse battery';

async function writtenHome(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(homeAt(folder).connectors);
  await writeFile(homeAt(folder).connectorFile('LDAP'), file);
  return folder;
}

test('host secret keeps a line of its input, encrypted, and a configuration that wants it is content', async () => {
  const folder = await writtenHome();
  const missing = await run(['host', 'check', '--home', folder]);
  expect(missing.stderr).toContain('Password: It is required and no secret is stored for it.');
  const stored = await run(['host', 'secret', 'LDAP', 'password', '--home', folder], { stdin: `${secret}\nrest` });
  expect(stored).toEqual({ code: 0, stdout: 'LDAP has a new secret "Password".\n', stderr: '' });
  for (const content of Object.values(contents(folder))) {
    expect(Buffer.from(content, 'base64').toString()).not.toContain(secret);
  }
  expect((await run(['host', 'check', '--home', folder])).stderr).not.toContain('no secret is stored');
  const taken = await run(['host', 'secret', 'LDAP', '--home', folder], { stdin: '\n' });
  expect(taken.stdout).toBe('LDAP has no secret "Password" any more.\n');
  expect((await run(['host', 'check', '--home', folder])).stderr).toContain('no secret is stored');
});

test('host secret refuses parameters that are no secrets and connectors that are not there, and keeps nothing', async () => {
  const folder = await writtenHome();
  const before = contents(folder);
  const refused = await run(['host', 'secret', 'LDAP', 'User Name', '--home', folder], { stdin: secret });
  expect(refused.stderr).toMatch(/^HOST_SECRET_UNKNOWN: .*"Password", "Client Certificate Passphrase"/);
  const unknown = await run(['host', 'secret', 'AD', '--home', folder], { stdin: secret });
  expect(unknown.stderr).toMatch(/^HOST_CONNECTOR_UNKNOWN: /);
  expect(contents(folder)).toEqual(before);
});

test('a secret that is typed is not shown, and the rub-out key works', async () => {
  const modes: boolean[] = [];
  const keys = Object.assign(Readable.from(['secr', 'e\u007f', 'et\r']), {
    isTTY: true,
    setRawMode: (on: boolean) => modes.push(on),
  });
  let shown = '';
  const screen = new Writable({
    write: (chunk: Buffer, _, done) => {
      shown += chunk.toString();
      done();
    },
  });
  expect(await readSecretLine(keys, 'Password: ', screen, new AbortController().signal)).toBe('secret');
  expect(shown).toBe('Password: \n');
  expect(modes).toEqual([true, false]);
});
