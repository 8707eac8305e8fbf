import { expect, test } from 'vitest';
import { ldapadd, ldapsearch } from '../../../../../testing/directories/commands.ts';
import { openldap } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { type Json, type ScimCaller, URN } from '../../../../host/test/support/caller.ts';
import { homeWith, parametersFor, startOn } from './hosted.ts';

const GROUP_URN = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:Group';
const single = { multiValued: true, treatAsSingleValue: true };

/** People and groups under a container, anchored by entryUUID. */
async function peopleAndGroups() {
  const server = await openldap();
  const base = await freshBase(server);
  const home = await homeWith(server, {
    parameters: parametersFor(server, base),
    types: [
      {
        objectType: 'inetOrgPerson',
        anchor: 'entryUUID',
        queryAttribute: 'mail',
        dn: '-dn-',
        attributes: [
          { name: '-dn-' },
          { name: '_distinguishedName' },
          { name: 'entryUUID', operation: 'ImportOnly' },
          { name: 'cn', ...single },
          { name: 'sn', ...single },
          { name: 'mail', ...single },
          { name: 'description', multiValued: true },
          { name: 'manager', type: 'Reference', refersTo: ['User'], ...single },
        ],
      },
      {
        objectType: 'groupOfNames',
        resource: 'Group',
        anchor: 'entryUUID',
        queryAttribute: 'cn',
        dn: '-dn-',
        displayName: 'cn',
        members: 'member',
        attributes: [
          { name: '-dn-' },
          { name: 'entryUUID', operation: 'ImportOnly' },
          { name: 'cn', ...single },
          { name: 'member', type: 'Reference', multiValued: true, refersTo: ['User', 'Group'] },
        ],
      },
    ],
  });
  /** What the server itself says of an entry right below the container. */
  const entry = async (rdn: string): Promise<Record<string, readonly string[]> | undefined> =>
    (await ldapsearch(server, `${rdn},${base}`, { scope: 'base', attributes: ['*', '+'] }))[0]?.attributes;
  const stamps = async (): Promise<unknown> =>
    (await ldapsearch(server, base, { attributes: ['entryCSN', 'entryUUID'] })).map((each) => [
      each.dn,
      each.attributes,
    ]);
  return { server, base, home, entry, stamps };
}

async function created(answer: Promise<{ readonly status: number; readonly body: Json }>): Promise<string> {
  const { status, body } = await answer;
  expect([status, body.detail]).toEqual([201, undefined]);
  return body.id;
}

function patchGroup(scim: ScimCaller, id: string, operation: Record<string, unknown>): Promise<{ status: number }> {
  return scim.request('PATCH', `/Groups/${id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [operation],
  });
}

test('people and groups are created, changed, renamed and deleted through SCIM, and stay who they are', async () => {
  const { base, home, entry, stamps } = await peopleAndGroups();
  const { host, scim } = await startOn(home);

  const ada = await created(
    scim.create({ '-dn-': `cn=ada,${base}`, cn: 'Ada King', sn: 'King', mail: 'ada@contoso.example' }),
  );
  const zoe = await created(
    scim.create({
      '-dn-': `CN=Zoë\\, the younger, ${base}`,
      cn: 'Zoë',
      sn: 'Ærø',
      mail: 'zoe@contoso.example',
      manager: ada,
    }),
  );
  expect(await entry('cn=ada')).toMatchObject({ cn: expect.arrayContaining(['ada', 'Ada King']), sn: ['King'] });
  expect((await entry('cn=Zoë\\, the younger'))?.manager).toEqual([`cn=ada,${base}`]);

  const patched = await scim.patch(
    zoe,
    { op: 'Replace', path: `${URN}:sn`, value: 'Ærøskøbing' },
    { op: 'Add', path: `${URN}:description`, value: ['one', 'two'] },
    { op: 'Replace', path: `${URN}:-dn-`, value: `cn=zoe,${base}` },
  );
  expect([patched.status, patched.body?.detail]).toEqual([expect.toBeOneOf([200, 204]), undefined]);
  expect(await entry('cn=zoe')).toMatchObject({ sn: ['Ærøskøbing'], description: ['one', 'two'] });
  expect((await scim.get(`/Users/${zoe}`)).body[URN]).toMatchObject({ '-dn-': `cn=zoe,${base}`, manager: ada });

  const crew = await created(
    scim.request('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group', GROUP_URN],
      displayName: 'Crew',
      members: [{ value: ada }],
      [GROUP_URN]: { '-dn-': `cn=Crew,${base}` },
    }),
  );
  expect((await patchGroup(scim, crew, { op: 'add', path: 'members', value: [{ value: zoe }] })).status).toBe(204);
  expect((await entry('cn=Crew'))?.member).toEqual([`cn=ada,${base}`, `cn=zoe,${base}`]);
  const gone = await patchGroup(scim, crew, { op: 'remove', path: `members[value eq "${ada}"]` });
  expect([gone.status, (await entry('cn=Crew'))?.member]).toEqual([204, [`cn=zoe,${base}`]]);

  const before = await stamps();
  expect(await host.run('LDAP', 'full')).toMatchObject({
    outcome: 'finished',
    adds: 0,
    updates: 0,
    renames: 0,
    deletes: 0,
  });
  await host.close();
  const again = await startOn(home);
  expect((await again.scim.get(`/Users/${zoe}`)).body[URN]).toMatchObject({
    sn: 'Ærøskøbing',
    mail: 'zoe@contoso.example',
  });
  await again.scim.patch(zoe, { op: 'Replace', path: `${URN}:sn`, value: 'Ærøskøbing' });
  await again.scim.patch(ada, { op: 'Replace', path: `${URN}:cn`, value: 'Ada King' });
  expect(await stamps()).toEqual(before);

  expect((await again.scim.request('DELETE', `/Groups/${crew}`)).status).toBe(204);
  expect((await again.scim.delete(zoe)).status).toBe(204);
  expect([await entry('cn=Crew'), await entry('cn=zoe')]).toEqual([undefined, undefined]);
});

test('a rename shows the attribute that names the entry as it is now, and an import finds nothing else than was exported', async () => {
  const { base, home, entry } = await peopleAndGroups();
  const { host, scim } = await startOn(home);
  const [ada, eve] = [
    await created(scim.create({ '-dn-': `cn=ada,${base}`, cn: 'ada', sn: 'King' })),
    await created(scim.create({ '-dn-': `cn=eve,${base}`, cn: 'Eve King', sn: 'King' })),
  ];
  await scim.patch(ada, { op: 'Replace', path: `${URN}:-dn-`, value: `cn=countess,${base}` });
  await scim.patch(eve, { op: 'Replace', path: `${URN}:-dn-`, value: `cn=duchess,${base}` });
  expect((await entry('cn=duchess'))?.cn).toEqual(expect.arrayContaining(['duchess', 'Eve King']));
  expect((await scim.get(`/Users/${ada}`)).body[URN]).toMatchObject({ '-dn-': `cn=countess,${base}`, cn: 'countess' });
  expect((await scim.get(`/Users/${eve}`)).body[URN]).toMatchObject({ cn: 'Eve King' });
  expect(await host.run('LDAP', 'full')).toMatchObject({ outcome: 'finished', updates: 0, differing: 0 });
});

test('what others change in the directory is there after the next import, under the same ids', async () => {
  const { server, base, home } = await peopleAndGroups();
  await ldapadd(
    server,
    `dn: cn=ada,${base}\nobjectClass: inetOrgPerson\ncn: ada\nsn: King\nmail: ada@contoso.example\n`,
  );
  const { host, scim } = await startOn(home);
  const [ada] = (await scim.find(`${URN}:mail eq "ADA@contoso.example"`)).body.Resources;
  await ldapadd(
    server,
    `dn: cn=ada,${base}\nchangetype: modrdn\nnewrdn: cn=countess\ndeleteoldrdn: 1\n\ndn: cn=countess,${base}\nchangetype: modify\nreplace: sn\nsn: Lovelace\n`,
  );
  expect(await host.run('LDAP', 'full')).toMatchObject({ outcome: 'finished', adds: 0, deletes: 0, renames: 1 });
  const { body } = await scim.get(`/Users/${ada.id}`);
  expect(body[URN]).toMatchObject({ '-dn-': `cn=countess,${base}`, sn: 'Lovelace' });
});

test('L34 of several values in an attribute that is treated as single the first is shown, and the others stay when something else is written', async () => {
  const { server, base, home, entry } = await peopleAndGroups();
  const mail = ['first@contoso.example', 'second@contoso.example', 'third@contoso.example'];
  const values = mail.map((each) => `mail: ${each}\n`).join('');
  await ldapadd(server, `dn: cn=ada,${base}\nobjectClass: inetOrgPerson\ncn: ada\nsn: King\n${values}`);
  const { host, scim } = await startOn(home);
  const [ada] = (await scim.get('/Users')).body.Resources;
  expect(ada[URN].mail).toBe('first@contoso.example');
  expect((await scim.set(ada.id, 'sn', 'Lovelace')).status).toBe(200);
  expect(await entry('cn=ada')).toMatchObject({ sn: ['Lovelace'], mail });
  expect(await host.run('LDAP', 'full')).toMatchObject({ outcome: 'finished', adds: 0, updates: 0, deletes: 0 });
});
