import { attribute, complex, type SchemaDefinition } from '@joinery/scim';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { filterUrl } from '../../scim/test/server-under-test.ts';
import { openScim, serveTenant } from './scim-server.ts';

const URN = 'urn:contoso:params:scim:schemas:extension:badge:1.0:User';

const badges: SchemaDefinition = {
  id: URN,
  name: 'Badge',
  description: 'Badges of the factory',
  attributes: [
    attribute('badge', { uniqueness: 'server' }),
    attribute('halls', { multiValued: true }),
    attribute('floor', { type: 'integer' }),
    complex('car', [attribute('plate')]),
  ],
};

forEachDatabase((_, open) => {
  test('S-21 a tenant adds attributes: they are kept, shown, listed, filtered, unique and looked up by', async () => {
    const fixture = await openScim(open);
    const { directory, tenantId, signal } = fixture;
    const early = await fixture.create('/Users', { userName: 'early' });
    await directory.scim.extensions.put(
      tenantId,
      { objectType: 'User', schema: badges, matching: ['halls', 'floor'] },
      signal,
    );
    const { request, create, patch } = await serveTenant(fixture);
    expect((await request('GET', `/Schemas/${URN}`)).body).toMatchObject({ id: URN, name: 'Badge' });

    const body = {
      userName: 'joy',
      [URN]: { badge: 'Bß-1', halls: ['North', 'South'], floor: 3, car: { plate: 'HH' } },
    };
    const id = await create('/Users', body);
    const shown = await request('GET', `/Users/${id}`);
    expect(shown.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', URN],
      [URN]: body[URN],
    });
    expect((await request('GET', `/Users/${early}`)).body).not.toHaveProperty([URN]);
    for (const [filter, count] of [
      [`${URN}:badge eq "bSS-1"`, 1],
      [`${URN}:halls eq "south"`, 1],
      [`${URN}:halls eq "west"`, 0],
      [`${URN}:floor eq 3`, 1],
      [`${URN}:floor gt 2 and ${URN}:car.plate sw "h"`, 1],
      [`not (${URN}:badge pr)`, 1],
    ] as const) {
      expect((await request('GET', filterUrl('/Users', filter))).body.totalResults, filter).toBe(count);
    }
    const twin = await request('POST', '/Users', { userName: 'twin', [URN]: { badge: 'BSS-1' } });
    expect([twin.status, twin.body.scimType]).toEqual([409, 'uniqueness']);
    expect((await patch(`/Users/${early}`, { op: 'add', path: `${URN}:badge`, value: 'bss-1' })).status).toBe(409);
    // In the recycle bin it takes nothing.
    await request('DELETE', `/Users/${id}`);
    expect((await patch(`/Users/${early}`, { op: 'add', path: `${URN}:badge`, value: 'bss-1' })).status).toBe(200);
    await expect(directory.deletedUsers.restore(tenantId, id, signal)).rejects.toMatchObject({
      code: 'SCIM_UNIQUENESS',
    });
    await patch(`/Users/${early}`, { op: 'remove', path: `${URN}:badge` });
    await directory.deletedUsers.restore(tenantId, id, signal);

    // The definition goes: values are not shown, survive a write, and are there again when it comes back.
    await directory.scim.extensions.remove(tenantId, 'User', URN.toUpperCase(), signal);
    const without = await serveTenant(fixture);
    await without.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'x' });
    expect((await without.request('GET', `/Users/${id}`)).body).not.toHaveProperty([URN]);
    expect((await without.request('GET', `/Schemas/${URN}`)).status).toBe(404);
    const plain = {
      ...badges,
      attributes: badges.attributes.map((each) => ({ ...each, uniqueness: 'none' as const })),
    };
    await expect(
      directory.scim.extensions.put(tenantId, { objectType: 'User', schema: badges, matching: [] }, signal),
    ).rejects.toMatchObject({ code: 'DIRECTORY_EXTENSION_NOT_UNIQUE' });
    await directory.scim.extensions.put(tenantId, { objectType: 'User', schema: plain, matching: [] }, signal);
    const again = await serveTenant(fixture);
    expect((await again.request('GET', `/Users/${id}`)).body[URN]).toEqual(body[URN]);
    expect(await directory.scim.extensions.list(tenantId, signal)).toMatchObject([
      { objectType: 'User', schema: { id: URN } },
    ]);
    const other = await directory.tenants.create('Fabrikam', signal);
    expect(await directory.scim.extensions.list(other.id, signal)).toEqual([]);
  });

  test('a definition that could not work is refused and nothing of it kept', async () => {
    const { directory, tenantId, signal } = await openScim(open);
    const put = (schema: Partial<SchemaDefinition>, matching: readonly string[] = []) =>
      directory.scim.extensions.put(
        tenantId,
        { objectType: 'User', schema: { ...badges, ...schema }, matching },
        signal,
      );
    for (const [schema, matching] of [
      [{ id: 'badge' }, []],
      [{ id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' }, []],
      [{ attributes: [attribute('a'), attribute('A')] }, []],
      [{ attributes: [attribute('secret', { returned: 'never' })] }, []],
      [{ attributes: [attribute('must', { required: true })] }, []],
      [{ attributes: [attribute('__proto__')] }, []],
      [{}, ['car']],
      [{}, ['nothing']],
    ] as const) {
      await expect(put(schema, matching), JSON.stringify(schema)).rejects.toMatchObject({
        code: 'DIRECTORY_EXTENSION_INVALID',
      });
    }
    expect(await directory.scim.extensions.list(tenantId, signal)).toEqual([]);
    await expect(directory.scim.extensions.remove(tenantId, 'User', URN, signal)).rejects.toMatchObject({
      code: 'DIRECTORY_EXTENSION_NOT_FOUND',
    });
  });
});
