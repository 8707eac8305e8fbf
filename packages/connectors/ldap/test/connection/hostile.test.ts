import { expect, onTestFinished, test, vi } from 'vitest';
import { makeAuthority } from '../../../../../testing/directories/certificates.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { temporaryFolder } from '../../../../../testing/folder.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { parts, settingsOf, simple } from '../connection/settings.ts';

const signal = AbortSignal.timeout(60_000);

test.each(['ldaps', 'startTls'] as const)('NODE_TLS_REJECT_UNAUTHORIZED does not open %s', async (transport) => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  const authority = await makeAuthority(await temporaryFolder());
  const certificate = await authority.server('elsewhere', ['elsewhere.example.com']);
  const fake = await startFakeServer({ certificate, ldaps: transport === 'ldaps' });
  const settings = settingsOf(fake, { transport, bind: simple({ dn: 'cn=x', password: 'p' }) });
  await using directory = openDirectory(settings, parts());
  await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_CERTIFICATE_UNTRUSTED' });
  expect(fake.requests.filter(({ kind }) => kind === 'bind')).toEqual([]);
});

test('a message that is announced longer than any text can be is not waited for', async () => {
  const fake = await startFakeServer({
    answer: (exchange) => {
      if (exchange.request.kind !== 'delete') return false;
      exchange.raw(Buffer.from([0x30, 0x84, 0x20, 0, 0, 0, 2, 1]));
      return true;
    },
  });
  await using directory = openDirectory(settingsOf(fake, { operationTimeoutMs: 60_000 }), parts());
  const connection = await directory.connect('lookup', signal);
  const request = { operation: 'delete', dn: 'cn=x' } as const;
  await expect(connection.request(request, {}, signal)).rejects.toMatchObject({ code: 'LDAP_PROTOCOL_INVALID' });
  expect(connection.lost).toBe(true);
});
