import { describe, expect, test } from 'vitest';
import { ldapmodify } from '../../../../../testing/directories/commands.ts';
import { samba } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import {
  anchorOf,
  type DeltaUnderTest,
  readingChanges,
  type Selected,
  summary,
  type Told,
} from './delta-under-test.ts';
import { gone, renamed, set, unit } from './ldif.ts';

const users: Selected = { types: ['user'], attributes: ['cn', 'description', 'sn'] };

describe('the update numbers of Samba', () => {
  async function scene(
    options: Parameters<typeof readingChanges>[3] = {},
    within = '',
  ): Promise<{
    base: string;
    target: DeltaUnderTest;
    before: Told;
    change: (...records: readonly string[]) => Promise<void>;
  }> {
    const server = await samba();
    const base = await freshBase(server);
    const change = (...records: readonly string[]): Promise<void> => ldapmodify(server, records.join('\n'));
    await change(
      unit(`ou=a,${base}`),
      unit(`ou=b,${base}`),
      ...['1', '2', '3', '4'].map((n) => user(n, `ou=a,${base}`)),
    );
    const target = readingChanges(server, `${within}${base}`, users, options);
    const before = await target.full();
    return { base, target, before, change };
  }

  let count = 0;
  function user(name: string, parent: string): string {
    count += 1;
    return `dn: CN=${name},${parent}\nchangetype: add\nobjectClass: user\nsAMAccountName: d${process.pid}-${count}\n`;
  }

  /** Other tests' objects come as deletes of what nobody knows: they lie outside of what is read. */
  function ofTest(told: Told, before: Told, base: string): readonly string[] {
    const known = new Set(before.entries.map(({ anchorAttributes: [anchor] }) => `Delete ${String(anchor?.value)}`));
    return summary(told, base).filter((line) => !line.startsWith('Delete') || known.has(line));
  }

  test('L44 what was made, renamed and deleted is one delete by objectGUID, and no name of a deleted object is told', async () => {
    const { base, target, before, change } = await scene();
    await change(
      user('brief', `ou=a,${base}`),
      renamed(`CN=brief,ou=a,${base}`, 'CN=short'),
      gone(`CN=short,ou=a,${base}`),
      gone(`CN=4,ou=a,${base}`),
      user('new', `ou=a,${base}`),
      set(`CN=1,ou=a,${base}`, 'description', 'changed'),
    );
    const told = await target.delta();
    expect(ofTest(told, before, base)).toEqual([
      'Add cn=new,ou=a',
      `Delete ${anchorOf(before, `CN=4,OU=a,${base}`)}`,
      'Replace cn=1,ou=a',
    ]);
    expect(told.entries.filter((entry) => entry.objectModificationType === 'Delete').length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(told.entries.map(({ identifier: _, ...entry }) => entry))).not.toContain('ADEL');
    expect(ofTest(await target.delta(), before, base)).toEqual([]);
  });

  test('L45 rename and move keep objectGUID and change the DN', async () => {
    const { base, target, before, change } = await scene();
    await change(renamed(`CN=1,ou=a,${base}`, 'CN=one'), renamed(`CN=2,ou=a,${base}`, 'CN=2', `ou=b,${base}`));
    const told = await target.delta();
    expect(ofTest(told, before, base)).toEqual(['Replace cn=2,ou=b', 'Replace cn=one,ou=a']);
    expect(anchorOf(told, `CN=one,OU=a,${base}`)).toBe(anchorOf(before, `CN=1,OU=a,${base}`));
    expect(anchorOf(told, `CN=2,OU=b,${base}`)).toBe(anchorOf(before, `CN=2,OU=a,${base}`));
  });

  test('L45 everything below a renamed container has its new name, although its own numbers stay', async () => {
    const { base, target, before, change } = await scene();
    await change(renamed(`ou=a,${base}`, 'ou=c', `ou=b,${base}`));
    const told = await target.delta(2);
    expect(ofTest(told, before, base)).toEqual(['1', '2', '3', '4'].map((n) => `Replace cn=${n},ou=c,ou=b`));
    expect(anchorOf(told, `CN=3,OU=c,OU=b,${base}`)).toBe(anchorOf(before, `CN=3,OU=a,${base}`));
  });

  test('what goes out of the containers or the filter is gone, and comes back', async () => {
    const { base, target, before, change } = await scene({ importFilter: '(!(description=guest))' }, 'ou=a,');
    await change(
      renamed(`CN=1,ou=a,${base}`, 'CN=1', `ou=b,${base}`),
      set(`CN=2,ou=a,${base}`, 'description', 'guest'),
      set(`CN=3,ou=a,${base}`, 'description', 'staff'),
    );
    const ids = ['1', '2'].map((n) => `Delete ${anchorOf(before, `CN=${n},OU=a,${base}`)}`);
    expect(ofTest(await target.delta(), before, base)).toEqual([...ids, 'Replace cn=3,ou=a'].toSorted());
    await change(renamed(`CN=1,ou=b,${base}`, 'CN=1', `ou=a,${base}`), set(`CN=2,ou=a,${base}`, 'description'));
    expect(ofTest(await target.delta(), before, base)).toEqual(['Replace cn=1,ou=a', 'Replace cn=2,ou=a']);
  });

  test('a container that is read and was renamed is missing, and nobody is gone', async () => {
    const { base, target, change } = await scene({}, 'ou=a,');
    await change(renamed(`ou=a,${base}`, 'ou=c'));
    await expect(target.delta()).rejects.toMatchObject({ code: 'LDAP_BASE_MISSING' });
  });

  test.each([
    ['another domain controller', (text: string) => text.replace('cn=dc1', 'cn=dc2'), /another domain controller/i],
    ['a restored database', (text: string) => text.replace(/#[\da-f]{32}/, `#${'0'.repeat(32)}`), /restored/],
    ['numbers not yet given out', (text: string) => text.replace(/"usn":"\d+"/, '"usn":"99999999"'), /lost changes/],
    [
      'a time before deleted objects were forgotten',
      (text: string) => text.replace(/"time":"\d+"/, '"time":"1"'),
      /180 days/,
    ],
  ])('a watermark of %s asks for a full import', async (_, forge, reason) => {
    const { base, target, change } = await scene();
    target.watermark = forge(target.watermark ?? '');
    await change(set(`CN=1,ou=a,${base}`, 'description', 'changed'));
    await expect(target.delta()).rejects.toMatchObject({
      code: 'CONNECTOR_WATERMARK_INVALID',
      message: expect.stringMatching(reason),
    });
  });
});
