import { isProblem } from '@joinery/problems';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Exchange } from '../../../../../testing/directories/exchange.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import {
  entryMessage,
  intermediateMessage,
  referenceMessage,
  resultMessage,
} from '../../../../../testing/directories/wire/response.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { freeze } from './freeze.ts';
import { countBelow, whoAmI } from './operations.ts';
import { script } from './script.ts';
import { parts, settingsOf, simple } from './settings.ts';

const signal = AbortSignal.timeout(60_000);
const lost = { code: 'LDAP_CONNECTION_LOST' };

test.each(['clear', 'ldaps', 'startTls'] as const)(
  'L9 server killed between two operations, over %s: the next connection is made with TLS and bind, and the old one serves nobody',
  async (transport) => {
    const slapd = await startSlapd();
    const address = { host: slapd.host, port: transport === 'ldaps' ? slapd.ldapsPort : slapd.port };
    const bind = simple(slapd.admin);
    const settings = settingsOf(address, { transport, bind, tls: { authorityFile: slapd.caFile } });
    await using directory = openDirectory(settings, parts());
    const before = await directory.shared('lookup', signal);
    const entries = await countBelow(before, slapd.suffix, signal);
    await slapd.kill();
    await slapd.start();
    await expect(countBelow(before, slapd.suffix, signal)).rejects.toMatchObject(lost);
    expect(before.lost).toBe(true);
    const after = await directory.shared('lookup', signal);
    expect(after).not.toBe(before);
    expect(after.encrypted).toBe(transport !== 'clear');
    expect(await whoAmI(after, signal)).toBe(`dn:${slapd.admin.dn}`);
    expect(await countBelow(after, slapd.suffix, signal)).toBe(entries);
    await expect(countBelow(before, slapd.suffix, signal)).rejects.toMatchObject(lost);
  },
);

test('L9 server restarted with another certificate: no new connection, and so no bind, before it is trusted', async () => {
  const slapd = await startSlapd();
  const settings = settingsOf(
    { host: slapd.host, port: slapd.ldapsPort },
    { transport: 'ldaps', bind: simple(slapd.admin), tls: { authorityFile: slapd.caFile } },
  );
  await using directory = openDirectory(settings, parts());
  const before = await directory.shared('lookup', signal);
  const own = { certFile: `${slapd.folder}/server.pem`, keyFile: `${slapd.folder}/server.key` };
  await slapd.useCertificate(await slapd.authority.server('elsewhere', ['elsewhere.example.com']));
  await slapd.restart();
  await expect(whoAmI(before, signal)).rejects.toMatchObject(lost);
  await expect(directory.shared('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_CERTIFICATE_NAME_MISMATCH' });
  await slapd.useCertificate(own);
  await slapd.restart();
  expect(await whoAmI(await directory.shared('lookup', signal), signal)).toBe(`dn:${slapd.admin.dn}`);
});

test.each(['clear', 'ldaps', 'startTls'] as const)(
  'L10 server killed during a session over %s: what is pending and what comes later fails at once',
  async (transport) => {
    const slapd = await startSlapd();
    const address = { host: slapd.host, port: transport === 'ldaps' ? slapd.ldapsPort : slapd.port };
    const settings = settingsOf(address, {
      transport,
      bind: simple(slapd.admin),
      tls: { authorityFile: slapd.caFile },
    });
    await using directory = openDirectory(settings, parts());
    const connection = await directory.connect('lookup', signal);
    await freeze(slapd);
    const pending = whoAmI(connection, signal);
    const ended = expect(pending).rejects.toMatchObject(lost);
    await slapd.kill();
    await ended;
    await expect(whoAmI(connection, signal)).rejects.toMatchObject(lost);
    await connection[Symbol.asyncDispose]();
  },
);

test('L10 frozen server: what is pending ends with the operation time-out, and everything later at once', async () => {
  const slapd = await startSlapd();
  const settings = settingsOf(slapd, { bind: simple(slapd.admin), operationTimeoutMs: 300 });
  await using directory = openDirectory(settings, parts());
  const connection = await directory.connect('lookup', signal);
  await freeze(slapd);
  const started = performance.now();
  await expect(whoAmI(connection, signal)).rejects.toMatchObject({
    ...lost,
    detail: 'The connection was lost: it did not answer within 0.3 seconds.',
  });
  expect(performance.now() - started).toBeLessThan(10_000);
  await expect(whoAmI(connection, signal)).rejects.toMatchObject(lost);
  slapd.thaw();
});

test.each(['clear', 'ldaps', 'startTls'] as const)(
  'L10 frozen server: connecting over %s ends with the connection time-out',
  async (transport) => {
    const slapd = await startSlapd();
    await freeze(slapd);
    const address = { host: slapd.host, port: transport === 'ldaps' ? slapd.ldapsPort : slapd.port };
    await using directory = openDirectory(settingsOf(address, { transport, connectionTimeoutMs: 300 }), parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
      code: 'LDAP_SERVER_UNREACHABLE',
      detail: `${slapd.host} did not answer within 0.3 seconds.`,
    });
    slapd.thaw();
  },
);

test('L9 a server that says that nobody is bound any more is not asked again over this connection', async () => {
  const diagnostic =
    '000004DC: LdapErr: DSID-0C0907E9, comment: In order to perform this operation a successful bind must';
  const server = await startFakeServer(script({ search: (exchange) => exchange.done(1, { diagnostic }) }));
  await using directory = openDirectory(settingsOf(server), parts());
  const connection = await directory.connect('lookup', signal);
  await expect(countBelow(connection, '', signal)).rejects.toMatchObject({ code: 'LDAP_BIND_FORGOTTEN' });
  expect(connection.lost).toBe(true);
});

test('whatever a server sends, nothing waits for ever and nothing else is thrown', async () => {
  const streams: Buffer[] = [];
  const server = await startFakeServer(
    script({
      search: (exchange) => {
        exchange.raw(streams.shift() ?? Buffer.alloc(0));
        exchange.cut();
      },
    }),
  );
  const good = Buffer.concat([
    entryMessage(2, 'cn=a', { cn: 'a' }),
    intermediateMessage(2, '1.2.3'),
    referenceMessage(2, ['ldap://elsewhere']),
  ]);
  await using directory = openDirectory(settingsOf(server), parts());
  const damaged = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, octet]) => {
      const changed = Buffer.from(good);
      changed[at] = octet;
      return changed;
    }),
  );
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      streams.push(Buffer.from(bytes));
      await using connection = await directory.connect('lookup', signal);
      const outcome = await countBelow(connection, '', signal).then(
        () => 'answered',
        (error: unknown) => (isProblem(error) ? error.code : error),
      );
      expect(['LDAP_CONNECTION_LOST', 'LDAP_PROTOCOL_INVALID']).toContain(outcome);
    }),
    { numRuns: 150 },
  );
});

test('a frozen server keeps nobody from closing', async () => {
  const slapd = await startSlapd();
  const settings = settingsOf(
    { host: slapd.host, port: slapd.ldapsPort },
    { transport: 'ldaps', bind: simple(slapd.admin), tls: { authorityFile: slapd.caFile } },
  );
  await using directory = openDirectory(settings, parts());
  const connection = await directory.connect('lookup', signal);
  await freeze(slapd);
  const pending = expect(whoAmI(connection, signal)).rejects.toMatchObject(lost);
  await connection[Symbol.asyncDispose]();
  await pending;
  slapd.thaw();
});

test('a notice of disconnection ends the connection with everything on it', async () => {
  const server = await startFakeServer(script({ search: (exchange) => exchange.disconnect(52, 'going down') }));
  await using directory = openDirectory(settingsOf(server), parts());
  const connection = await directory.connect('lookup', signal);
  await expect(countBelow(connection, '', signal)).rejects.toMatchObject({
    ...lost,
    detail: 'The connection was lost: the server ended it (result code 52).',
  });
  expect(connection.lost).toBe(true);
});

test('what belongs to no operation is ignored', async () => {
  const server = await startFakeServer(
    script({
      search: (exchange) => {
        const { request } = exchange;
        exchange.raw(entryMessage(request.messageId + 7, 'cn=of nobody', {}));
        exchange.raw(intermediateMessage(0, '1.2.3'));
        exchange.entry('cn=one');
        exchange.done();
      },
    }),
  );
  await using directory = openDirectory(settingsOf(server), parts());
  await using connection = await directory.connect('lookup', signal);
  expect(await countBelow(connection, '', signal)).toBe(1);
});

test.each([
  ['text', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['a length that is none', Buffer.from([0x30, 0x80, 0, 0])],
  ['a message without an operation', Buffer.from([0x30, 0x03, 0x02, 0x01, 0x02])],
  ['an operation that ends outside', Buffer.from([0x30, 0x05, 0x02, 0x01, 0x02, 0x64, 0x7f])],
  ['the answer to something else', Buffer.from([0x30, 0x0c, 2, 1, 2, 0x67, 7, 0x0a, 1, 0, 4, 0, 4, 0])],
])('%s instead of an answer ends the connection', async (_, bytes) => {
  const server = await startFakeServer(script({ search: (exchange) => exchange.raw(bytes) }));
  await using directory = openDirectory(settingsOf(server), parts());
  const connection = await directory.connect('lookup', signal);
  await expect(countBelow(connection, '', signal)).rejects.toMatchObject({ code: 'LDAP_PROTOCOL_INVALID' });
  expect(connection.lost).toBe(true);
  await expect(countBelow(connection, '', signal)).rejects.toMatchObject(lost);
});

test('an operation that is aborted is abandoned, and the connection goes on', async () => {
  const abandoned = Promise.withResolvers<number>();
  const asked = Promise.withResolvers<Exchange>();
  const server = await startFakeServer(
    script({
      search: (exchange) => asked.resolve(exchange),
      abandon: ({ request }) => abandoned.resolve(request.kind === 'abandon' ? request.abandoned : 0),
    }),
  );
  await using directory = openDirectory(settingsOf(server), parts());
  await using connection = await directory.connect('lookup', signal);
  const stop = new AbortController();
  const search = expect(countBelow(connection, '', stop.signal)).rejects.toBe('enough');
  const exchange = await asked.promise;
  stop.abort('enough');
  await search;
  expect(await abandoned.promise).toBe(exchange.request.messageId);
  // The answer comes all the same, and late.
  exchange.done();
  expect(await whoAmI(connection, signal)).toBe('u:fake');
  await expect(whoAmI(connection, stop.signal)).rejects.toBe('enough');
});

test('what a caller throws at an entry ends its search and nothing else', async () => {
  const server = await startFakeServer(
    script({
      search: (exchange) => {
        const { messageId } = exchange.request;
        const entries = ['cn=a', 'cn=b'].map((dn) => entryMessage(messageId, dn, {}));
        exchange.raw(Buffer.concat([...entries, resultMessage(exchange.request, 0)]));
      },
    }),
  );
  await using directory = openDirectory(settingsOf(server), parts());
  await using connection = await directory.connect('lookup', signal);
  let handed = 0;
  const onEntry = (): void => {
    handed += 1;
    throw new Error('no room');
  };
  const filter = { kind: 'present', attribute: 'objectClass' } as const;
  await expect(
    connection.search({ base: '', scope: 'sub', filter, attributes: [] }, { onEntry }, signal),
  ).rejects.toThrow('no room');
  expect(handed).toBe(1);
  expect(await whoAmI(connection, signal)).toBe('u:fake');
});

test('messages are read whole however the network cuts them', async () => {
  const server = await startFakeServer(
    script({
      search: (exchange) => {
        const { messageId } = exchange.request;
        const large = entryMessage(messageId, 'cn=large', { description: 'x'.repeat(300_000) });
        const all = Buffer.concat([large, entryMessage(messageId, 'cn=small', {}), resultMessage(exchange.request, 0)]);
        for (let at = 0; at < all.length; at += 997) exchange.raw(all.subarray(at, at + 997));
      },
    }),
  );
  await using directory = openDirectory(settingsOf(server), parts());
  await using connection = await directory.connect('lookup', signal);
  expect(await countBelow(connection, '', signal)).toBe(2);
});
