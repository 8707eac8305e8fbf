import { describe, expect, test } from 'vitest';
import { openldap } from '../../../../../testing/directories/directories.ts';
import type { Exchange } from '../../../../../testing/directories/exchange.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { add, remove, Target, update } from './target.ts';

const root = 'dc=contoso,dc=lab';
const type = 'inetOrgPerson';
const dn = `cn=x,${root}`;
const anchor = { employeeNumber: '7' };

/** A server where nobody is under the name; `search` answers what is searched by anchor, `base` the base of the partition. */
async function target(search: (exchange: Exchange) => void, base: (exchange: Exchange) => void = seen) {
  const answer = (exchange: Exchange): boolean => {
    const { request } = exchange;
    if (request.kind === 'delete' || request.kind === 'modify') exchange.done(32);
    else if (request.kind !== 'search' || !request.base.endsWith(root)) return false;
    else if (request.base === dn) exchange.done(32);
    else if (request.scope === 'base') base(exchange);
    else search(exchange);
    return true;
  };
  const fake = await startFakeServer({ answer });
  return await Target.open(await openldap(), {
    through: fake,
    settings: { partitions: [{ dn: root, containers: [] }] },
    anchors: ['employeeNumber'],
    types: [type],
  });
}

function seen(exchange: Exchange): void {
  exchange.entry(root);
  exchange.done();
}

const gone = { errorCode: 'ExportErrorConnectedDirectoryMissingObject' };

describe('an entry that is not under its name', () => {
  test('is missing where the search by anchor finds nobody', async () => {
    const where = await target((exchange) => exchange.done());
    expect(await where.one(remove(type, dn, anchor))).toMatchObject(gone);
    expect(await where.one(update(type, { dn, anchor }, { description: 'T' }))).toMatchObject(gone);
  });

  test.each([3, 10, 11, 32, 50, 51, 52, 80])(
    'is not taken for missing where that search ends with %i',
    async (code) => {
      const where = await target((exchange) => exchange.done(code));
      for (const entry of [remove(type, dn, anchor), update(type, { dn, anchor }, { description: 'T' })]) {
        const { errorCode } = await where.one(entry);
        expect(errorCode).not.toBe('ExportErrorConnectedDirectoryMissingObject');
        expect(errorCode).not.toBe('Success');
      }
    },
  );

  test('is not taken for missing where several entries have its anchor', async () => {
    const where = await target((exchange) => {
      exchange.entry(`cn=a,${root}`);
      exchange.entry(`cn=b,${root}`);
      exchange.done(4);
    });
    expect(await where.one(remove(type, dn, anchor))).toMatchObject({ errorCode: 'ExportErrorAmbiguousUpdate' });
  });

  test.each([
    ['answers that it is not there', (exchange: Exchange) => exchange.done(32)],
    ['shows nothing', (exchange: Exchange) => exchange.done()],
    ['is busy', (exchange: Exchange) => exchange.done(51)],
  ])('is not taken for deleted where the base of the partition %s', async (_, base) => {
    const where = await target((exchange) => exchange.done(), base);
    const { errorCode } = await where.one(remove(type, dn, anchor));
    expect(errorCode).toBe('ExportErrorConnectedDirectoryError');
  });
});

describe('what no import would read', () => {
  const elsewhere = `cn=x,ou=elsewhere,${root}`;

  test.each([
    ['beside the chosen containers', { partitions: [{ dn: root, containers: [`ou=people,${root}`] }] }],
    ['beside the chosen partition', { partitions: [{ dn: `ou=people,${root}`, containers: [] }] }],
  ])('is not made: %s', async (_, settings) => {
    const fake = await startFakeServer();
    const target = await Target.open(await openldap(), {
      through: fake,
      settings,
      anchors: ['entryDN'],
      types: [type],
    });
    expect(await target.one(add(type, elsewhere, { sn: 'x' }))).toMatchObject({ errorCode: 'ExportErrorInvalidDN' });
    expect(await target.one(add(type, `cn=x,ou=people,${root}`, { sn: 'x' }))).toMatchObject({ errorCode: 'Success' });
    expect(fake.requests.filter(({ kind }) => kind === 'add')).toHaveLength(1);
  });

  test('nor are the containers that the partition itself lies in', async () => {
    const fake = await startFakeServer({
      answer: (exchange) => {
        const { request } = exchange;
        if (request.kind !== 'add' && !(request.kind === 'search' && request.base.endsWith(root))) return false;
        exchange.done(32);
        return true;
      },
    });
    const partition = `ou=people,ou=lost,${root}`;
    const settings = {
      partitions: [{ dn: partition, containers: [] }],
      provisioningHierarchy: new Map([['ou', 'organizationalUnit']]),
    };
    const target = await Target.open(await openldap(), {
      through: fake,
      settings,
      anchors: ['entryDN'],
      types: [type],
    });
    expect(await target.one(add(type, `cn=x,${partition}`, { sn: 'x' }))).toMatchObject({
      errorCode: 'ExportErrorNonExistingParent',
    });
    expect(fake.requests.flatMap((each) => (each.kind === 'add' ? each.dn : []))).toEqual([`cn=x,${partition}`]);
  });
});

test('a value is not taken for unique where a partition cannot be seen', async () => {
  const fake = await startFakeServer({
    answer: (exchange) => {
      if (exchange.request.kind !== 'search' || exchange.request.base !== root) return false;
      exchange.done(32);
      return true;
    },
  });
  const settings = { uniqueAttributes: ['uid'], partitions: [{ dn: root, containers: [] }] };
  const target = await Target.open(await openldap(), { through: fake, settings, anchors: ['entryDN'], types: [type] });
  expect(await target.one(add(type, dn, { sn: 'x', uid: 'x' }))).toMatchObject({ errorName: 'uniqueValueNotChecked' });
  expect(fake.requests.filter(({ kind }) => kind === 'add')).toEqual([]);
});

test('a server that sends entries without end is not listened to', async () => {
  const fake = await startFakeServer({
    answer: async (exchange) => {
      const { request } = exchange;
      if (request.kind !== 'search' || request.scope !== 'sub') return false;
      for (let n = 0; n < 5; n += 1) exchange.entry(`cn=${n},${root}`);
      return true;
    },
  });
  const settings = { uniqueAttributes: ['uid'], partitions: [{ dn: root, containers: [] }] };
  const target = await Target.open(await openldap(), { through: fake, settings, anchors: ['entryDN'], types: [type] });
  expect(await target.one(add(type, dn, { sn: 'x', uid: 'x' }))).toMatchObject({ errorName: 'LDAP_PROTOCOL_INVALID' });
});
