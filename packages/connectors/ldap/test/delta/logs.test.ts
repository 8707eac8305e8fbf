import { describe, expect, test } from 'vitest';
import { ldapmodify } from '../../../../../testing/directories/commands.ts';
import { ds389, openldap } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { valuesOf } from '../import/directory-under-test.ts';
import { anchorOf, type DeltaUnderTest, readingChanges, type Selected, summary } from './delta-under-test.ts';
import { gone, person, renamed, set, unit } from './ldif.ts';

const people = { types: ['inetOrgPerson'], attributes: ['cn', 'sn', 'description', 'employeeNumber'] };

/** What both servers with a log do, each with a log of its own kind. */
describe.each([
  { name: '389', title: 'L36', start: ds389, uniqueId: 'nsUniqueId' },
  { name: 'OpenLDAP', title: 'L41', start: openldap, uniqueId: 'entryUUID' },
])('the log of $name', ({ title, start, uniqueId }) => {
  async function scene(
    selected: Selected,
    options: Parameters<typeof readingChanges>[3] = {},
    within = '',
  ): Promise<{ base: string; target: DeltaUnderTest; change: (...records: readonly string[]) => Promise<void> }> {
    const server = await start();
    const base = await freshBase(server);
    const change = (...records: readonly string[]): Promise<void> => ldapmodify(server, records.join('\n'));
    await change(
      unit(`ou=a,${base}`),
      unit(`ou=b,${base}`),
      ...['1', '2', '3', '4', '5'].map((n) => person(`uid=${n},ou=a,${base}`, `employeeNumber: ${n}\n`)),
    );
    const target = readingChanges(server, `${within}${base}`, selected, options);
    await target.full();
    return { base, target, change };
  }

  test(`${title} add, modify, rename, move and delete are one change each; a rename is Delete and Add where the DN is the anchor`, async () => {
    const { base, target, change } = await scene(people);
    await change(
      person(`uid=new,ou=a,${base}`),
      set(`uid=new,ou=a,${base}`, 'sn', 'changed'),
      set(`uid=1,ou=a,${base}`, 'sn', 'once'),
      set(`uid=1,ou=a,${base}`, 'sn', 'twice'),
      renamed(`uid=2,ou=a,${base}`, 'uid=two'),
      renamed(`uid=3,ou=a,${base}`, 'uid=3', `ou=b,${base}`),
      gone(`uid=4,ou=a,${base}`),
    );
    const told = await target.delta();
    expect(summary(told, base)).toEqual([
      'Add uid=3,ou=b',
      'Add uid=new,ou=a',
      'Add uid=two,ou=a',
      'Delete uid=2,ou=a',
      'Delete uid=3,ou=a',
      'Delete uid=4,ou=a',
      'Replace uid=1,ou=a',
    ]);
    const changed = told.entries.find(({ dn }) => dn?.startsWith('uid=1,'));
    expect(valuesOf(changed, 'sn')).toEqual(['twice']);
    expect((await target.delta()).entries).toEqual([]);
  });

  test(`${title} a rename and a move keep the object where a unique identifier is the anchor`, async () => {
    const { base, target, change } = await scene({ ...people, anchors: [uniqueId] });
    const before = await target.full();
    const fourth = anchorOf(before, `uid=4,ou=a,${base}`);
    await change(
      person(`uid=new,ou=a,${base}`),
      renamed(`uid=2,ou=a,${base}`, 'uid=two'),
      renamed(`uid=3,ou=a,${base}`, 'uid=3', `ou=b,${base}`),
      gone(`uid=4,ou=a,${base}`),
      person(`uid=4,ou=a,${base}`),
      person(`uid=brief,ou=a,${base}`),
      gone(`uid=brief,ou=a,${base}`),
    );
    const told = await target.delta();
    const brief = told.entries.filter(({ objectModificationType }) => objectModificationType === 'Delete');
    expect(brief).toHaveLength(2);
    expect(summary(told, base).filter((line) => !line.startsWith('Delete'))).toEqual([
      'Add uid=4,ou=a',
      'Add uid=new,ou=a',
      'Replace uid=3,ou=b',
      'Replace uid=two,ou=a',
    ]);
    expect(brief.map(({ anchorAttributes: [anchor] }) => anchor?.value)).toContain(fourth);
    expect(anchorOf(told, `uid=two,ou=a,${base}`)).toBe(anchorOf(before, `uid=2,ou=a,${base}`));
    expect(anchorOf(told, `uid=3,ou=b,${base}`)).toBe(anchorOf(before, `uid=3,ou=a,${base}`));
    expect((await target.delta()).entries).toEqual([]);
  });

  test('everything below a renamed container is told under its new name', async () => {
    const { base, target, change } = await scene(people);
    await change(
      set(`uid=1,ou=a,${base}`, 'sn', 'before'),
      gone(`uid=5,ou=a,${base}`),
      renamed(`ou=a,${base}`, 'ou=c'),
      renamed(`uid=2,ou=c,${base}`, 'uid=two'),
      gone(`uid=3,ou=c,${base}`),
      renamed(`ou=c,${base}`, 'ou=c', `ou=b,${base}`),
      person(`uid=6,ou=c,ou=b,${base}`),
    );
    const told = summary(await target.delta(), base);
    expect(told.filter((line) => line.startsWith('Add'))).toEqual([
      'Add uid=1,ou=c,ou=b',
      'Add uid=4,ou=c,ou=b',
      'Add uid=6,ou=c,ou=b',
      'Add uid=two,ou=c,ou=b',
    ]);
    expect(told).toEqual(expect.arrayContaining(['1', '2', '3', '4', '5'].map((n) => `Delete uid=${n},ou=a`)));
    expect(told.some((line) => line.startsWith('Replace'))).toBe(false);
    expect((await target.delta()).entries).toEqual([]);
  });

  test('everything below a renamed container keeps its identifier', async () => {
    const { base, target, change } = await scene({ ...people, anchors: [uniqueId] });
    await change(renamed(`ou=a,${base}`, 'ou=c'), gone(`uid=3,ou=c,${base}`));
    const told = await target.delta();
    expect(told.entries.map(({ objectModificationType }) => objectModificationType).toSorted()).toEqual([
      'Delete',
      'Replace',
      'Replace',
      'Replace',
      'Replace',
    ]);
  });

  test('what goes out of the containers or the filter is gone, and comes back', async () => {
    const { base, target, change } = await scene(people, { importFilter: '(!(description=guest))' }, 'ou=a,');
    await change(
      renamed(`uid=1,ou=a,${base}`, 'uid=1', `ou=b,${base}`),
      set(`uid=2,ou=a,${base}`, 'description', 'guest'),
      person(`uid=6,ou=b,${base}`),
      person(`uid=7,ou=a,${base}`, 'description: guest\n'),
    );
    expect(summary(await target.delta(), base)).toEqual(['Delete uid=1,ou=a', 'Delete uid=2,ou=a']);
    await change(
      renamed(`uid=1,ou=b,${base}`, 'uid=1', `ou=a,${base}`),
      set(`uid=2,ou=a,${base}`, 'description', 'staff'),
    );
    expect(summary(await target.delta(), base)).toEqual(['Add uid=1,ou=a', 'Replace uid=2,ou=a']);
  });

  test('what goes out of the containers or the filter is gone by its identifier', async () => {
    const selected = { ...people, anchors: [uniqueId] };
    const { base, target, change } = await scene(selected, { importFilter: '(!(description=guest))' }, 'ou=a,');
    const before = await target.full();
    await change(
      renamed(`uid=1,ou=a,${base}`, 'uid=1', `ou=b,${base}`),
      set(`uid=2,ou=a,${base}`, 'description', 'guest'),
      renamed(`uid=3,ou=a,${base}`, 'uid=3', `ou=b,${base}`),
      renamed(`uid=3,ou=b,${base}`, 'uid=3', `ou=a,${base}`),
    );
    const told = await target.delta();
    const ids = ['1', '2'].map((n) => `Delete ${anchorOf(before, `uid=${n},ou=a,${base}`)}`);
    expect(summary(told, base)).toEqual([...ids, 'Replace uid=3,ou=a'].toSorted());
  });

  test('a container that is read and was renamed is missing, and nobody is gone', async () => {
    const { base, target, change } = await scene(people, {}, 'ou=a,');
    await change(renamed(`ou=a,${base}`, 'ou=c'));
    await expect(target.delta()).rejects.toMatchObject({ code: 'LDAP_BASE_MISSING' });
  });

  test('L30 blanks at the ends of values come through', async () => {
    const { base, target, change } = await scene(people);
    const leading = `dn: uid=1,ou=a,${base}\nchangetype: modify\nreplace: description\ndescription:: ${Buffer.from(' leading').toString('base64')}\ndescription:: ${Buffer.from('trailing ').toString('base64')}\n`;
    await change(leading);
    const [entry] = (await target.delta()).entries;
    expect(valuesOf(entry, 'description').toSorted()).toEqual([' leading', 'trailing ']);
  });

  test('a rename in letter case only is no delete', async () => {
    const { base, target, change } = await scene(people);
    await change(renamed(`uid=1,ou=a,${base}`, 'UID=1'));
    expect(summary(await target.delta(), base)).toEqual(['Replace uid=1,ou=a']);
  });

  test('a run that did not end normally does not move the watermark', async () => {
    const { base, target, change } = await scene(people);
    await change(gone(`uid=1,ou=a,${base}`));
    const run = await target.connector.deltaImport?.(await target.step(), target.signal);
    await run?.getEntries(target.signal);
    expect(await run?.close('TerminatedByUser', target.signal)).toEqual({});
    expect(summary(await target.delta(), base)).toEqual(['Delete uid=1,ou=a']);
  });
});
