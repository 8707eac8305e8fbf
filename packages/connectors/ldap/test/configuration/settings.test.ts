import { join } from 'node:path';
import { parseConfiguration } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { ldapSettings } from '../../src/configuration/ldap-settings.ts';
import { ldapParameters } from '../../src/configuration/parameters.ts';
import type { LdapSettings } from '../../src/configuration/settings.ts';

const folder = join('/', 'home', 'MAData', 'Directory');
const basic = { Host: 'ldap.contoso.lab', 'User Name': 'cn=admin,dc=contoso,dc=lab' };

function settings(raw: Readonly<Record<string, unknown>>, secrets: Record<string, string> = {}): LdapSettings {
  const all: Record<string, string> = { Password: 'correct horse', ...secrets };
  return ldapSettings(
    parseConfiguration(ldapParameters, raw, (name) => all[name]),
    folder,
  );
}

describe('a configuration', () => {
  test('needs a host, an account and its password', () => {
    const { connection, ...rest } = settings(basic);
    expect(connection).toMatchObject({
      servers: [{ host: 'ldap.contoso.lab', port: 389 }],
      transport: 'clear',
      clearTextAccepted: false,
      connectionTimeoutMs: 180_000,
      operationTimeoutMs: 120_000,
    });
    expect(rest).toEqual({
      partitions: [],
      additionalNamespaces: [],
      searchOnlyInSelectedContainers: true,
      importFilter: '',
      attributeAliases: new Map(),
      includeOperationalAttributes: true,
      includeExtensibleAttributes: false,
      manualAnchorSelection: false,
      auxiliaryClasses: new Map(),
      deltaStrategy: 'default',
      changeLogDn: '',
      timeStampOverlapMs: 120_000,
      passwordAttribute: '',
      passwordHashing: 'server',
      treeDelete: false,
      provisioningHierarchy: new Map(),
      uniqueAttributes: [],
      placeholderMember: '',
      controlsOn: [],
      controlsOff: [],
      pageSize: undefined,
      exportConnections: 1,
      exportWindow: 16,
    });
  });

  test('keeps the password out of the settings until it is asked for', () => {
    const { connection } = settings(basic);
    expect(JSON.stringify(connection)).not.toContain('correct horse');
    expect(connection.bind.kind === 'simple' && connection.bind.password()).toBe('correct horse');
  });

  test.each([
    ['Anonymous', 'clear', 'anonymous', 389],
    ['Basic', 'clear', 'simple', 389],
    ['SSL', 'ldaps', 'simple', 636],
    ['TLS', 'startTls', 'simple', 389],
    ['Kerberos', 'clear', 'gssapi', 389],
    ['Kerberos over SSL', 'ldaps', 'gssapi', 636],
  ])('means by the Binding %s: %s, %s, port %i', (word, transport, kind, port) => {
    const { connection } = settings({ ...basic, Binding: word });
    expect(connection.transport).toBe(transport);
    expect(connection.bind.kind).toBe(kind);
    expect(connection.servers[0]?.port).toBe(port);
  });

  test('with a client certificate binds without a password', () => {
    const { connection } = settings(
      { Host: 'h', Binding: 'SSL', 'Use Client Certificate': true, 'Client Certificate File': 'joinery.p12' },
      { Password: '', 'Client Certificate Passphrase': 'open' },
    );
    expect(connection.bind).toEqual({ kind: 'external' });
    expect(connection.tls.clientCertificateFile).toBe(join(folder, 'joinery.p12'));
    expect(connection.tls.clientKeyPassphrase()).toBe('open');
  });

  test('tells everything that is wrong at once', () => {
    const raw = {
      Host: 'ldaps://ldap.contoso.lab',
      Binding: 'Basic',
      'Use Client Certificate': true,
      'Attribute Aliases': 'userCertificate:binary',
      'Page Size': 0,
      Thumbprint: 'ab:cd',
      Partitions: 'dc=contoso,dc=lab',
      Containers: 'ou=People,dc=fabrikam,dc=lab',
      'Import Filter': '(!(employeeType=service)',
      'Placeholder Member': 'nobody',
    };
    expect(() => settings(raw, { Password: '' })).toThrow(
      expect.objectContaining({
        code: 'CONNECTOR_CONFIGURATION_INVALID',
        detail: [
          'Host: "ldaps://ldap.contoso.lab" is an address with a scheme: write the host alone and choose the Binding.',
          'Use Client Certificate: The Binding Basic has no use for it: choose SSL or TLS.',
          'Client Certificate File: It is required with Use Client Certificate.',
          'Thumbprint: It has neither the 64 digits of SHA-256 nor the 40 of SHA-1.',
          'Containers: "ou=People,dc=fabrikam,dc=lab" lies in none of the Partitions.',
          'Import Filter: At character 25 of the filter ) was expected.',
          'Attribute Aliases: "userCertificate:binary" has a colon: write userCertificate;binary, with a semicolon.',
          'Placeholder Member: "nobody" is not a distinguished name, e.g. ou=People,dc=contoso,dc=lab.',
          'Page Size: It must be a number from 1 to 50000.',
        ].join(' '),
      }),
    );
  });

  test('L7 without an account, or without its password, is refused', () => {
    expect(() => settings({ Host: 'h', Binding: 'TLS' }, { Password: '' })).toThrow(
      'User Name: It is required with the Binding TLS; Anonymous needs none. Password: It is required and no secret is stored for it.',
    );
  });

  test('of partitions and containers puts each container into its partition', () => {
    const { partitions } = settings({
      ...basic,
      Partitions: 'dc=contoso,dc=lab\ndc=fabrikam,dc=lab\n',
      Containers: 'ou=People,dc=Contoso,dc=lab',
    });
    expect(partitions).toEqual([
      { dn: 'dc=contoso,dc=lab', containers: ['ou=People,dc=Contoso,dc=lab'] },
      { dn: 'dc=fabrikam,dc=lab', containers: [] },
    ]);
  });

  test('of containers alone reads each of them', () => {
    const { partitions } = settings({ ...basic, Containers: 'ou=People,dc=contoso,dc=lab' });
    expect(partitions).toEqual([{ dn: 'ou=People,dc=contoso,dc=lab', containers: [] }]);
  });

  test('takes a thumbprint in the forms that programs show', () => {
    const pinned = (text: string) => settings({ ...basic, Thumbprint: text }).connection.tls.pinnedThumbprint;
    expect(pinned('AB:'.repeat(31).concat('AB'))).toBe('ab'.repeat(32));
    expect(pinned('ab '.repeat(20).trim())).toBe('ab'.repeat(20));
  });
});

describe('the parameters', () => {
  test('have names of their own, and sentences to explain them', () => {
    const names = ldapParameters.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const { name, description } of ldapParameters) expect(description, name).toMatch(/^[A-Z(].*[.]$/s);
  });
});
