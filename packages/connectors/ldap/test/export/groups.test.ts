import { describe, expect, test } from 'vitest';
import { ldapsearch } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { shared } from '../../../../../testing/shared.ts';
import { isPlaceholderMember } from '../../src/export/placeholder-member.ts';
import { add, Target, update } from './target.ts';

const success = { errorCode: 'Success' };
const placeholder = 'cn=Placeholder,dc=contoso,dc=lab';

describe.each([
  ['OpenLDAP', openldap],
  ['389', ds389],
  ['ApacheDS', apacheds],
] as const)('groups in %s', (_, start) => {
  const opened = shared(async (later) => {
    const server = await start();
    const base = await freshBase(server, later);
    const settings = { placeholderMember: placeholder };
    return { server, base, target: await Target.open(server, { settings, anchors: ['entryDN'] }, later) };
  });

  test.each(['member', 'uniqueMember'])('%s is never empty: the placeholder comes and goes', async (attribute) => {
    const { server, base, target } = opened();
    const objectType = attribute === 'member' ? 'groupOfNames' : 'groupOfUniqueNames';
    const dn = `cn=${objectType},${base}`;
    const members = async () => {
      const [group] = await ldapsearch(server, dn, { scope: 'base', attributes: [attribute] });
      return Object.values(group?.attributes ?? {})
        .flat()
        .map((name) => name.toLowerCase());
    };
    const change = async (add: readonly string[], remove: readonly string[]) => {
      const values = { [attribute]: { add, remove } };
      expect(await target.one(update(objectType, { dn }, values))).toMatchObject(success);
      return members();
    };
    expect(await target.one(add(objectType, dn, {}))).toMatchObject(success);
    const isRequired = target.context.schema.attributesOf(objectType).must.has(attribute);
    const empty = isRequired ? [placeholder.toLowerCase()] : [];
    const [a, b] = [`cn=a,${base}`, `cn=b,${base}`];
    expect(await members()).toEqual(empty);
    expect(await change([a, b], [])).toEqual([a, b]);
    expect(await change([], [a])).toEqual([b]);
    expect(await change([], [b])).toEqual(empty);
    expect(await change([a], [])).toEqual([a]);
    expect(await change([b], [a])).toEqual([b]);
    expect(await target.one(update(objectType, { dn }, { [attribute]: null }))).toMatchObject(success);
    expect(await members()).toEqual(empty);
  });

  test('a member that comes costs one value, however many there are', async () => {
    const { base, target } = opened();
    const dn = `cn=large,${base}`;
    const many = Array.from({ length: 2000 }, (_, n) => `cn=m${n},${base}`);
    expect(await target.one(add('groupOfNames', dn, { member: many }))).toMatchObject(success);
    target.requests.length = 0;
    const values = { member: { add: [`cn=new,${base}`], remove: [] } };
    expect(await target.one(update('groupOfNames', { dn }, values))).toMatchObject(success);
    const sent = target.requests.flatMap((request) => (request.operation === 'modify' ? request.modifications : []));
    expect(sent.flatMap(({ values: each }) => each).filter((value) => value !== placeholder)).toEqual([
      `cn=new,${base}`,
    ]);
  });

  test('members that are there, in another letter case, or gone already are as wanted', async () => {
    const { server, base, target } = opened();
    const dn = `cn=again,${base}`;
    expect(await target.one(add('groupOfNames', dn, { member: [`cn=a,${base}`, `cn=b,${base}`] }))).toMatchObject(
      success,
    );
    const member = { add: [`CN=A,${base}`, `cn=c,${base}`], remove: [`cn=x,${base}`, `cn=b,${base}`] };
    expect(await target.one(update('groupOfNames', { dn }, { member }))).toMatchObject(success);
    const [group] = await ldapsearch(server, dn, { scope: 'base', attributes: ['member'] });
    expect(group?.attributes.member?.toSorted()).toEqual([`cn=a,${base}`, `cn=c,${base}`]);
  });
});

test('imports can tell the placeholder, in any spelling', () => {
  const settings = { placeholderMember: placeholder };
  expect(isPlaceholderMember(settings, 'CN=placeholder, DC=contoso,DC=lab')).toBe(true);
  expect(isPlaceholderMember(settings, 'cn=other,dc=contoso,dc=lab')).toBe(false);
  expect(isPlaceholderMember({ placeholderMember: '' }, '')).toBe(false);
});

test('posixGroup: memberUid is text and no DN', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const target = await Target.open(server, { anchors: ['entryDN'] });
  const dn = `cn=posix,${base}`;
  const values = { gidNumber: 500n, memberUid: ['bsimon', 'x'] };
  expect(await target.one(add('posixGroup', dn, values))).toMatchObject(success);
  const memberUid = { add: ['asmith'], remove: ['x', 'gone'] };
  expect(await target.one(update('posixGroup', { dn }, { memberUid }))).toMatchObject(success);
  const [group] = await ldapsearch(server, dn, { scope: 'base' });
  expect(group?.attributes.memberUid?.toSorted()).toEqual(['asmith', 'bsimon']);
});

describe('groups in Samba', () => {
  const opened = shared(async (later) => {
    const server = await samba();
    const base = await freshBase(server, later);
    return { server, base, target: await Target.open(server, { anchors: ['objectGUID'] }, later) };
  });

  test('people and a group with them as members come in one batch, the group first', async () => {
    const { server, base, target } = opened();
    const people = ['a', 'b'].map((name) => add('user', `cn=${name},${base}`, {}));
    const member = people.map(({ dn }) => dn ?? '');
    const results = await target.put(add('group', `cn=staff,${base}`, { member }), ...people);
    expect(results.map(({ errorCode }) => errorCode)).toEqual(['Success', 'Success', 'Success']);
    const [group] = await ldapsearch(server, `cn=staff,${base}`, { scope: 'base', attributes: ['member'] });
    expect(group?.attributes.member).toHaveLength(2);
  });

  test('who refers to somebody further back in the batch is written after them, however they were given', async () => {
    const { server, base, target } = opened();
    const names = ['a', 'b', 'c', 'd'].map((name) => `cn=chain ${name},${base}`);
    // Each is managed by the next one.
    const chain = names.map((dn, at) => add('user', dn, { manager: names[at + 1] ?? null }));
    const results = await target.put(...chain);
    expect(results.map(({ errorCode }) => errorCode)).toEqual(Array(4).fill('Success'));
    const [first] = await ldapsearch(server, names[0] ?? '', { scope: 'base', attributes: ['manager'] });
    expect(first?.attributes.manager?.[0]?.toLowerCase()).toBe(names[1]?.toLowerCase());
  });

  test('those who refer to each other in a circle are tried twice, and then told which reference fails', async () => {
    const { base, target } = opened();
    const [x, y] = [`cn=x,${base}`, `cn=y,${base}`];
    target.requests.length = 0;
    const results = await target.put(add('user', x, { manager: y }), add('user', y, { manager: x }));
    // Neither can be first: Active Directory takes no reference to what is not there.
    expect(results).toMatchObject(Array(2).fill({ errorCode: 'ExportErrorReferenceAttributeFailure' }));
    expect(target.requests.filter(({ operation }) => operation === 'add')).toHaveLength(4);
  });

  test('L54 members that are there or gone already are as wanted', async () => {
    const { base, target } = opened();
    const [a, b] = [`cn=in,${base}`, `cn=out,${base}`];
    for (const dn of [a, b]) expect(await target.one(add('user', dn, {}))).toMatchObject(success);
    const dn = `cn=club,${base}`;
    const result = await target.one(add('group', dn, { member: a }));
    const anchor = Object.fromEntries((result.anchorAttributes ?? []).map(({ name, value }) => [name, value]));
    const change = update('group', { dn, anchor }, { member: { add: [a], remove: [b] }, description: 'x' });
    expect(await target.one(change)).toMatchObject(success);
  });
});
