import { createHash } from 'node:crypto';
import { silentLogger, systemRandom } from '@joinery/runtime';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run } from '../../../../../testing/directories/run-program.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { shared } from '../../../../../testing/shared.ts';
import { hashed, isHashed } from '../../src/password/hash.ts';
import { passwordCapability } from '../../src/password/password-capability.ts';
import { unicodePassword } from '../../src/password/unicode-password.ts';
import { Accounts, newPassword } from '../account/accounts.ts';
import { never, update } from '../export/target.ts';

test('a salted hash holds the digest of password and salt, and another salt each time', () => {
  const passwords = fc.string({ unit: 'grapheme', minLength: 1 });
  fc.assert(
    fc.property(passwords, fc.constantFrom('SSHA', 'SSHA512'), (password, scheme) => {
      const [form, again] = [hashed(password, scheme, systemRandom), hashed(password, scheme, systemRandom)];
      expect(form).not.toBe(again);
      expect(isHashed(form)).toBe(true);
      const octets = Buffer.from(form.slice(scheme.length + 2), 'base64');
      const length = scheme === 'SSHA' ? 20 : 64;
      const salt = octets.subarray(length);
      const digest = createHash(scheme === 'SSHA' ? 'sha1' : 'sha512')
        .update(password)
        .update(salt)
        .digest();
      expect(octets.subarray(0, length)).toEqual(digest);
      expect(salt.length).toBeGreaterThanOrEqual(8);
    }),
    { numRuns: 50 },
  );
});

test('L60 unicodePwd is UTF-16LE in quotes', () => {
  expect(Buffer.from(unicodePassword('Aä€')).toString('hex')).toBe('22004100e400ac202200');
});

describe('L61 OpenLDAP', () => {
  const slapd = shared(async (later) => {
    const server = await startSlapd({}, later);
    await run('ldapmodify', ['-Q', '-Y', 'EXTERNAL', '-H', server.ldapiUrl], {
      input: 'dn: cn=module{0},cn=config\nchangetype: modify\nadd: olcModuleLoad\nolcModuleLoad: pw-sha2\n',
    });
    return server;
  });

  test.each([
    ['server', /^\{SSHA\}/],
    ['SSHA', /^\{SSHA\}/],
    ['SSHA512', /^\{SSHA512\}/],
    ['none', /^Aa1\./],
  ] as const)('stores what Password Hashing %s makes of a password, set or mapped', async (passwordHashing, form) => {
    await using undone = new AsyncDisposableStack();
    const accounts = await Accounts.in(slapd(), async (undo) => undone.defer(undo), { passwordHashing });
    const stored = async (name: string): Promise<string> =>
      (await accounts.values(accounts.dn(name), 'userPassword')).userpassword?.[0] ?? '';
    const warnings: string[] = [];
    const logger = { ...silentLogger, warn: (_: object, message: string) => void warnings.push(message) };
    const password = passwordCapability(async () => ({ ...accounts.target.context, logger }));
    const [one, two] = [newPassword(), newPassword()];
    for (const name of ['first', 'second']) {
      await password.set(await accounts.made(name), one, {}, never);
      expect(await stored(name)).toMatch(form);
      expect(await accounts.signsIn(accounts.dn(name), one)).toBe(true);
    }
    // Once for each connector.
    expect(warnings).toHaveLength(passwordHashing === 'none' ? 1 : 0);

    const entry = await accounts.made('mapped', { userPassword: one });
    const dn = accounts.dn('mapped');
    expect(await stored('mapped')).toMatch(form);
    expect(await accounts.signsIn(dn, one)).toBe(true);
    const anchor = Object.fromEntries(entry.anchorAttributes.map(({ name, value }) => [name, value]));
    const map = (userPassword: string | null) =>
      accounts.write(update(accounts.type, { dn, anchor }, { userPassword }));
    expect(await map(two)).toMatchObject({ errorCode: 'Success' });
    expect(await stored('mapped')).toMatch(form);
    expect(await accounts.signsIn(dn, two)).toBe(true);
    const made = hashed(one, 'SSHA', systemRandom);
    expect(await map(made)).toMatchObject({ errorCode: 'Success' });
    expect(await stored('mapped')).toBe(made);
    expect(await map(null)).toMatchObject({ errorCode: 'Success' });
    expect(await stored('mapped')).toBe('');
  });
});
