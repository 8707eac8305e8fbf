import { type Connector, connectorRegistry, parseConfiguration } from '@joinery/connector';
import { ldapConnector } from '@joinery/connector-ldap';
import { checkHost, hostSettings } from '@joinery/host';
import { type Clock, loadSettings, ManualClock, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openldap } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { recordingProxy } from '../../../../../testing/directories/recording-proxy.ts';
import { homeWith, parametersFor } from './hosted.ts';

const { signal } = new AbortController();
const password = (secret: string) => (name: string) => (name === 'Password' ? secret : undefined);

function create(raw: Readonly<Record<string, unknown>>, secret: string, clock: Clock = systemClock): Connector {
  const configuration = parseConfiguration(ldapConnector.parameters, raw, password(secret));
  const context = { clock, random: systemRandom, logger: silentLogger, folder: '/' };
  const connector = ldapConnector.create(configuration, context);
  onTestFinished(() => connector[Symbol.asyncDispose]());
  return connector;
}

describe('what is known of a server', () => {
  test('is read once for all who ask, and again only after a while', async () => {
    const { url, admin } = await openldap();
    const proxy = await recordingProxy(url);
    const clock = new ManualClock();
    const connector = create({ Host: proxy.host, Port: proxy.port, 'User Name': admin.dn }, admin.password, clock);
    const readings = (): number => proxy.requests.filter(({ kind }) => kind === 'bind').length;
    await Promise.all(Array.from({ length: 16 }, () => connector.schema(signal)));
    expect(readings()).toBe(1);
    await connector.partitions?.(signal);
    clock.advance(299_000);
    await connector.schema(signal);
    expect(readings()).toBe(1);
    clock.advance(1_000);
    await connector.schema(signal);
    expect(readings()).toBe(2);
  });

  test('is not kept when it could not be read: the next who asks tries again', async () => {
    const { url, admin } = await openldap();
    const proxy = await recordingProxy(url, { judge: () => 'cut-before' });
    const connector = create({ Host: proxy.host, Port: proxy.port, 'User Name': admin.dn }, admin.password);
    await expect(connector.schema(signal)).rejects.toMatchObject({ code: expect.stringMatching(/^LDAP_/) });
    proxy.judge(undefined);
    expect((await connector.schema(signal)).types.length).toBeGreaterThan(20);
  });

  test('one who no longer waits does not end it for the others', async () => {
    const { url, admin } = await openldap();
    const proxy = await recordingProxy(url);
    const connector = create({ Host: proxy.host, Port: proxy.port, 'User Name': admin.dn }, admin.password);
    const impatient = new AbortController();
    const given = connector.schema(impatient.signal);
    const patient = connector.schema(signal);
    impatient.abort(new Error('no time'));
    await expect(given).rejects.toThrow('no time');
    expect((await patient).types.length).toBeGreaterThan(20);
  });

  test('a connector that was disposed of reaches nothing any more', async () => {
    const server = await openldap();
    const connector = create(parametersFor(server, server.suffix), server.admin.password);
    await connector[Symbol.asyncDispose]();
    await expect(connector.schema(signal)).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
  });
});

describe('a configuration that does not fit the schema', () => {
  test.each([
    [
      'ou=inetOrgPerson',
      'An entry "ou=…" of the class "inetOrgPerson" cannot be made of its name alone: the class needs sn, cn too.',
    ],
    [
      'ou=organisationalUnit',
      'The server has no object class "organisationalUnit". Did you mean "organizationalUnit"?',
    ],
  ])('Provisioning Hierarchy %s is refused', async (line, message) => {
    const server = await openldap();
    const raw = { ...parametersFor(server, server.suffix), 'Provisioning Hierarchy': line };
    await expect(create(raw, server.admin.password).schema(signal)).rejects.toMatchObject({
      code: 'CONNECTOR_CONFIGURATION_INVALID',
      detail: `Provisioning Hierarchy: ${message}`,
    });
  });

  test('unique attributes must be there', async () => {
    const server = await openldap();
    const raw = { ...parametersFor(server, server.suffix), 'Unique Attributes': 'mail, uidNumbr' };
    await expect(create(raw, server.admin.password).schema(signal)).rejects.toMatchObject({
      code: 'CONNECTOR_CONFIGURATION_INVALID',
      detail: 'Unique Attributes: The server has no attribute "uidNumbr". Did you mean "uidNumber"?',
    });
  });

  test('auxiliary classes must be there and be auxiliary', async () => {
    const server = await openldap();
    const raw = {
      ...parametersFor(server, server.suffix),
      'Auxiliary Classes': '* = posixAccount, device\nperson = posixAcount',
    };
    const { detail } = await create(raw, server.admin.password)
      .schema(signal)
      .catch((error) => error);
    expect(detail).toContain('"device" is a structural class');
    expect(detail).toContain('The server has no object class "posixAcount". Did you mean "posixAccount"?');
  });
});

test('L19 host check tells which mandatory attributes the selection leaves out', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const home = await homeWith(server, {
    parameters: { ...parametersFor(server, base), 'Auxiliary Classes': 'inetOrgPerson = posixAccount' },
    types: [
      {
        objectType: 'inetOrgPerson',
        anchor: 'entryUUID',
        dn: '-dn-',
        attributes: [{ name: '-dn-' }, { name: 'entryUUID', operation: 'ImportOnly' }, { name: 'CN' }, { name: 'uid' }],
      },
    ],
  });
  const options = {
    home,
    settings: loadSettings(hostSettings, { env: {} }),
    registry: connectorRegistry([ldapConnector]),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
  };
  const [check] = await checkHost(options, signal);
  expect(check?.warnings).toContain(
    'A new "inetOrgPerson" must have "sn", "uidNumber", "gidNumber", "homeDirectory" in the target: select what its distinguished name does not bring.',
  );
});
