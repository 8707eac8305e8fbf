import { describe, expect, test } from 'vitest';
import { ldapmodify } from '../../../../../testing/directories/commands.ts';
import { ds389 } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { valuesOf } from '../import/directory-under-test.ts';
import { type DeltaUnderTest, readingChanges, readingInClear, type Selected, summary } from './delta-under-test.ts';
import { type Attributes, type FakeChangeLog, fakeChangeLog, somebody } from './fake-change-log.ts';
import { gone, person, renamed, set, unit } from './ldif.ts';

const people: Selected = { types: ['inetOrgPerson'], attributes: ['cn', 'sn', 'description', 'employeeNumber'] };
const byNumber: Selected = { ...people, anchors: ['employeeNumber'] };

const suffix = 'dc=contoso,dc=lab';
const vendors = {
  ds389: { vendorName: ['389 Project'], vendorVersion: ['389-Directory/2.3.1 B2025.016.1616'] },
  odsee: { vendorName: ['Sun Microsystems, Inc.'], vendorVersion: ['Sun-Directory-Server/11.1.1.7.0'] },
  openDj: { vendorName: ['ForgeRock AS.'], vendorVersion: ['OpenDJ 3.0.0'] },
  ibm: { vendorName: ['International Business Machines (IBM)'], vendorVersion: ['6.4'] },
  isode: { vendorName: ['Isode Limited'], vendorVersion: ['17.0'] },
};
const uniqueId =
  "( 2.16.840.1.113730.3.1.542 NAME 'nsUniqueId' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE NO-USER-MODIFICATION USAGE directoryOperation )";

/** A change log with one record of the past, and a full import behind. */
async function scene(
  about: Attributes,
  selected: Selected = people,
  options: Parameters<typeof fakeChangeLog>[1] = {},
): Promise<{ log: FakeChangeLog; target: DeltaUnderTest }> {
  const log = await fakeChangeLog(about, options);
  log.records.set(7, record('add', `uid=0,${suffix}`));
  log.entries.set(`uid=1,${suffix}`, somebody({ employeeNumber: ['1'], nsUniqueId: [id(1)], entryUUID: [uuid(1)] }));
  const target = readingInClear(log.server, selected);
  await target.full();
  return { log, target };
}

const id = (n: number): string => `0000000${n}-00000000-00000000-00000000`;
const uuid = (n: number): string => `0000000${n}-0000-0000-0000-000000000000`;
const record = (type: string, dn: string, more: Attributes = {}): Attributes => ({
  targetDn: [dn],
  changeType: [type],
  changeTime: ['20261121001500Z'],
  ...more,
});

describe('the change log of 389', () => {
  test('L37 values in base64 and on folded lines are read, and an attribute that was replaced by nothing has no value', async () => {
    const server = await ds389();
    const base = await freshBase(server);
    await ldapmodify(
      server,
      ['1', '2'].map((n) => person(`uid=${n},${base}`, `employeeNumber: ${n}\ndescription: old\n`)).join('\n'),
    );
    // This anchor can be changed, so that the connector has to look into the records.
    const target = readingChanges(server, base, byNumber);
    await target.full();
    const long = `Zoë ${'x'.repeat(200)}`;
    const encoded = Buffer.from(long).toString('base64');
    await ldapmodify(
      server,
      [
        `dn: uid=1,${base}\nchangetype: modify\nreplace: sn\nsn:: ${encoded}\n-\nreplace: description\n`,
        set(`uid=2,${base}`, 'sn', 'replace'),
      ].join('\n'),
    );
    const told = await target.delta();
    expect(summary(told, base)).toEqual(['Replace uid=1', 'Replace uid=2']);
    const first = told.entries.find(({ dn }) => dn?.startsWith('uid=1'));
    expect(valuesOf(first, 'sn')).toEqual([long]);
    expect(valuesOf(first, 'description')).toEqual([]);
  });

  test('another value of the anchor, or the delete of somebody whose anchor the log does not carry, asks for a full import', async () => {
    const server = await ds389();
    const base = await freshBase(server);
    await ldapmodify(server, person(`uid=1,${base}`, 'employeeNumber: 1\n'));
    const target = readingChanges(server, base, byNumber);
    await target.full();
    await ldapmodify(server, set(`uid=1,${base}`, 'employeeNumber', '2'));
    await expect(target.delta()).rejects.toMatchObject({
      code: 'CONNECTOR_WATERMARK_INVALID',
      message: expect.stringContaining('got another "employeeNumber"'),
    });
    await target.full();
    await ldapmodify(server, gone(`uid=1,${base}`));
    await expect(target.delta()).rejects.toMatchObject({
      code: 'CONNECTOR_WATERMARK_INVALID',
      message: expect.stringContaining('carries no "employeeNumber"'),
    });
  });

  test('L38 a move to another parent is told below its new parent', async () => {
    const server = await ds389();
    const base = await freshBase(server);
    await ldapmodify(server, [unit(`ou=a,${base}`), unit(`ou=b,${base}`), person(`uid=1,ou=a,${base}`)].join('\n'));
    const target = readingChanges(server, base, people);
    await target.full();
    await ldapmodify(server, renamed(`uid=1,ou=a,${base}`, 'uid=one', `ou=b,${base}`));
    expect(summary(await target.delta(), base)).toEqual(['Add uid=one,ou=b', 'Delete uid=1,ou=a']);
  });

  test('L40 an account without rights on the log fails the test of the connector, imports in full, and is told so by a delta', async () => {
    const server = await ds389();
    const base = await freshBase(server);
    const target = readingChanges(server, base, people, { as: server.account });
    await expect(target.connector.test(target.signal)).rejects.toMatchObject({ code: 'LDAP_CHANGES_UNREADABLE' });
    expect((await target.full()).watermark).toBe('');
    const other = readingChanges(server, base, people);
    target.watermark = (await other.full()).watermark;
    await expect(target.delta()).rejects.toMatchObject({ code: 'LDAP_CHANGES_UNREADABLE' });
  });
});

describe('a change log', () => {
  test('with nothing new is one search', async () => {
    const { log, target } = await scene(vendors.ds389);
    await target.delta();
    const before = log.searches().length;
    expect((await target.delta()).entries).toEqual([]);
    expect(log.searches().slice(before)).toMatchObject([{ base: 'cn=changelog', filter: '(changeNumber>=7)' }]);
  });

  test('that was empty at first tells its first record', async () => {
    const log = await fakeChangeLog(vendors.ds389);
    const target = readingInClear(log.server, people);
    await target.full();
    expect((await target.delta()).entries).toEqual([]);
    log.records.set(1, record('delete', `uid=9,${suffix}`));
    expect(summary(await target.delta(), suffix)).toEqual(['Delete uid=9']);
  });

  test('L39 that was trimmed behind the last import asks for a full import, and so does a log that was made anew', async () => {
    const { log, target } = await scene(vendors.ds389);
    const { watermark } = target;
    log.records.clear();
    for (const n of [20, 21]) log.records.set(n, record('modify', `uid=1,${suffix}`));
    await expect(target.delta()).rejects.toMatchObject({
      code: 'CONNECTOR_WATERMARK_INVALID',
      message: expect.stringContaining('begins at 20, after change 7'),
    });
    expect(target.watermark).toBe(watermark);
    log.records.clear();
    log.records.set(3, record('modify', `uid=1,${suffix}`));
    await expect(target.delta()).rejects.toMatchObject({
      code: 'CONNECTOR_WATERMARK_INVALID',
      message: expect.stringContaining('ends at 3, before change 7'),
    });
  });

  test('L39 that was trimmed up to the last import goes on', async () => {
    const { log, target } = await scene(vendors.ds389);
    log.records.clear();
    log.records.set(8, record('modify', `uid=1,${suffix}`));
    expect(summary(await target.delta(), suffix)).toEqual(['Replace uid=1']);
  });

  test('L39 with another record under the number of the last import, or of another server, asks for a full import', async () => {
    const { log, target } = await scene(vendors.ds389);
    log.records.set(7, record('delete', `uid=other,${suffix}`));
    await expect(target.delta()).rejects.toMatchObject({
      code: 'CONNECTOR_WATERMARK_INVALID',
      message: expect.stringContaining('Change 7 is another one'),
    });
    target.watermark = target.watermark?.replace(/127\.0\.0\.1:\d+/, 'replica.contoso.lab:389');
    await expect(target.delta()).rejects.toMatchObject({
      code: 'CONNECTOR_WATERMARK_INVALID',
      message: expect.stringContaining('replica.contoso.lab:389'),
    });
  });

  test('that was hidden from the account meanwhile is no log without changes', async () => {
    const { log, target } = await scene(vendors.ds389);
    log.numbers = { first: 1, last: 9 };
    log.records.clear();
    await expect(target.delta()).rejects.toMatchObject({ code: 'LDAP_CHANGES_UNREADABLE' });
  });

  test('of which the root DSE does not tell the numbers is counted by its records', async () => {
    const { log, target } = await scene(vendors.isode, people, { tellsNumbers: false });
    log.records.set(8, record('modify', `uid=1,${suffix}`));
    expect(summary(await target.delta(), suffix)).toEqual(['Replace uid=1']);
    log.records.delete(8);
    log.records.set(11, record('modify', `uid=1,${suffix}`));
    log.records.delete(7);
    await expect(target.delta()).rejects.toMatchObject({ code: 'CONNECTOR_WATERMARK_INVALID' });
  });

  test.each([
    ['ODSEE', vendors.odsee, 'nsUniqueId', { targetUniqueId: [id(1)] }, id(1)],
    ['OpenDJ', vendors.openDj, 'entryUUID', { targetEntryUUID: [uuid(1)], targetUniqueID: [id(2)] }, uuid(1)],
    ['389 with the attribute in its log', vendors.ds389, 'employeeNumber', { employeeNumber: ['1'] }, '1'],
    [
      'ODSEE with the attributes of deleted entries',
      vendors.odsee,
      'employeeNumber',
      { deletedEntryAttrs: ['objectclass: top\nuserPassword:: e1NTSEF9\nemployeeNumber: 1\n\0'] },
      '1',
    ],
  ])('of %s tells who was deleted', async (_, about, anchor, carried, expected) => {
    const selected = { ...people, anchors: [anchor] };
    const { log, target } = await scene(about, selected, { attributeTypes: [uniqueId] });
    log.entries.delete(`uid=1,${suffix}`);
    log.records.set(8, record('delete', `uid=1,${suffix}`, carried));
    const { entries } = await target.delta();
    expect(entries).toMatchObject([
      { objectModificationType: 'Delete', anchorAttributes: [{ name: anchor, value: expected }] },
    ]);
  });

  test('of IBM and Isode tells moves by newSuperior, which may be empty', async () => {
    const { log, target } = await scene(vendors.ibm);
    log.entries.delete(`uid=1,${suffix}`);
    log.entries.set(`uid=one,${suffix}`, somebody());
    log.records.set(8, record('modrdn', `uid=1,${suffix}`, { newRDN: ['uid=one'], newSuperior: [''] }));
    expect(summary(await target.delta(), suffix)).toEqual(['Add uid=one', 'Delete uid=1']);
    log.entries.delete(`uid=one,${suffix}`);
    log.entries.set(`uid=one,ou=b,${suffix}`, somebody());
    log.records.set(9, record('MODDN', `uid=one,${suffix}`, { newRDN: ['uid=one'], newSuperior: [`ou=b,${suffix}`] }));
    expect(summary(await target.delta(), suffix)).toEqual(['Add uid=one,ou=b', 'Delete uid=one']);
  });

  test('never asks for what holds passwords where the anchor cannot change', async () => {
    const { log, target } = await scene(vendors.ds389);
    await target.delta();
    const below = log.searches().filter(({ base }) => base !== '');
    const asked = below.flatMap(({ attributes }) => attributes.map((name) => name.toLowerCase()));
    expect(asked).not.toContain('changes');
    expect(asked).not.toContain('*');
  });
});
