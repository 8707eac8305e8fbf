import { expect, test } from 'vitest';
import { type ScimCaller, URN } from './support/caller.ts';
import { caller, TestHome } from './support/home.ts';
import { TREE, TreeTarget } from './support/tree-target.ts';

async function tree(): Promise<{ target: TreeTarget; scim: ScimCaller }> {
  const target = new TreeTarget();
  target.put('person', 'ann', 'CN=Ann\\, M.D.,OU=People');
  target.put('person', 'bob', 'CN=Bob,OU=People', { manager: ['cn="ann, m.d." , ou=PEOPLE'] });
  const home = await TestHome.create({ kinds: [target.kind], connectors: [TREE] });
  return { target, scim: caller(await home.start(), 'tree') };
}

async function idOf(scim: ScimCaller, uid: string): Promise<string> {
  return (await scim.find(`uid eq "${uid}"`)).body.Resources[0]?.id;
}

test('L32 a filter finds a DN in whatever spelling it is asked for', async () => {
  const { scim } = await tree();
  for (const dn of ['CN=Ann\\, M.D.,OU=People', 'cn = ann\\2C m.d. , ou = people', 'CN="Ann, M.D.";OU=People']) {
    for (const attribute of ['-dn-', '_distinguishedName']) {
      const found = await scim.find(`${attribute} eq ${JSON.stringify(dn)}`);
      expect(found.body.Resources?.map((each: { [URN]: { uid: string } }) => each[URN].uid)).toEqual(['ann']);
    }
  }
});

test('L32 a reference finds its object in whatever spelling the target names it', async () => {
  const { scim } = await tree();
  const [ann, bob] = [await idOf(scim, 'ann'), await idOf(scim, 'bob')];
  expect((await scim.get(`/Users/${bob}`)).body[URN].manager).toBe(ann);
});

test('L32 a DN that a caller supplies reaches the target in our spelling', async () => {
  const { target, scim } = await tree();
  const made = await scim.request('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', URN],
    [URN]: { uid: 'cay', '-dn-': 'CN="Cay, Jr." , OU = People' },
  });
  expect(made.status).toBe(201);
  expect(made.body[URN]['-dn-']).toBe('CN=Cay\\, Jr.,OU=People');
  expect(target.node('cay')?.dn).toBe('CN=Cay\\, Jr.,OU=People');
});

test('L32 a DN that differs from the present one in nothing but its spelling is no rename', async () => {
  const { target, scim } = await tree();
  const ann = await idOf(scim, 'ann');
  const before = target.entries.length;
  for (const dn of ['CN=Ann\\2C M.D., OU=People', 'cn="Ann, M.D.",ou=PEOPLE']) {
    const answer = await scim.set(ann, '-dn-', dn);
    expect(answer).toMatchObject({ status: 200, body: { [URN]: { '-dn-': 'CN=Ann\\, M.D.,OU=People' } } });
  }
  expect(target.entries.length).toBe(before);
});

test('L32 another upper and lower case of the own name is a rename', async () => {
  const { target, scim } = await tree();
  const ann = await idOf(scim, 'ann');
  expect((await scim.set(ann, '-dn-', 'CN=ANN\\, M.D.,OU=People')).status).toBe(200);
  expect(target.node('ann')?.dn).toBe('CN=ANN\\, M.D.,OU=People');
});
