import { connectorRegistry } from '@joinery/connector';
import { checkHost, type DeprovisioningFile, type DeprovisioningFlow } from '@joinery/host';
import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { FIXTURE_SELECTION, FixtureTarget, fixtureConnector } from './support/fixture-connector.ts';
import { fixtureHost } from './support/fixture-host.ts';
import { PROGRAM, TestHome } from './support/home.ts';

const id = Buffer.from('Sa').toString('base64url');
const active = (value: boolean) => ({ op: 'Replace', path: 'active', value });

function flows(disableFlow: DeprovisioningFlow, statusAttribute?: string): DeprovisioningFile {
  return { statusAttribute, disableFlow, deleteFlow: { kind: 'Delete' } };
}

const setTo = (attribute: string, value: string, enableValue: string): DeprovisioningFlow => ({
  kind: 'SetAttributeValue',
  attribute,
  value,
  enableValue,
});

test.each([
  ['text', 'title', 'leaver', 'employee', ['leaver'], ['employee']],
  ['a number', 'number', '514', '512', [514n], [512n]],
  ['Boolean', 'enabled', 'false', 'true', [false], [true]],
  ['binary', 'blob', 'AA==', 'AQ==', [Uint8Array.of(0)], [Uint8Array.of(1)]],
] as const)('H-64 Set attribute value takes %s, and its value for enabling', async (_, name, off, on, was, is) => {
  const { target, scim } = await fixtureHost(
    {},
    { deprovisioning: flows(setTo(name, off, on)) },
    { prepare: (each) => each.put('a', { userName: 'ann' }) },
  );
  expect((await scim.get(`/Users/${id}`)).body.active).toBe(true);
  expect((await scim.patch(id, active(false))).body.active).toBe(false);
  expect(target.value('a', name)).toEqual(was);
  expect((await scim.patch(id, active(true))).body.active).toBe(true);
  expect(target.value('a', name)).toEqual(is);
});

test('a value that is not of its attribute’s type is found at the start, with the attribute', async () => {
  const target = new FixtureTarget();
  const home = await TestHome.create({
    kinds: [target.kind],
    connectors: [fixtureConnector({ deprovisioning: flows(setTo('number', 'off', '1')) })],
  });
  const host = await home.start();
  expect(host.connectors[0]).toMatchObject({ state: 'failed', problem: { code: 'HOST_CONFIGURATION_INVALID' } });
  expect(host.connectors[0]?.problem?.detail).toContain('"number"');
});

test('a flow that no request can trigger is a warning in the check and in the status', async () => {
  const target = new FixtureTarget();
  const attributes = [
    ...FIXTURE_SELECTION.filter(({ name }) => name !== 'enabled'),
    { name: 'enabled', type: 'Boolean', deprovisioning: true } as const,
  ];
  const home = await TestHome.create({
    kinds: [target.kind],
    connectors: [
      fixtureConnector({
        resource: 'Robot',
        attributes,
        deprovisioning: flows(setTo('title', 'same', 'same'), 'enabled'),
      }),
    ],
  });
  const registry = connectorRegistry([target.kind]);
  const [check] = await checkHost({ home: home.folder, ...PROGRAM, registry }, AbortSignal.timeout(20_000));
  expect(check?.problems).toEqual([]);
  expect(check?.warnings).toEqual([
    'The status attribute "enabled" of "user" is hidden from callers, so that no request can set it.',
    'No request can trigger the disable flow of "user": name the attribute that callers set to false as "statusAttribute".',
    'Disabling and enabling write the same value to "title" of "user": an account could not be told to be disabled.',
  ]);
  const host = await home.start();
  expect(host.connectors[0]?.warnings).toEqual(check?.warnings);
});

test('H-65 an object removed by the disable flow is gone for its groups and can be created again, with its values', async () => {
  const { target, scim } = await fixtureHost(
    {},
    { deprovisioning: flows({ kind: 'Delete' }) },
    { prepare: (each) => each.put('a', { userName: 'ann', title: 'Chief' }) },
  );
  expect((await scim.patch(id, active(false))).status).toBe(200);
  expect(target.objects.size).toBe(0);
  expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(0);
  const again = await scim.create({ id: 'a', userName: 'ann' }, { active: true });
  expect(again).toMatchObject({ status: 201, body: { id, [URN]: { userName: 'ann' } } });
  expect(again.body[URN].title).toBeUndefined();
  expect((await scim.patch(id, active(false))).status).toBe(200);
  expect(target.objects.size).toBe(0);
});

test('an attribute that is never read, of objects that are always written whole, is a warning', async () => {
  const { host } = await fixtureHost({ traits: { exportType: 'ObjectReplace' } });
  expect(host.connectors[0]?.warnings).toEqual([
    expect.stringContaining('without "secretNote", which is written only'),
  ]);
});
