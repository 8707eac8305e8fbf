import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ldapmodify } from '../../../../../testing/directories/commands.ts';
import { openldap } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { recordingProxy } from '../../../../../testing/directories/recording-proxy.ts';
import { homeWith } from '../connector/hosted.ts';
import { startHostOn } from './host-process.ts';
import { gone, person, set } from './ldif.ts';

const child = fileURLToPath(new URL('./host-child.ts', import.meta.url));

test('L47 a host that is killed between fetching a delta and taking it over is told the same again', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const proxy = await recordingProxy(server.url);
  await ldapmodify(server, ['1', '2', '3'].map((n) => person(`uid=${n},${base}`)).join('\n'));
  const home = await homeWith(server, {
    parameters: {
      Host: proxy.host,
      Port: proxy.port,
      Binding: 'Basic',
      'User Name': server.admin.dn,
      Containers: base,
      'Allow manual anchor selection': true,
    },
    types: [
      {
        objectType: 'inetOrgPerson',
        anchor: 'entryUUID',
        queryAttribute: 'sn',
        dn: '-dn-',
        attributes: [
          { name: '-dn-' },
          { name: 'entryUUID', operation: 'ImportOnly' },
          { name: 'cn', multiValued: true, treatAsSingleValue: true },
          { name: 'sn', multiValued: true, treatAsSingleValue: true },
        ],
      },
    ],
  });
  const host = spawn(process.execPath, [child, home], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void host.kill('SIGKILL'));
  const exited = once(host, 'exit');
  const lines = createInterface({ input: host.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');

  await ldapmodify(
    server,
    [person(`uid=4,${base}`), set(`uid=1,${base}`, 'sn', 'changed'), gone(`uid=2,${base}`)].join('\n'),
  );
  const names = new Set<string>();
  proxy.judge((passing) => {
    const { from, request } = passing;
    if (
      from === 'server' &&
      passing.message === 'result' &&
      request?.kind === 'search' &&
      request.base.startsWith('uid=')
    )
      names.add(request.base);
    // The last answer is on its way, and nothing of it is in the space.
    if (names.size === 3) host.kill('SIGKILL');
    return 'pass';
  });
  host.stdin.write('delta\n');
  expect(await exited).toEqual([null, 'SIGKILL']);
  expect(await lines.next()).toMatchObject({ done: true });
  proxy.judge(undefined);

  const next = await startHostOn(home);
  onTestFinished(() => next.close());
  const report = await next.run('LDAP', 'delta');
  expect(report).toMatchObject({ kind: 'deltaImport', outcome: 'finished', adds: 1, updates: 1, deletes: 1 });
  expect(await next.run('LDAP', 'delta')).toMatchObject({ kind: 'deltaImport', adds: 0, updates: 0, deletes: 0 });
});
