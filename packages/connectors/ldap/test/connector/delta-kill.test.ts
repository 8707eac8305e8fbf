import { ManageClient } from '@joinery/host';
import { silentLogger, systemClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { ldapadd, ldapmodify } from '../../../../../testing/directories/commands.ts';
import { openldap } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { startJoinery } from '../../../../cli/test/process.ts';
import { homeWith, parametersFor, startOn } from './hosted.ts';

const { signal } = new AbortController();

test.each([
  ['stage.before', 0],
  ['flip.before', 0],
  ['flip.after', 1],
])(
  'L47 a host killed at %s in a delta import loses no change: the next one tells what was not taken over',
  {
    timeout: 60_000,
  },
  async (point, taken) => {
    const server = await openldap();
    const base = await freshBase(server);
    const person = (name: string): string =>
      `dn: cn=${name},${base}\nobjectClass: inetOrgPerson\ncn: ${name}\nsn: ${name}\n`;
    await ldapadd(server, [person('changed'), person('deleted')].join('\n'));
    const home = await homeWith(server, {
      parameters: parametersFor(server, base),
      runProfiles: { delta: {} },
      types: [
        {
          objectType: 'inetOrgPerson',
          anchor: 'entryUUID',
          dn: '-dn-',
          attributes: [
            { name: '-dn-' },
            { name: 'entryUUID', operation: 'ImportOnly' },
            { name: 'sn', multiValued: true },
          ],
        },
      ],
    });
    const { host } = await startOn(home);
    await host.close();
    await ldapmodify(
      server,
      `dn: cn=added,${base}\nchangetype: add\nobjectClass: inetOrgPerson\ncn: added\nsn: added\n\ndn: cn=changed,${base}\nchangetype: modify\nreplace: sn\nsn: other\n\ndn: cn=deleted,${base}\nchangetype: delete\n`,
    );
    const victim = startJoinery(['host', 'start', '--home', home, '--port', '0'], {
      env: { JOINERY_FAIL_POINT: `host.${point}` },
    });
    await victim.said(/The connector host answers on/);
    const manage = await ManageClient.connect(home, systemClock);
    await expect(manage.run('LDAP', 'delta', () => {}, signal)).rejects.toMatchObject({ code: 'HOST_NOT_RUNNING' });
    expect((await victim.ended).signal).toBe('SIGKILL');
    const again = await startOn(home, silentLogger, 'none');
    const left = 1 - taken;
    expect(await again.host.run('LDAP', 'delta')).toMatchObject({
      kind: 'deltaImport',
      outcome: 'finished',
      adds: left,
      updates: left,
      deletes: left,
    });
    expect((await again.scim.get('/Users')).body.totalResults).toBe(2);
  },
);
