import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  armFailPoint,
  checkCertificateName,
  checkValidity,
  createSelfSigned,
  daysLeft,
  ensureServerCertificate,
  loadServerCertificate,
  ManualClock,
  ownNames,
  systemClock,
  systemRandom,
  tlsTrust,
} from '../src/index.ts';
import { expectProblem } from './expect-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);

describe('a self-signed certificate', () => {
  test('is for this machine’s names, for two years, for servers only', async () => {
    const clock = new ManualClock(start);
    const { certificate, privateKey, information } = await createSelfSigned({ clock, random: systemRandom });
    const parsed = new X509Certificate(certificate);
    expect(ownNames()).toEqual(expect.arrayContaining([hostname().toLowerCase(), 'localhost', '127.0.0.1', '::1']));
    for (const name of ownNames()) checkCertificateName(certificate, name, 'c');
    expect(daysLeft(information, clock)).toBe(730);
    expect(parsed.ca).toBe(false);
    expect(parsed.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(parsed.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(privateKey).toContain('BEGIN PRIVATE KEY');
    expect(information.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  test('never has the same serial number or key twice', async () => {
    const options = { clock: systemClock, random: systemRandom };
    const [a, b] = [await createSelfSigned(options), await createSelfSigned(options)];
    expect(new X509Certificate(a.certificate).serialNumber).not.toBe(new X509Certificate(b.certificate).serialNumber);
    expect(a.privateKey).not.toBe(b.privateKey);
  });

  test('another name is refused with the names it has', async () => {
    const { certificate } = await createSelfSigned({
      names: ['host.example'],
      clock: systemClock,
      random: systemRandom,
    });
    const found = await expectProblem('RUNTIME_CERTIFICATE_NAME', () =>
      checkCertificateName(certificate, 'other.example', 'c'),
    );
    expect(found.detail).toContain('host.example');
    await expectProblem('RUNTIME_CERTIFICATE_NAME', () => checkCertificateName(certificate, '127.0.0.1', 'c'));
  });
});

describe('certificate files', () => {
  const files = (folder: string): { certificateFile: string; keyFile: string } => ({
    certificateFile: join(folder, 'certs', 'host.pem'),
    keyFile: join(folder, 'certs', 'host.key'),
  });

  test('are made once, the key for this account alone, and loaded from then on', async () => {
    const options = { ...files(temporaryFolder()), clock: systemClock, random: systemRandom };
    const made = await ensureServerCertificate(options);
    expect(statSync(options.keyFile).mode & 0o777).toBe(0o600);
    expect(await ensureServerCertificate(options)).toEqual(made);
  });

  test('a key that a crash left alone gets its certificate at the next start', async () => {
    const options = { ...files(temporaryFolder()), clock: systemClock, random: systemRandom };
    const disarm = armFailPoint('runtime.certificate.keyWritten:throw');
    await expectProblem('RUNTIME_FAIL_POINT_HIT', () => ensureServerCertificate(options));
    disarm();
    const key = readFileSync(options.keyFile, 'utf8');
    expect(existsSync(options.certificateFile)).toBe(false);
    const made = await ensureServerCertificate(options);
    expect(made.privateKey).toBe(key);
    expect(await loadServerCertificate(options)).toEqual(made);
  });

  test('a foreign key without a certificate is an error and stays as it is', async () => {
    const options = { ...files(temporaryFolder()), clock: systemClock, random: systemRandom };
    for (const text of [rsaKey(), 'no PEM']) {
      mkdirSync(dirname(options.keyFile), { recursive: true });
      writeFileSync(options.keyFile, text);
      const found = await expectProblem('RUNTIME_CERTIFICATE_UNREADABLE', () => ensureServerCertificate(options));
      expect(found.place).toBe(options.keyFile);
      expect(readFileSync(options.keyFile, 'utf8')).toBe(text);
      expect(existsSync(options.certificateFile)).toBe(false);
    }
  });

  test('a certificate without its key is an error, not a reason to make both', async () => {
    const options = { ...files(temporaryFolder()), clock: systemClock, random: systemRandom };
    await ensureServerCertificate(options);
    rmSync(options.keyFile);
    const found = await expectProblem('RUNTIME_CERTIFICATE_UNREADABLE', () => ensureServerCertificate(options));
    expect(found.place).toBe(options.keyFile);
  });

  test('an expired and a not yet valid certificate are refused with the day', async () => {
    const clock = new ManualClock(start);
    const options = { ...files(temporaryFolder()), clock, random: systemRandom };
    const { information } = await ensureServerCertificate(options);
    clock.advance(730 * day + 1);
    const expired = await expectProblem('RUNTIME_CERTIFICATE_EXPIRED', () => ensureServerCertificate(options));
    expect(expired.message).toBe(`${options.certificateFile}: The certificate expired on 2028-01-01.`);
    expect(expired.fix).toContain('Replace the certificate');
    expect(daysLeft(information, clock)).toBe(-1);
    await expectProblem('RUNTIME_CERTIFICATE_EARLY', () =>
      checkValidity(information, new ManualClock(start - 2 * day), 'c'),
    );
  });

  test('the key of another certificate is refused', async () => {
    const options = { ...files(temporaryFolder()), clock: systemClock, random: systemRandom };
    await ensureServerCertificate(options);
    writeFileSync(options.keyFile, (await createSelfSigned(options)).privateKey);
    await expectProblem('RUNTIME_CERTIFICATE_MISMATCH', () => loadServerCertificate(options));
  });

  test('text that is no certificate or key is refused without quoting it', async () => {
    const options = { ...files(temporaryFolder()), clock: systemClock, random: systemRandom };
    await ensureServerCertificate(options);
    writeFileSync(options.keyFile, 'hunter2');
    const key = await expectProblem('RUNTIME_CERTIFICATE_UNREADABLE', () => loadServerCertificate(options));
    expect(key.message).not.toContain('hunter2');
    writeFileSync(options.certificateFile, 'no PEM');
    await expectProblem('RUNTIME_CERTIFICATE_UNREADABLE', () => loadServerCertificate(options));
    await expectProblem('RUNTIME_CERTIFICATE_UNREADABLE', () => tlsTrust({ caFile: options.certificateFile }));
  });

  test('a trust file may hold several certificates, and Node’s own list may be added', async () => {
    const folder = temporaryFolder();
    const caFile = join(folder, 'ca.pem');
    const options = { clock: systemClock, random: systemRandom };
    writeFileSync(
      caFile,
      (await createSelfSigned(options)).certificate + (await createSelfSigned(options)).certificate,
    );
    chmodSync(caFile, 0o644);
    expect((await tlsTrust({ caFile })).ca).toHaveLength(2);
    expect((await tlsTrust({ caFile, alsoSystem: true })).ca.length).toBeGreaterThan(50);
    expect(readFileSync(caFile, 'utf8')).toContain('BEGIN CERTIFICATE');
  });
});

function rsaKey(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
}
