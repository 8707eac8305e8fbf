import { webcrypto, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ManageClient } from '@joinery/host';
import { ManualClock, systemClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { loadX509 } from '../../runtime/src/tls/x509-library.ts';
import { csv, person, TestHome, TOKEN, temporaryFolder } from './support/home.ts';

const DAY = 86_400_000;

/** Calls a host on this machine by a name, with everything that a client checks. */
function callByName(url: string, servername: string, ca: string): Promise<number> {
  const { port } = new URL(url);
  const headers = { authorization: `Bearer ${TOKEN}`, host: `${servername}:${port}` };
  const path = '/ecma2host_CSV/scim/Users';
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, servername, ca, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** An authority of its own and a server certificate that it has issued, PEM. */
async function issuedFor(name: string): Promise<{ authority: string; certificate: string; privateKey: string }> {
  const x509 = await loadX509();
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
  const pair = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const [authorityKeys, keys] = [await pair(), await pair()];
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: '01',
    name: 'CN=Authority of this test',
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity,
    serialNumber: '02',
    subject: `CN=${name}`,
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
  });
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  const privateKey = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(der).toString('base64')}\n-----END PRIVATE KEY-----\n`;
  return { authority: authority.toString('pem'), certificate: certificate.toString('pem'), privateKey };
}

test('H-3 without a certificate one is made: self-signed, for the name of the machine, for two years', async () => {
  const clock = new ManualClock(Date.now());
  const home = await TestHome.create({ clock });
  await home.write(csv(person(1)));
  const host = await home.start();
  const made = new X509Certificate(host.certificate);
  expect(made.issuer).toBe(made.subject);
  expect(made.verify(made.publicKey)).toBe(true);
  expect(made.subject).toBe(`CN=${hostname().toLowerCase()}`);
  expect(made.checkHost(hostname(), { subject: 'never' })).toBeDefined();
  const left = made.validToDate.getTime() - clock.now();
  expect(Math.round(left / DAY)).toBe(730);
  expect(await callByName(host.url, hostname(), host.certificate)).toBe(200);
});

test('H-4 with a certificate that an authority has issued for host1 a client that calls https://host1 is content, and no other', async () => {
  const folder = await temporaryFolder();
  const [certificateFile, certificateKeyFile] = [join(folder, 'host1.pem'), join(folder, 'host1.key')];
  const { authority, certificate, privateKey } = await issuedFor('host1');
  await writeFile(certificateFile, certificate);
  await writeFile(certificateKeyFile, privateKey, { mode: 0o600 });
  const home = await TestHome.create({ overrides: { certificateFile, certificateKeyFile } });
  await home.write(csv(person(1)));
  const host = await home.start();
  expect(host.certificate).toBe(certificate);
  expect(await callByName(host.url, 'host1', authority)).toBe(200);
  await expect(callByName(host.url, 'host2', authority)).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
  // The commands know this very certificate, whatever name it is for and whoever has issued it.
  const manage = await ManageClient.connect(home.folder, systemClock);
  expect((await manage.status(new AbortController().signal)).url).toBe(host.url);
  const stranger = await issuedFor('host1');
  await expect(callByName(host.url, 'host1', stranger.authority)).rejects.toThrow();
});
