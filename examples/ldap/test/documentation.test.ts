import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ldapConnector } from '@joinery/connector-ldap';
import { parseConnectorFile } from '@joinery/host';
import { expect, test } from 'vitest';
import { homeWith, parametersFor, startOn } from '../../../packages/connectors/ldap/test/connector/hosted.ts';
import { ldapadd, ldapmodify } from '../../../testing/directories/commands.ts';
import { ds389, openldap } from '../../../testing/directories/directories.ts';
import type { Directory } from '../../../testing/directories/directory.ts';
import { freshBase } from '../../../testing/directories/fresh-base.ts';
import { run } from '../../../testing/directories/run-program.ts';
import { startSlapd } from '../../../testing/directories/slapd.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { walkThrough } from '../src/walk-through.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The code blocks of the page below a heading, in their order. */
async function blocks(heading: string): Promise<readonly string[]> {
  const page = await readFile(join(root, 'docs/ldap.md'), 'utf8');
  const section = page.split(/^(?=#+ )/m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, block = '']) => block);
}

test('the six commands connect a directory', { timeout: 60_000 }, async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const folder = await temporaryFolder();
  await symlink(join(root, 'examples'), join(folder, 'examples'));
  await copyFile(server.caFile, join(folder, 'contoso-ca.pem'));
  await writeFile(join(folder, 'password'), `${server.unlimited.password}\n`);
  await mkdir(join(folder, 'bin'));
  await writeFile(
    join(folder, 'bin/joinery'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'packages/cli/src/main.ts')}' "$@"\n`,
  );
  await chmod(join(folder, 'bin/joinery'), 0o755);
  const home = join(folder, 'home');
  const env = {
    ...process.env,
    PATH: [join(folder, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
    JOINERY_HOME: home,
    JOINERY_HOST_PORT: '0',
  };
  const [commands = ''] = await blocks('# LDAP directories');
  const lines = commands.trimEnd().replace('ldaps://ldap.contoso.lab', server.ldapsUrl).split('\n');
  expect(lines).toHaveLength(6);
  const said: string[] = [];
  for (const line of lines.slice(0, -1)) {
    const { code, out, err } = await shell(line, folder, env);
    expect({ line, code, err }).toEqual({ line, code: 0, err: expect.not.stringMatching(/^[A-Z]+_[A-Z_]+: /m) });
    said.push(out);
    const file = join(home, 'connectors/LDAP.yaml');
    if (!line.startsWith('mkdir')) continue;
    const sample = await readFile(file, 'utf8');
    const here = sample
      .replace('ldap.contoso.lab', server.host)
      .replace('Port: 636', `Port: ${server.ldapsPort}`)
      .replace('ou=people,dc=contoso,dc=lab', base);
    await writeFile(file, here);
  }
  expect(said[0]).toContain('OpenLDAP');
  expect(said[4]).toContain('connectors are ready');

  const child = spawn('bash', ['-c', `exec ${lines.at(-1)}`], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let heard = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
    if (heard.includes('/ecma2host_LDAP/scim')) child.kill('SIGTERM');
  });
  await once(child, 'close');
  expect(heard).toContain('/ecma2host_LDAP/scim');
});

test('OpenLDAP: the access rules and limits of the page are enough for imports, exports and changes', async () => {
  const people = Array.from(
    { length: 600 },
    (_, n) => `dn: cn=p${n},ou=people,dc=contoso,dc=lab\nobjectClass: inetOrgPerson\ncn: p${n}\nsn: ${n}\n`,
  );
  const server = await startSlapd({ entries: people.join('\n') });
  const account = 'cn=joinery,ou=services,dc=contoso,dc=lab';
  await ldapadd(
    server,
    `dn: ${account}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: joinery\nuserPassword: secret\n`,
  );
  const [rules = ''] = await blocks('## OpenLDAP');
  const input = rules.replaceAll('cn=connector,ou=services,dc=contoso,dc=lab', account);
  await run('ldapmodify', ['-Q', '-Y', 'EXTERNAL', '-H', server.ldapiUrl], { input });
  await worksAs(server, account, 'ou=people,dc=contoso,dc=lab', { objects: 600, anchor: 'entryUUID' });
});

test('389: the access rules and limits of the page are enough for imports, exports and changes', async () => {
  const server = await ds389();
  const base = `ou=people,${await freshBase(server)}`;
  const account = base.replace('ou=people,', 'cn=joinery,');
  await ldapadd(
    server,
    `dn: ${base}\nobjectClass: organizationalUnit\nou: people\n\ndn: ${account}\nobjectClass: person\ncn: joinery\nsn: joinery\nuserPassword: secret\n`,
  );
  const [rules = ''] = await blocks('## 389 Directory Server');
  const own = rules
    .replaceAll('cn=connector,ou=services,dc=contoso,dc=lab', account)
    .replaceAll('ou=people,dc=contoso,dc=lab', base)
    // The rule for the log bears the account's name, so that another run's is another rule.
    .replace('Joinery reads changes', account);
  await ldapmodify(server, own);
  await worksAs(server, account, base, { objects: 0, anchor: 'nsUniqueId' });
});

test('the group of the page goes below the people of a connector file', async () => {
  const [group = ''] = await blocks('## Groups');
  const { types } = parseConnectorFile(walkThrough('openldap-posix').connectorFile + group, 'LDAP', 'LDAP.yaml');
  expect(types[1]).toMatchObject({ resource: 'Group', displayName: 'cn', members: 'member' });
});

test('the page names every parameter', async () => {
  const page = await readFile(join(root, 'docs/ldap.md'), 'utf8');
  const missing = ldapConnector.parameters.map(({ name }) => name).filter((name) => !page.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

/** A host as this account reads all there is, then adds, changes, renames and deletes, and sees each by a delta import. */
async function worksAs(
  server: Directory,
  account: string,
  base: string,
  expected: { readonly objects: number; readonly anchor: string },
): Promise<void> {
  const home = await homeWith(
    { ...server, admin: { dn: account, password: 'secret' } },
    {
      parameters: { ...parametersFor(server, base), 'User Name': account },
      runProfiles: { delta: {} },
      types: [
        {
          objectType: 'inetOrgPerson',
          anchor: expected.anchor,
          queryAttribute: 'cn',
          dn: '-dn-',
          attributes: [
            { name: '-dn-' },
            { name: expected.anchor, operation: 'ImportOnly' },
            { name: 'cn', multiValued: true, treatAsSingleValue: true },
            { name: 'sn', multiValued: true, treatAsSingleValue: true },
            { name: 'userPassword', operation: 'ExportOnly' },
          ],
        },
      ],
    },
  );
  const { host, scim } = await startOn(home);
  expect(host.connectors[0]?.objects).toBe(expected.objects);
  const { status, body } = await scim.create({ '-dn-': `cn=ada,${base}`, sn: 'King', userPassword: 'Count-1-Count' });
  expect([status, body.detail]).toEqual([201, undefined]);
  expect((await scim.set(body.id, 'sn', 'Lovelace')).status).toBe(200);
  expect((await scim.set(body.id, '-dn-', `cn=countess,${base}`)).status).toBe(200);
  expect((await scim.delete(body.id)).status).toBe(204);
  expect(await host.run('LDAP', 'delta')).toMatchObject({ outcome: 'finished', detail: null });
}

async function shell(line: string, cwd: string, environment: Readonly<Record<string, string | undefined>>) {
  const child = spawn('bash', ['-c', line], { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code]: (number | null)[] = await once(child, 'close');
  return { code, out, err };
}
