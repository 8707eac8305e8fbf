import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openVault, Redactor, redacted, systemRandom, type Vault, VaultKey, type VaultOptions } from '../src/index.ts';
import { parseVault } from '../src/vault/file.ts';
import { decryptRecord, encryptRecord } from '../src/vault/record.ts';
import { startChild } from './child.ts';
import { expectProblem } from './expect-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

const password = { tenant: 'host', connector: 'CSV', name: 'Password' };
const token = { tenant: 'host', connector: 'CSV', name: 'SecretToken' };
const secret = 'correct horse ö';

function optionsFor(folder: string, changes: Partial<VaultOptions> = {}): VaultOptions {
  return {
    file: join(folder, 'vault.json'),
    keyFile: join(folder, 'vault.key'),
    env: {},
    random: systemRandom,
    redactor: new Redactor(),
    ...changes,
  };
}

async function filledVault(folder: string): Promise<Vault> {
  const vault = await openVault(optionsFor(folder));
  await vault.set(password, secret);
  await vault.set(token, 'token-token-token');
  return vault;
}

function editFile(folder: string, edit: (text: string) => string): void {
  const file = join(folder, 'vault.json');
  const before = readFileSync(file, 'utf8');
  const after = edit(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

describe('the vault', () => {
  test('keeps secrets over a restart, in files for this account alone, never in clear', async () => {
    const folder = temporaryFolder();
    await filledVault(folder);
    const vault = await openVault(optionsFor(folder));
    expect(vault.get(password)).toBe(secret);
    expect(vault.get({ ...password, connector: 'LDAP' })).toBeUndefined();
    expect(vault.names()).toEqual([password, token]);
    for (const file of ['vault.json', 'vault.key']) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(folder, file), 'utf8')).not.toContain('horse');
    }
  });

  test('a secret is replaced and deleted; the same value never encrypts to the same bytes', async () => {
    const folder = temporaryFolder();
    const vault = await filledVault(folder);
    const first = readFileSync(join(folder, 'vault.json'), 'utf8');
    await vault.set(password, secret);
    expect(readFileSync(join(folder, 'vault.json'), 'utf8')).not.toBe(first);
    await vault.delete(password);
    await vault.delete(password);
    expect((await openVault(optionsFor(folder))).names()).toEqual([token]);
  });

  test('changes made at once all arrive', async () => {
    const folder = temporaryFolder();
    const vault = await openVault(optionsFor(folder));
    await Promise.all(Array.from({ length: 20 }, (_, n) => vault.set({ ...password, name: `p${n}` }, `value ${n}`)));
    expect((await openVault(optionsFor(folder))).names()).toHaveLength(20);
  });

  test('what leaves or enters the vault is hidden from logs, and neither vault nor key can be printed', async () => {
    const redactor = new Redactor();
    const folder = temporaryFolder();
    await filledVault(folder);
    const vault = await openVault(optionsFor(folder, { redactor }));
    vault.get(password);
    expect(redactor.text(`x ${secret}`)).toBe(`x ${redacted}`);
    const key = new VaultKey(Buffer.alloc(32, 7));
    const printed = inspect([vault, key], { depth: 9, showHidden: true }) + JSON.stringify([vault, key]);
    expect(printed).not.toContain('horse');
    expect(printed).not.toContain(Buffer.from(key.encryptionKey()).toString('hex').slice(0, 8));
  });

  test('a write that fails leaves file and memory as they were', async () => {
    const folder = temporaryFolder();
    const vault = await filledVault(folder);
    renameSync(folder, `${folder}.away`);
    await expectProblem('RUNTIME_FILE_UNWRITABLE', () => vault.set(password, 'new value'));
    renameSync(`${folder}.away`, folder);
    expect(vault.get(password)).toBe(secret);
    await vault.set(password, 'newer value');
    expect((await openVault(optionsFor(folder))).get(password)).toBe('newer value');
  });
});

describe('a vault that was changed', () => {
  test.each<[string, (text: string) => string]>([
    [
      'a ciphertext',
      (text) =>
        text.replace(/("ciphertext": ")(.)/, (_, start: string, char: string) => `${start}${char === 'A' ? 'B' : 'A'}`),
    ],
    [
      'a nonce',
      (text) =>
        text.replace(/("nonce": ")(.)/, (_, start: string, char: string) => `${start}${char === 'A' ? 'B' : 'A'}`),
    ],
    ['a shortened tag', (text) => text.replace(/("tag": ")[^"]+/, '$1AAAA')],
    ['another name', (text) => text.replace('"CSV"', '"LDAP"')],
    [
      'a removed record',
      (text) => JSON.stringify({ ...Object(JSON.parse(text)), records: Object(JSON.parse(text)).records.slice(1) }),
    ],
    [
      'records in another order',
      (text) => JSON.stringify({ ...Object(JSON.parse(text)), records: Object(JSON.parse(text)).records.toReversed() }),
    ],
    ['a seal', (text) => text.replace(/("seal": ")[^"]+/, '$1')],
  ])('%s is noticed', async (_, edit) => {
    const folder = temporaryFolder();
    await filledVault(folder);
    editFile(folder, edit);
    await expectProblem('RUNTIME_VAULT_TAMPERED', () => openVault(optionsFor(folder)));
  });

  test('an older form of one record put back is noticed', async () => {
    const folder = temporaryFolder();
    const vault = await filledVault(folder);
    const old = Object(JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8')));
    await vault.set(password, 'changed since');
    editFile(folder, (text) => {
      const now = Object(JSON.parse(text));
      return JSON.stringify({ ...now, records: [old.records[0], now.records[1]] });
    });
    await expectProblem('RUNTIME_VAULT_TAMPERED', () => openVault(optionsFor(folder)));
  });

  test('a newer version is refused, and so is anything that is no vault', async () => {
    await expectProblem('RUNTIME_VAULT_NEWER', () => parseVault('{"version":2}', 'f'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.record({ version: fc.constant(1), records: fc.array(fc.anything()) }).map((x) => JSON.stringify(x)),
        ),
        (text) => {
          try {
            parseVault(text, 'f');
            expect.fail('accepted');
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^RUNTIME_VAULT_(UNREADABLE|NEWER)$/) });
          }
        },
      ),
    );
  });
});

describe('one record', () => {
  const key = new VaultKey(systemRandom.bytes(32));
  const anyName = fc.record({ tenant: fc.string(), connector: fc.string(), name: fc.string() });

  test('opens under its own name only', () => {
    fc.assert(
      fc.property(anyName, anyName, fc.string({ unit: 'grapheme' }), (name, other, value) => {
        const record = encryptRecord(key, name, value, systemRandom);
        expect(decryptRecord(key, record, 'f')).toBe(value.toWellFormed());
        fc.pre(JSON.stringify(name) !== JSON.stringify(other));
        expect(() => decryptRecord(key, { ...record, ...other }, 'f')).toThrow('changed or is damaged');
      }),
    );
  });
});

describe('the key of the vault', () => {
  const base64 = (fill: number): string => Buffer.alloc(32, fill).toString('base64');

  test('systemd credentials win over the environment, the environment over the file', async () => {
    const folder = temporaryFolder();
    const credentials = join(folder, 'credentials');
    mkdirSync(credentials);
    const env = { CREDENTIALS_DIRECTORY: credentials, JOINERY_VAULT_KEY: base64(2) };
    expect((await openVault(optionsFor(folder, { env }))).keyId).toBe(new VaultKey(Buffer.alloc(32, 2)).id);
    writeFileSync(join(credentials, 'joinery-vault-key'), base64(1));
    expect((await openVault(optionsFor(folder, { env }))).keyId).toBe(new VaultKey(Buffer.alloc(32, 1)).id);
    expect(existsSync(join(folder, 'vault.key'))).toBe(false);
  });

  test('a lost key, a wrong key, an exposed key file and a key that is none are told apart', async () => {
    const folder = temporaryFolder();
    await filledVault(folder);
    const keyFile = join(folder, 'vault.key');
    chmodSync(keyFile, 0o640);
    await expectProblem('RUNTIME_VAULT_KEY_EXPOSED', () => openVault(optionsFor(folder)));
    rmSync(keyFile);
    await expectProblem('RUNTIME_VAULT_KEY_MISSING', () => openVault(optionsFor(folder)));
    expect(existsSync(keyFile)).toBe(false);
    await expectProblem('RUNTIME_VAULT_KEY_WRONG', () =>
      openVault(optionsFor(folder, { env: { JOINERY_VAULT_KEY: base64(9) } })),
    );
    for (const wrong of ['password', base64(1).slice(4), `${base64(1)}AAAA`]) {
      const found = await expectProblem('RUNTIME_VAULT_KEY_INVALID', () =>
        openVault(optionsFor(folder, { env: { JOINERY_VAULT_KEY: wrong } })),
      );
      expect(found.message).not.toContain(wrong);
    }
  });

  test('rekeying exchanges the key and keeps the secrets', async () => {
    const folder = temporaryFolder();
    const vault = await filledVault(folder);
    const before = vault.keyId;
    const after = await vault.rekeyFile(join(folder, 'vault.key'));
    expect(after).not.toBe(before);
    await vault.set(token, 'after the exchange');
    const reopened = await openVault(optionsFor(folder));
    expect([reopened.keyId, reopened.get(password), reopened.get(token)]).toEqual([
      after,
      secret,
      'after the exchange',
    ]);
  });

  test('rekeying to a key from the environment needs that key afterwards', async () => {
    const folder = temporaryFolder();
    const vault = await filledVault(folder);
    await vault.rekey(new VaultKey(Buffer.alloc(32, 5)));
    await expectProblem('RUNTIME_VAULT_KEY_WRONG', () => openVault(optionsFor(folder)));
    expect((await openVault(optionsFor(folder, { env: { JOINERY_VAULT_KEY: base64(5) } }))).get(password)).toBe(secret);
  });

  test.each(['runtime.vault.nextKeyWritten', 'runtime.vault.rekeyed'])(
    'a kill at %s leaves a vault that opens, and rekeys',
    async (point) => {
      const folder = temporaryFolder();
      await filledVault(folder);
      expect((await startChild('rekey-vault', [folder], { JOINERY_FAIL_POINT: point }).ended).signal).toBe('SIGKILL');
      expect((await openVault(optionsFor(folder))).get(password)).toBe(secret);
      expect((await startChild('rekey-vault', [folder]).ended).output).toBe('rekeyed\n');
      expect((await openVault(optionsFor(folder))).get(password)).toBe(secret);
    },
  );
});
