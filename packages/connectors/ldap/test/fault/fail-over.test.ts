import { ManualClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { ldapsearch } from '../../../../../testing/directories/commands.ts';
import { recordingProxy } from '../../../../../testing/directories/recording-proxy.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { URN } from '../../../../host/test/support/caller.ts';
import { DoubtfulServers } from '../../src/export/doubtful-servers.ts';
import { homeWith, startOn } from '../connector/hosted.ts';

const single = { multiValued: true, treatAsSingleValue: true };

test('a server that is lost in the middle of a create: another one that has not heard of it is not given the person a second time', async () => {
  const [first, second] = [await startSlapd({ accessLog: false }), await startSlapd({ accessLog: false })];
  const proxy = await recordingProxy(first.url);
  const base = `ou=people,${first.suffix}`;
  const home = await homeWith(first, {
    parameters: {
      Host: `${proxy.host}:${proxy.port}, ${second.host}:${second.port}`,
      Binding: 'Basic',
      'User Name': first.admin.dn,
      Containers: base,
      'Allow manual anchor selection': true,
    },
    types: [
      {
        objectType: 'inetOrgPerson',
        anchor: 'entryUUID',
        queryAttribute: 'mail',
        dn: '-dn-',
        attributes: [
          { name: '-dn-' },
          { name: 'entryUUID', operation: 'ImportOnly' },
          { name: 'cn', ...single },
          { name: 'sn', ...single },
          { name: 'mail', ...single },
        ],
      },
    ],
  });
  const { scim } = await startOn(home);
  const lost: Promise<void>[] = [];
  proxy.judge(({ from, request }) => {
    if (from === 'client' || request?.kind !== 'add') return 'pass';
    lost.push(proxy.close());
    return 'cut-before';
  });
  const ada = { '-dn-': `cn=ada,${base}`, cn: 'ada', sn: 'King', mail: 'ada@contoso.example' };
  expect((await scim.create(ada)).status).toBe(503);
  await Promise.all(lost);
  // Nor is the caller told that there is nobody, or its second try taken for the first.
  const filter = encodeURIComponent(`${URN}:mail eq "ada@contoso.example"`);
  expect((await scim.request('GET', `/Users?filter=${filter}`)).status).toBe(503);
  expect((await scim.create(ada)).status).toBe(503);
  expect(await ldapsearch(first, base, { scope: 'one' })).toHaveLength(1);
  expect(await ldapsearch(second, base, { scope: 'one' })).toEqual([]);
});

test('what is lost with a write on its way is asked itself at once, and others after five minutes', () => {
  const clock = new ManualClock();
  const servers = new DoubtfulServers();
  const [first, second] = ['a', 'b'].map((host) => ({ server: { host, port: 389 } }));
  if (first === undefined || second === undefined) throw new Error('There are two.');
  servers.check(second, clock);
  servers.note(first, clock);
  servers.check(first, clock);
  expect(() => servers.check(second, clock)).toThrow('a:389 was lost with a write on its way');
  clock.advance(299_999);
  expect(() => servers.check(second, clock)).toThrow();
  clock.advance(1);
  servers.check(second, clock);
});
