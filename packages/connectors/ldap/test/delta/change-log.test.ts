import { describe, expect, test } from 'vitest';
import { ldapadd, ldapmodify } from '../../../../../testing/directories/commands.ts';
import { ds389 } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { anchorOf, readingChanges, summary } from './delta-under-test.ts';

const people = { types: ['inetOrgPerson'], attributes: ['cn', 'sn', 'description'] };
const byUniqueId = { ...people, anchors: ['nsUniqueId'] };

const person = (dn: string): string => `dn: ${dn}\nchangetype: add\nobjectClass: inetOrgPerson\ncn: x\nsn: y\n`;
const unit = (dn: string): string => `dn: ${dn}\nchangetype: add\nobjectClass: organizationalUnit\n`;
const sn = (dn: string, value: string): string => `dn: ${dn}\nchangetype: modify\nreplace: sn\nsn: ${value}\n`;
const gone = (dn: string): string => `dn: ${dn}\nchangetype: delete\n`;
const renamed = (dn: string, rdn: string, superior?: string): string =>
  `dn: ${dn}\nchangetype: modrdn\nnewrdn: ${rdn}\ndeleteoldrdn: 1\n${superior === undefined ? '' : `newsuperior: ${superior}\n`}`;

describe('a change log', () => {
  test('L36 add, modify, rename, move and delete are one change each, with Delete and Add for a rename where the DN is the anchor', async () => {
    const server = await ds389();
    const base = await freshBase(server);
    const target = readingChanges(server, base, people);
    await ldapmodify(
      server,
      [unit(`ou=a,${base}`), unit(`ou=b,${base}`), ...['1', '2', '3', '4', '5'].map((n) => person(`uid=${n},ou=a,${base}`))].join('\n'),
    );
    await target.full();
    await ldapmodify(
      server,
      [
        person(`uid=new,ou=a,${base}`),
        sn(`uid=new,ou=a,${base}`, 'changed'),
        sn(`uid=1,ou=a,${base}`, 'once'),
        sn(`uid=1,ou=a,${base}`, 'twice'),
        renamed(`uid=2,ou=a,${base}`, 'uid=two'),
        renamed(`uid=3,ou=a,${base}`, 'uid=3', `ou=b,${base}`),
        gone(`uid=4,ou=a,${base}`),
      ].join('\n'),
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
    expect((await target.delta()).entries).toEqual([]);
  });
});
