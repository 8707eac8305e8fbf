import { describe, expect, test } from 'vitest';
import { ldapsearch } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { shared } from '../../../../../testing/shared.ts';
import { add, Target, update } from './target.ts';

const success = { errorCode: 'Success' };

describe.each([
  ['OpenLDAP', openldap],
  ['389', ds389],
  ['ApacheDS', apacheds],
  ['Samba', samba],
] as const)('the provisioning hierarchy in %s', (kind, start) => {
  const type = kind === 'Samba' ? 'user' : 'inetOrgPerson';
  const person = kind === 'Samba' ? {} : { sn: 'x' };
  const opened = shared(async (later) => {
    const server = await start();
    const base = await freshBase(server, later);
    const settings = { provisioningHierarchy: new Map([['ou', 'organizationalUnit']]) };
    return { server, base, target: await Target.open(server, { settings, anchors: ['entryDN'] }, later) };
  });

  test('missing parents are made, once for all that need them', async () => {
    const { server, base, target } = opened();
    const parent = `ou=deep,ou=very,${base}`;
    const people = Array.from({ length: 8 }, (_, n) => add(type, `cn=p${n},${parent}`, person));
    const results = await target.put(...people);
    expect(results.map(({ errorCode }) => errorCode)).toEqual(people.map(() => 'Success'));
    expect(await ldapsearch(server, parent, { scope: 'one' })).toHaveLength(8);
  });

  test('so are those of a move', async () => {
    const { server, base, target } = opened();
    const dn = `cn=mover,${base}`;
    expect(await target.one(add(type, dn, person))).toMatchObject(success);
    const moved = `cn=mover,ou=new place,${base}`;
    expect(await target.one(update(type, { previousDn: dn, dn: moved }, { title: 'there' }))).toMatchObject(success);
    const [entry] = await ldapsearch(server, moved, { scope: 'base' });
    expect(entry?.attributes.title).toEqual(['there']);
  });

  test('a parent for which there is no class is told as missing', async () => {
    const { base, target } = opened();
    const parent = `l=nowhere,ou=not made,${base}`;
    const result = await target.one(add(type, `cn=x,${parent}`, person));
    expect(result).toMatchObject({ errorCode: 'ExportErrorNonExistingParent' });
    expect(result.errorDetail).toContain(parent);
    expect(await ldapsearch(opened().server, `ou=not made,${base}`)).toEqual([]);
  });
});
