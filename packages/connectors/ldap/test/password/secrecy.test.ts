import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger, Redactor, systemClock } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { ldapsearch } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { newPassword } from '../account/accounts.ts';
import { homeWith, parametersFor, startOn } from '../connector/hosted.ts';

const single = { multiValued: true, treatAsSingleValue: true };

describe.each([
  ['OpenLDAP', openldap],
  ['389', ds389],
  ['ApacheDS', apacheds],
  ['Samba', samba],
] as const)('L61 with %s', (kind, start) => {
  test('a password is in no answer, log line or file, whether it was set, refused or repeated by the server', async () => {
    const server = await start();
    const base = await freshBase(server);
    const isDomain = kind === 'Samba';
    const password = isDomain ? 'unicodePwd' : 'userPassword';
    const home = await homeWith(server, {
      parameters: parametersFor(server, base),
      types: [
        {
          objectType: isDomain ? 'user' : 'inetOrgPerson',
          anchor: isDomain ? 'objectGUID' : 'entryDN',
          queryAttribute: '_distinguishedName',
          dn: '-dn-',
          attributes: [
            { name: '-dn-' },
            { name: '_distinguishedName' },
            { name: 'export_password' },
            { name: isDomain ? 'objectGUID' : 'entryDN', operation: 'ImportOnly' },
            { name: 'cn', ...single },
            { name: 'sn', ...single },
            { name: 'manager', ...single },
            { name: password, operation: 'ExportOnly', ...single },
          ],
        },
      ],
    });
    const lines: string[] = [];
    const logger = createLogger({
      stream: { write: (line: string) => lines.push(line) },
      level: 'debug',
      clock: systemClock,
      redactor: new Redactor(),
    });
    const { host, scim } = await startOn(home, logger);
    const answers: string[] = [];
    const secrets: string[] = [];
    const create = async (name: string, more: Record<string, unknown>): Promise<number> => {
      const answer = await scim.create({ '-dn-': `cn=${name},${base}`, cn: name, sn: 'Smith', ...more });
      answers.push(answer.text);
      return answer.status;
    };
    const secret = (weak = false): string => {
      const text = weak ? newPassword().slice(0, 6) : newPassword();
      secrets.push(text);
      return text;
    };

    const [set, mapped] = [secret(), secret()];
    expect(await create('set', { export_password: set })).toBe(201);
    expect(await create('mapped', { [password]: mapped })).toBe(201);
    for (const [name, text] of Object.entries({ set, mapped })) {
      const as = { dn: `CN=${name},${base}`, password: text };
      const [found] = await ldapsearch(server, as.dn, { scope: 'base', attributes: ['cn'], as });
      expect(found?.attributes).toEqual({ cn: [name] });
    }
    // What is refused along with a password is what ApacheDS repeats, password and all.
    const wrong = { manager: 'no distinguished name' };
    expect(await create('refused', { ...wrong, [password]: secret() })).toBe(400);
    expect(await create('refused', { ...wrong, [password]: secret(true), export_password: secret(true) })).toBe(400);
    expect(await create('set', { [password]: secret(), export_password: secret() })).toBe(409);
    if (isDomain) {
      expect(await create('weak', { export_password: secret(true) })).toBe(500);
      expect(await create('weaker', { [password]: secret(true) })).toBe(400);
      expect(answers.join('\n')).toMatch(/does not satisfy the password policy/);
    }
    answers.push((await scim.get('/Users')).text);
    await host.run('LDAP', 'full');
    answers.push((await scim.get('/Users')).text);
    expect(answers.join('\n')).toMatch(
      /The server says: .*(?:no distinguished name|invalid per syntax|Invalid Syntax)/i,
    );
    await host.close();

    const traces = [answers.join('\n'), lines.join('\n'), ...(await contentOf(home))];
    expect(lines.length).toBeGreaterThan(0);
    for (const text of secrets) {
      for (const form of formsOf(text)) expect(traces.some((trace) => trace.includes(form))).toBe(false);
    }
  });
});

/** A password as programs print it: text, hexadecimal with and without separators, base64; in UTF-8 and UTF-16. */
function formsOf(password: string): readonly string[] {
  return [Buffer.from(password, 'utf8'), Buffer.from(password, 'utf16le')].flatMap((octets) => {
    const hex = octets.toString('hex');
    const pairs = hex.match(/../g) ?? [];
    const spaced = [' ', ':', '\\', ' 0x'].map((separator) => pairs.join(separator));
    return [
      octets.toString('latin1'),
      ...[hex, ...spaced].flatMap((each) => [each, each.toUpperCase()]),
      base64(octets),
    ];
  });
}

/** What of its base64 does not depend on what follows. */
function base64(octets: Buffer): string {
  return octets.subarray(0, octets.length - (octets.length % 3)).toString('base64');
}

async function contentOf(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
}
