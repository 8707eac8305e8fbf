import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAccountDisabled } from '../../src/import/account-disabled.ts';
import { FrequentValues } from '../../src/import/frequent-values.ts';
import { guidOctets, guidText } from '../../src/import/guid.ts';
import { normalObjectClasses, objectTypeIndex } from '../../src/import/object-classes.ts';
import { PagesAhead } from '../../src/import/pages-ahead.ts';
import { changeOf } from '../../src/import/values.ts';
import { publishedSchema } from '../../src/schema/published-schema.ts';

const schema = publishedSchema({
  attributeTypes: [],
  objectClasses: [
    "( 2.5.6.0 NAME 'top' ABSTRACT MUST objectClass )",
    "( 2.5.6.6 NAME 'person' SUP top STRUCTURAL )",
    "( 2.5.6.7 NAME 'organizationalPerson' SUP person STRUCTURAL )",
    "( 2.16.840.1.113730.3.2.2 NAME 'inetOrgPerson' SUP organizationalPerson STRUCTURAL )",
    "( 1.3.6.1.1.1.2.0 NAME 'posixAccount' SUP top AUXILIARY )",
    "( 1.3.6.1.1.1.2.1 NAME 'shadowAccount' SUP top AUXILIARY )",
  ],
  ldapSyntaxes: [],
  contentRules: [],
});

describe('object classes', () => {
  test('have one form, in whatever order and letter case they come and with however many superclasses', () => {
    const written = ['inetOrgPerson', 'posixAccount', 'shadowAccount'];
    const implied = ['top', 'person', 'organizationalPerson', 'TOP', 'INETORGPERSON', '2.5.6.6'];
    fc.assert(
      fc.property(fc.shuffledSubarray(implied), fc.nat(), (some, at) => {
        const list = [...written, ...some];
        const turned = [...list.slice(at % list.length), ...list.slice(0, at % list.length)];
        expect(normalObjectClasses(schema, turned)).toEqual(written);
        expect(normalObjectClasses(schema, normalObjectClasses(schema, turned))).toEqual(written);
      }),
    );
  });

  test('that the schema does not know stay', () => {
    expect(normalObjectClasses(schema, ['zzz', 'top', 'person', 'aaa'])).toEqual(['person', 'aaa', 'zzz']);
  });

  test('tell the type, also where only the most derived class is stored', () => {
    const types = ['person', 'inetOrgPerson', 'organizationalPerson'];
    expect(objectTypeIndex(schema, types, ['inetOrgPerson'])).toBe(1);
    expect(objectTypeIndex(schema, ['person', 'organizationalPerson'], ['INETORGPERSON'])).toBe(1);
    expect(objectTypeIndex(schema, types, ['top', 'person'])).toBe(0);
    expect(objectTypeIndex(schema, types, ['posixAccount'])).toBe(-1);
  });
});

test('a GUID is the text that Microsoft shows (LDAP sheet 4.5), and back', () => {
  const octets = Buffer.from('558643ddb5b39a49bc0617df0b95a2e7', 'hex');
  expect(guidText(octets, 'microsoft')).toBe('dd438655-b3b5-499a-bc06-17df0b95a2e7');
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.constantFrom('microsoft', 'plain'),
      (raw, order) => {
        const bytes = Buffer.from(raw);
        expect(guidOctets(guidText(bytes, order), order)).toEqual(bytes);
        expect(guidOctets(`{${guidText(bytes, order).toUpperCase()}}`, order)).toEqual(bytes);
      },
    ),
  );
  expect(guidOctets('no guid', 'plain')).toBeUndefined();
});

test.each([
  ['userAccountControl', ['514'], true],
  ['userAccountControl', ['66048'], false],
  ['userAccountControl', ['-2147483646'], true],
  ['userAccountControl', [], undefined],
  ['msDS-UserAccountDisabled', ['TRUE'], true],
  ['msDS-UserAccountDisabled', [], false],
  ['nsAccountLock', ['true'], true],
  ['nsAccountLock', ['FALSE'], false],
  ['loginDisabled', ['TRUE'], true],
  ['pwdAccountLockedTime', ['000001010000Z'], true],
  ['pwdAccountLockedTime', ['20261121120000Z'], false],
  ['pwdAccountLockedTime', [], false],
] as const)('%s %j is read as disabled: %s', (method, values, disabled) => {
  expect(isAccountDisabled(method, values)).toBe(disabled);
});

describe('values that were met before', () => {
  test('are found by their octets and no others', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 200 }), (all) => {
        const frequent = new FrequentValues();
        for (const raw of all) {
          const bytes = Buffer.concat([Buffer.from([1]), raw, Buffer.from([2])]);
          const name = Buffer.from(raw).toString('hex');
          const found = frequent.find(bytes, 1, 1 + raw.length);
          if (found === undefined) frequent.keep(changeOf(name, []));
          else expect(found.name).toBe(name);
        }
      }),
    );
  });

  test('are looked for no longer where all are different', () => {
    const frequent = new FrequentValues();
    const known = changeOf('first', []);
    const bytes = Buffer.alloc(4);
    frequent.find(bytes, 0, 4);
    frequent.keep(known);
    expect(frequent.find(bytes, 0, 4)).toBe(known);
    for (let n = 1; n < 5000; n += 1) {
      const other = Buffer.alloc(4);
      other.writeUInt32BE(n);
      frequent.find(other, 0, 4);
      frequent.keep(changeOf('other', []));
    }
    expect(frequent.find(bytes, 0, 4)).toBeUndefined();
  });
});

describe('pages that are read ahead', () => {
  const never = new AbortController().signal;

  async function* numbers(started: number[]): AsyncGenerator<number, void> {
    for (let n = 0; n < 4; n += 1) {
      started.push(n);
      await setImmediate();
      yield n;
    }
  }

  test('are one more than was asked for', async () => {
    const started: number[] = [];
    const pages = new PagesAhead(() => numbers(started));
    expect(started).toEqual([]);
    expect(await pages.next(never)).toBe(0);
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    expect(started).toEqual([0, 1]);
    expect([await pages.next(never), await pages.next(never), await pages.next(never)]).toEqual([1, 2, 3]);
    expect(await pages.next(never)).toBeUndefined();
    await expect(pages.next(never)).rejects.toMatchObject({ code: 'CONNECTOR_RUN_CLOSED' });
    expect(await pages.end()).toBe(true);
  });

  test('that fail fail for good', async () => {
    const fault = new Error('broken');
    const pages = new PagesAhead(async function* () {
      yield 1;
      throw fault;
    });
    expect(await pages.next(never)).toBe(1);
    await expect(pages.next(never)).rejects.toBe(fault);
    await expect(pages.next(never)).rejects.toBe(fault);
    expect(await pages.end()).toBe(false);
  });

  test('end with the signal of whoever waits', async () => {
    const pages = new PagesAhead(async function* (lifetime) {
      yield 1;
      await new Promise((_, reject) => lifetime.addEventListener('abort', () => reject(lifetime.reason)));
    });
    const abort = new AbortController();
    expect(await pages.next(abort.signal)).toBe(1);
    const waiting = pages.next(abort.signal);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(await pages.end()).toBe(false);
  });
});
