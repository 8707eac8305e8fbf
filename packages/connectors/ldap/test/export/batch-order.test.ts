import type { CSEntryChange, SchemaType } from '@joinery/connector';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderBatch } from '../../src/export/batch-order.ts';
import { EntryLocks } from '../../src/export/entry-locks.ts';
import type { EntryTask } from '../../src/export/outcome.ts';
import type { DirectorySchema } from '../../src/schema/directory-schema.ts';
import { add, remove, update } from './target.ts';

const lineages: Readonly<Record<string, readonly string[]>> = {
  organizationalUnit: ['organizationalunit', 'top'],
  inetOrgPerson: ['inetorgperson', 'organizationalperson', 'person', 'top'],
  groupOfNames: ['groupofnames', 'top'],
};
const schema: DirectorySchema = {
  attributeTypes: [],
  objectClasses: [],
  attributeType: () => undefined,
  objectClass: () => undefined,
  lineage: (name) => new Set(lineages[name] ?? []),
  attributesOf: () => ({ must: new Set(), may: new Set() }),
  skipped: [],
};

function task(entry: CSEntryChange): EntryTask {
  const reference = {
    isAnchor: false,
    isMultiValued: true,
    allowedOperation: 'ImportExport',
    type: 'Reference',
  } as const;
  const type: SchemaType = {
    name: entry.objectType,
    lockAnchorDefinition: false,
    possibleDnComponents: [],
    attributes: ['member', 'manager'].map((name) => ({ ...reference, name })),
  };
  return { entry: { ...entry, dn: entry.dn ?? '' }, type };
}

function order(...entries: readonly CSEntryChange[]): readonly string[] {
  return orderBatch(entries.map(task), schema).map(
    ({ task: { entry } }) => `${entry.objectModificationType} ${entry.dn.split(',')[0]}`,
  );
}

describe('the order in which the entries of a batch begin', () => {
  const top = 'ou=top,dc=x';
  const person = (cn: string) => `cn=${cn},${top}`;

  test('containers, people, groups; then deletes the other way round', () => {
    expect(
      order(
        remove('organizationalUnit', 'ou=old,dc=x'),
        remove('groupOfNames', 'cn=old group,dc=x'),
        add('groupOfNames', person('g'), {}),
        remove('inetOrgPerson', 'cn=old person,dc=x'),
        add('inetOrgPerson', person('p'), {}),
        add('organizationalUnit', top, {}),
      ),
    ).toEqual(['Add ou=top', 'Add cn=p', 'Add cn=g', 'Delete cn=old group', 'Delete cn=old person', 'Delete ou=old']);
  });

  test('an entry before those that refer to it, also of one kind', () => {
    expect(
      order(
        add('groupOfNames', person('outer'), { member: [person('inner')] }),
        add('groupOfNames', person('inner'), { member: [person('p')] }),
        add('inetOrgPerson', person('p'), { manager: person('boss') }),
        add('inetOrgPerson', person('boss'), {}),
      ),
    ).toEqual(['Add cn=boss', 'Add cn=p', 'Add cn=inner', 'Add cn=outer']);
  });

  test('what is moved out of a container goes before the container does', () => {
    expect(
      order(
        remove('organizationalUnit', top),
        update('inetOrgPerson', { previousDn: person('p'), dn: 'cn=p,ou=else,dc=x' }),
        remove('inetOrgPerson', person('q')),
      ),
    ).toEqual(['Update cn=p', 'Delete cn=q', 'Delete ou=top']);
  });

  test('the changes of one entry as they were given, in any spelling of its name', () => {
    expect(
      order(
        remove('inetOrgPerson', person('p')),
        add('inetOrgPerson', person('P').replace(',', ' , '), {}),
        update('inetOrgPerson', { dn: person('p') }, { manager: null }),
      ),
    ).toEqual(['Delete cn=p', 'Add cn=P ', 'Update cn=p']);
  });

  test('those who refer to each other come in some order, each once', () => {
    const circle = ['a', 'b', 'c'].map((name, at, all) =>
      add('inetOrgPerson', person(name), { manager: person(all[(at + 1) % 3] ?? '') }),
    );
    expect(order(...circle).toSorted()).toEqual(['Add cn=a', 'Add cn=b', 'Add cn=c']);
  });

  test('whatever the order in which a tree is given, parents are added first and deleted last', () => {
    const names = fc
      .uniqueArray(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 20,
        selector: (path) => path.join(),
      })
      .map((paths) => paths.map((path) => [...path.map((name) => `ou=${name}`), 'dc=x'].join(',')));
    fc.assert(
      fc.property(names, (dns) => {
        const type = 'organizationalUnit';
        for (const entries of [dns.map((dn) => add(type, dn, {})), dns.map((dn) => remove(type, dn))]) {
          const ordered = orderBatch(entries.map(task), schema).map((each) => each.task.entry);
          expect(ordered).toHaveLength(dns.length);
          const place = new Map(ordered.map(({ dn }, at) => [dn, at]));
          for (const dn of dns) {
            const parent = dn.slice(dn.indexOf(',') + 1);
            const [own = 0, its = -1] = [place.get(dn), place.get(parent)];
            if (its >= 0) expect(entries[0]?.objectModificationType === 'Add' ? its < own : own < its).toBe(true);
          }
        }
      }),
    );
  });
});

test('whatever is claimed, no two that touch the same entry overlap unless both only need it, and all have their turn', async () => {
  const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 });
  const claims = fc.array(fc.record({ exclusive: keys, shared: keys, turns: fc.nat(4) }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(claims, async (all) => {
      const locks = new EntryLocks();
      const active = new Map<number, (typeof all)[number]>();
      const lastWriter = new Map<string, number>();
      const work = all.map((claim, at) => {
        const hold = locks.claim({ exclusive: new Set(claim.exclusive), shared: new Set(claim.shared) });
        return async () => {
          using held = hold;
          await held.ready;
          for (const other of active.values()) {
            const touched = new Set([...other.exclusive, ...other.shared]);
            expect(claim.exclusive.filter((key) => touched.has(key))).toEqual([]);
            expect(claim.shared.filter((key) => other.exclusive.includes(key))).toEqual([]);
          }
          active.set(at, claim);
          for (const key of claim.exclusive) {
            expect(lastWriter.get(key) ?? -1).toBeLessThan(at);
            lastWriter.set(key, at);
          }
          for (let turn = 0; turn < claim.turns; turn += 1) await Promise.resolve();
          active.delete(at);
        };
      });
      await Promise.all(work.map((each) => each()));
      expect(active.size).toBe(0);
    }),
  );
});
