import { type CSEntryChangeResult, dnKey } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { ldapadd, ldapsearch } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import type { Directory } from '../../../../../testing/directories/directory.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { shared } from '../../../../../testing/shared.ts';
import { normalObjectClasses } from '../../src/import/object-classes.ts';
import { everything } from '../../src/protocol/filter/build.ts';
import { add, never, remove, Target, update, type Values } from './target.ts';

const servers = [
  ['OpenLDAP', openldap],
  ['389', ds389],
  ['ApacheDS', apacheds],
  ['Samba', samba],
] as const;

const success = { errorCode: 'Success' };

describe.each(servers)('exports to %s', (kind, start) => {
  const isMicrosoft = kind === 'Samba';
  const type = isMicrosoft ? 'user' : 'inetOrgPerson';
  const person: Values = isMicrosoft ? {} : { sn: 'Simon' };

  const opened = shared(async (later) => {
    const server = await start();
    return { server, base: await freshBase(server, later), target: await uniqueTarget(server, later) };
  });

  async function uniqueTarget(server: Directory, later: Parameters<typeof Target.open>[2]): Promise<Target> {
    const anchor = isMicrosoft ? 'objectGUID' : kind === '389' ? 'nsUniqueId' : 'entryUUID';
    return Target.open(server, { anchors: [anchor] }, later);
  }

  /** A new person, with the anchor that the server gave it. */
  async function made(cn: string, values: Values = person): Promise<{ dn: string; anchor: Values }> {
    const { target, base } = opened();
    const dn = `cn=${cn},${base}`;
    const result = await target.one(add(type, dn, values));
    expect(result).toMatchObject(success);
    return { dn, anchor: anchorOf(result) };
  }

  async function attributesOf(dn: string): Promise<Readonly<Record<string, readonly string[]>>> {
    const [entry] = await ldapsearch(opened().server, dn, { scope: 'base' });
    return entry?.attributes ?? {};
  }

  test('L31 the classes of a new entry come back in the form in which imports bring them', async () => {
    const { target } = opened();
    const dn = `cn=classes,${opened().base}`;
    const result = await target.one(add(type, dn, { ...person, objectClass: isMicrosoft ? 'user' : ['top', type] }));
    const stored = (await attributesOf(dn)).objectClass ?? [];
    const told = result.attributeChanges?.[0]?.valueChanges.map(({ value }) => value);
    expect(told).toEqual(normalObjectClasses(target.context.schema, stored));
  });

  test('the anchor that the server makes comes with the result of an Add', async () => {
    const { anchor } = await made('anchored');
    expect(Object.values(anchor)).toEqual([expect.stringMatching(/^[0-9a-f-]{32,36}$/)]);
  });

  test('L50 a mandatory attribute that is missing is named', async () => {
    if (isMicrosoft) return;
    const { target, base } = opened();
    const result = await target.one(add(type, `cn=lacking,${base}`, {}));
    expect(result).toMatchObject({ errorCode: 'ExportErrorMissingProvisioningAttribute' });
    expect(result.errorDetail).toContain('"sn"');
  });

  test('L49 a parent that is missing is named, of an Add and of a move', async () => {
    const { target, base } = opened();
    const { dn, anchor } = await made('moving');
    const parent = `ou=nowhere,${base}`;
    const results = [
      await target.one(add(type, `cn=orphan,${parent}`, person)),
      await target.one(update(type, { previousDn: dn, dn: `cn=moving,${parent}`, anchor })),
    ];
    for (const result of results) {
      expect(result).toMatchObject({ errorCode: 'ExportErrorNonExistingParent' });
      expect(result.errorDetail).toContain(`The parent "${parent}" does not exist`);
    }
  });

  test('L51 adding an entry that is there is refused as existing', async () => {
    const { dn } = await made('twice');
    const { target } = opened();
    expect(await target.one(add(type, dn.toUpperCase(), person))).toMatchObject({
      errorCode: 'ExportErrorConnectedDirectoryExistingObject',
    });
  });

  test('L52 all changes of an Update are one modify', async () => {
    const { dn, anchor } = await made('three');
    const { target } = opened();
    target.requests.length = 0;
    const changes = { title: 'Boss', telephoneNumber: '+1 5', physicalDeliveryOfficeName: 'X' };
    expect(await target.one(update(type, { dn, anchor }, changes))).toMatchObject(success);
    expect(target.requests.map(({ operation }) => operation)).toEqual(['modify']);
    expect(await attributesOf(dn)).toMatchObject({ title: ['Boss'], physicalDeliveryOfficeName: ['X'] });
  });

  test('L53 an attribute is cleared, and cleared again', async () => {
    const { dn, anchor } = await made('clearing', { ...person, title: 'Boss' });
    const { target } = opened();
    for (const _ of [1, 2]) {
      expect(await target.one(update(type, { dn, anchor }, { title: null }))).toMatchObject(success);
    }
    expect(await attributesOf(dn)).not.toHaveProperty('title');
  });

  test('L54 values that are there already, or gone, are as wanted; the others are written', async () => {
    const attribute = isMicrosoft ? 'otherTelephone' : 'description';
    const { dn, anchor } = await made('deltas', { ...person, [attribute]: ['a', 'b'] });
    const { target } = opened();
    const delta = update(type, { dn, anchor }, { [attribute]: { add: ['a', 'c'], remove: ['b', 'x'] }, title: 'T' });
    expect(await target.one(delta)).toMatchObject(success);
    expect(await target.one({ ...delta })).toMatchObject(success);
    const { [attribute]: values, title } = await attributesOf(dn);
    expect([values?.toSorted(), title]).toEqual([['a', 'c'], ['T']]);
  });

  test('L55 another letter case of the same DN is written, and is no error', async () => {
    const { dn, anchor } = await made('letter case');
    const { target, base } = opened();
    const renamed = update(type, { previousDn: dn, dn: `cn=Letter Case,${base}`, anchor });
    expect(await target.one(renamed)).toMatchObject(success);
    const { cn } = await attributesOf(dn);
    expect(cn).toEqual([kind === 'ApacheDS' ? 'letter case' : 'Letter Case']);
  });

  test('L56 a name and other attributes change in one Update, whatever characters the name holds', async () => {
    const { target, base } = opened();
    const { anchor, ...first } = await made('plain');
    let { dn } = first;
    for (const [at, rdn] of [
      'cn=Smith\\, John',
      'cn=a\\+b',
      'cn=ends with \\\\',
      'cn=\\#1 \\"x\\" \\; \\ ',
    ].entries()) {
      target.requests.length = 0;
      const next = `${rdn},${base}`;
      const changes = update(type, { previousDn: dn, dn: next, anchor }, { title: `title ${at}` });
      expect(await target.one(changes)).toMatchObject(success);
      expect(target.requests.map(({ operation }) => operation)).toEqual(['modifyDN', 'modify']);
      expect(await attributesOf(next)).toMatchObject({ title: [`title ${at}`] });
      dn = next;
    }
    expect((await attributesOf(dn)).cn).toEqual(['#1 "x" ;  ']);
  });

  test('L56 the value that names the entry is not sent again after a rename', async () => {
    const { dn, anchor } = await made('before');
    const { target, base } = opened();
    target.requests.length = 0;
    const next = `cn=after,${base}`;
    const cn = isMicrosoft ? 'after' : { add: ['after'], remove: ['before'] };
    expect(await target.one(update(type, { previousDn: dn, dn: next, anchor }, { cn }))).toMatchObject(success);
    expect(target.requests.map(({ operation }) => operation)).toEqual(['modifyDN']);
    expect((await attributesOf(next)).cn).toEqual(['after']);
  });

  test('L56 a refused modify behind a rename tells the new DN', async () => {
    const { dn, anchor } = await made('half');
    const { target, base } = opened();
    const next = `cn=half way,${base}`;
    const bad = { manager: isMicrosoft ? 'cn=nobody,dc=contoso,dc=lab' : 'no name' };
    const result = await target.one(update(type, { previousDn: dn, dn: next, anchor }, bad));
    expect(result.errorCode).not.toBe('Success');
    expect(dnKey(result.dn ?? '')).toBe(dnKey(next));
  });

  test('another spelling of the DN is no rename', async () => {
    const { dn, anchor } = await made('a\\, b');
    const { target } = opened();
    target.requests.length = 0;
    const spelled = dn.replace('\\,', '\\2C').replace(',ou', ' , ou');
    expect(await target.one(update(type, { previousDn: spelled, dn, anchor }, { title: 'T' }))).toMatchObject(success);
    expect(target.requests.map(({ operation }) => operation)).toEqual(['modify']);
  });

  test('an entry that was moved meanwhile is found by its anchor, changed, and its DN told', async () => {
    const { target, base } = opened();
    const { dn, anchor } = await made('moved');
    const moved = `cn=moved away,${base}`;
    expect(await target.one(update(type, { previousDn: dn, dn: moved, anchor }))).toMatchObject(success);
    expect(await target.one(update(type, { dn, anchor }, { title: 'found' }))).toMatchObject(success);
    expect(await attributesOf(moved)).toMatchObject({ title: ['found'] });
    expect(await target.one(update(type, { previousDn: dn, dn: `cn=moved again,${base}`, anchor }))).toMatchObject(
      success,
    );
    expect(await target.one(remove(type, dn, anchor))).toMatchObject(success);
    expect(await attributesOf(`cn=moved again,${base}`)).toEqual({});
  });

  test('nobody is written who has been given the name of another', async () => {
    const { target, base } = opened();
    const first = await made('name');
    expect(await target.one(remove(type, first.dn, first.anchor))).toMatchObject(success);
    const second = await made('name');
    const gone = { errorCode: 'ExportErrorConnectedDirectoryMissingObject' };
    expect(await target.one(update(type, first, { title: 'wrong' }))).toMatchObject(gone);
    expect(await target.one(update(type, { ...first, previousDn: first.dn, dn: `cn=stolen,${base}` }))).toMatchObject(
      gone,
    );
    expect(await target.one(remove(type, first.dn, first.anchor))).toMatchObject(gone);
    expect(Object.keys(await attributesOf(second.dn))).not.toContain('title');
    expect(await attributesOf(second.dn)).not.toEqual({});
  });

  test('L58 an entry with children is not deleted, unless the whole tree is wanted', async () => {
    const { server, base } = opened();
    const ou = (dn: string) => `dn: ${dn}\nobjectClass: organizationalUnit\n\n`;
    const top = `ou=tree,${base}`;
    await ldapadd(server, ou(top) + ou(`ou=a,${top}`) + ou(`ou=b,ou=a,${top}`) + ou(`ou=c,${top}`));
    const whole = await Target.open(server, { settings: { treeDelete: true }, anchors: ['entryDN'] });
    const anchored = remove('organizationalUnit', top, { entryDN: top });
    const plain = await Target.open(server, { anchors: ['entryDN'] });
    const refused = await plain.one(anchored);
    expect(refused).toMatchObject({ errorCode: 'ExportErrorConnectedDirectoryExistingObject' });
    expect(refused.errorDetail).toContain('has children');
    expect(await whole.one(anchored)).toMatchObject(success);
    const deleted = whole.requests.map((request) => ('dn' in request ? request.dn.toLowerCase() : ''));
    const all = [top, `ou=b,ou=a,${top}`, `ou=a,${top}`, `ou=c,${top}`, top];
    if (isMicrosoft) expect(deleted).toEqual([top.toLowerCase()]);
    else expect(deleted.toSorted()).toEqual(all.toSorted());
    expect(await ldapsearch(server, top)).toEqual([]);
  });

  test('L59 deleting an entry that is not there is told as missing, which is what was wanted', async () => {
    const { dn, anchor } = await made('gone');
    const { target } = opened();
    expect(await target.one(remove(type, dn, anchor))).toMatchObject(success);
    expect(await target.one(remove(type, dn, anchor))).toMatchObject({
      errorCode: 'ExportErrorConnectedDirectoryMissingObject',
    });
  });

  test('values survive with blanks at their ends, and bytes as they are', async () => {
    const { target } = opened();
    // What a picture begins with, and octets that are no text.
    const photo = Buffer.concat([
      Buffer.from('ffd8ffe000104a46494600010101', 'hex'),
      Buffer.from([0, 0xff, 0xfe, 0x80]),
    ]);
    const { dn } = await made('octets', { ...person, description: ' é 東京 x', jpegPhoto: new Uint8Array(photo) });
    expect((await attributesOf(dn)).description).toEqual([' é 東京 x']);
    await using connection = await target.context.directory.connect('export', never);
    const stored: Buffer[] = [];
    await connection.search(
      { base: dn, scope: 'base', filter: everything, attributes: ['jpegPhoto'] },
      { onEntry: (bytes, start, end) => stored.push(Buffer.from(bytes.subarray(start, end))) },
      never,
    );
    expect(Buffer.concat(stored).includes(photo)).toBe(true);
  });
});

function anchorOf(result: CSEntryChangeResult): Values {
  return Object.fromEntries((result.anchorAttributes ?? []).map(({ name, value }) => [name, value]));
}
