import { describe, expect, test } from 'vitest';
import type { Exchange, RecordedRequest } from '../../../../../testing/directories/exchange.ts';
import { type FakeServer, startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { readingInClear } from './directory-under-test.ts';

const root = 'dc=contoso,dc=lab';

/** What was searched for by pages: the import itself. */
function paged(server: FakeServer): readonly (RecordedRequest & { readonly kind: 'search' })[] {
  return server.requests.flatMap((request) =>
    request.kind === 'search' && request.page !== undefined ? [request] : [],
  );
}

describe('L16 neither (&) nor (|) is sent', () => {
  test.each([
    [['person'], '(objectClass=person)'],
    [
      ['person', 'inetOrgPerson', 'groupOfNames'],
      '(|(objectClass=inetOrgPerson)(objectClass=person)(objectClass=groupOfNames))',
    ],
  ])('for the types %j', async (types, filter) => {
    const server = await startFakeServer({ answer: found });
    await readingInClear(server).entries({ types, attributes: ['cn'] });
    const [search] = paged(server);
    expect(search?.filter.match(/\(objectClass=\w+\)/g)?.toSorted()).toEqual(
      filter.match(/\(objectClass=\w+\)/g)?.toSorted(),
    );
    for (const request of server.requests)
      if (request.kind === 'search') expect(request.filter).not.toMatch(/\([&|]\)/);
  });

  test('without a type nothing is sent and nothing reported', async () => {
    const server = await startFakeServer({ answer: found });
    const none = readingInClear(server);
    const run = await none.open({ types: ['person'] });
    await run.close('TerminatedByUser', none.signal);
    await expect(none.entries({ types: [] })).rejects.toMatchObject({ code: 'CONNECTOR_SELECTION_INVALID' });
    expect(paged(server)).toEqual([]);
  });

  test('with a condition of the administrator', async () => {
    const server = await startFakeServer({ answer: found });
    const importFilter = '(&(!(employeeNumber=0))(|(sn=A*)(sn=Zo\\c3\\ab)))';
    await readingInClear(server, { importFilter }).entries({ types: ['inetOrgPerson'], attributes: ['cn'] });
    expect(paged(server)[0]?.filter).toBe('(&(objectClass=inetOrgPerson)(&(!(employeeNumber=0))(|(sn=A*)(sn=Zoë))))');
  });
});

describe('L29 only what is selected is asked for', () => {
  test('with the anchor and objectClass', async () => {
    const server = await startFakeServer({ answer: found });
    await readingInClear(server, { manualAnchorSelection: true, includeOperationalAttributes: true }).entries({
      types: ['inetOrgPerson'],
      attributes: ['cn', 'manager'],
      anchors: ['entryUUID'],
    });
    expect(paged(server)[0]?.attributes.toSorted()).toEqual(['cn', 'entryUUID', 'manager', 'objectClass']);
  });

  test('never a password, also where it is selected for export', async () => {
    const server = await startFakeServer({ answer: found });
    const entries = await readingInClear(server, { passwordAttribute: 'employeeNumber' }).entries({
      types: ['inetOrgPerson'],
      attributes: ['cn', 'userPassword', 'employeeNumber'],
    });
    expect(paged(server)[0]?.attributes.toSorted()).toEqual(['cn', 'objectClass']);
    expect(JSON.stringify(entries)).not.toContain('{SSHA}');
    expect(JSON.stringify(entries)).not.toContain('4711');
  });

  test('and under the name that the administrator gave it', async () => {
    const server = await startFakeServer({ answer: found });
    const attributeAliases = new Map([['jpegphoto', 'jpegPhoto;binary']]);
    await readingInClear(server, { attributeAliases }).entries({ types: ['inetOrgPerson'], attributes: ['jpegPhoto'] });
    expect(paged(server)[0]?.attributes).toContain('jpegPhoto;binary');
  });
});

/** One person, with more than was asked for. */
function found(exchange: Exchange): boolean {
  const { request } = exchange;
  if (request.kind !== 'search' || request.page === undefined) return false;
  exchange.entry(`uid=zoe,${root}`, {
    objectClass: ['inetOrgPerson'],
    cn: ['Zoe'],
    entryUUID: ['6f1c2f40-9f4e-4b6c-8f10-2f1f3f4f5f6f'],
    userPassword: ['{SSHA}c2VjcmV0'],
    employeeNumber: ['4711'],
  });
  exchange.done(0, { cookie: '' });
  return true;
}
