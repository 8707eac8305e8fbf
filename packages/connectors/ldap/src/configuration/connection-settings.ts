import type { Binding } from './connectivity-parameters.ts';
import { bindings } from './connectivity-parameters.ts';
import type { ParameterReader } from './parameter-reader.ts';
import { parseServers } from './server-list.ts';
import type { ConnectionSettings } from './settings.ts';

const transports = {
  Anonymous: 'clear',
  Basic: 'clear',
  SSL: 'ldaps',
  TLS: 'startTls',
  Kerberos: 'clear',
  'Kerberos over SSL': 'ldaps',
  'Kerberos over TLS': 'startTls',
} as const satisfies Readonly<Record<Binding, ConnectionSettings['transport']>>;

/** The page Connectivity, checked (LDAP sheet 1.2). */
export function connectionSettings(reader: ParameterReader): ConnectionSettings {
  const { configuration } = reader;
  const word = configuration.text('Binding');
  const binding = bindings.find((known) => known === word) ?? 'Basic';
  const transport = transports[binding];
  const port =
    configuration.text('Port') === '' ? (transport === 'ldaps' ? 636 : 389) : reader.number('Port', 1, 65_535);
  return {
    servers: reader.parsed('Host', (text) => parseServers(text, port), []),
    transport,
    bind: bindSettings(reader, binding),
    clearTextAccepted: configuration.flag('Accept Clear Text'),
    tls: {
      authorityFile: reader.file('CA File'),
      clientCertificateFile: reader.file('Client Certificate File'),
      clientKeyFile: reader.file('Client Key File'),
      clientKeyPassphrase: () => configuration.secret('Client Certificate Passphrase'),
      serverName: configuration.text('Server Name') || undefined,
      pinnedThumbprint: thumbprint(reader),
    },
    connectionTimeoutMs: reader.number('Connection Timeout', 1, 86_400) * 1000,
    operationTimeoutMs: reader.number('Operation Timeout', 1, 86_400) * 1000,
  };
}

function bindSettings({ configuration, findings }: ParameterReader, binding: Binding): ConnectionSettings['bind'] {
  const user = configuration.text('User Name');
  const password = (): string | undefined => configuration.secret('Password');
  const withCertificate = configuration.flag('Use Client Certificate');
  if (withCertificate && binding !== 'SSL' && binding !== 'TLS') {
    findings.add('Use Client Certificate', `The Binding ${binding} has no use for it: choose SSL or TLS.`);
  }
  if (withCertificate && configuration.text('Client Certificate File') === '') {
    findings.add('Client Certificate File', 'It is required with Use Client Certificate.');
  }
  switch (binding) {
    case 'Anonymous':
      return { kind: 'anonymous' };
    case 'Kerberos':
    case 'Kerberos over SSL':
    case 'Kerberos over TLS':
      return { kind: 'gssapi', user, realm: configuration.text('Realm/Domain'), password };
    default:
      if (withCertificate) return { kind: 'external' };
      if (user === '') findings.add('User Name', `It is required with the Binding ${binding}; Anonymous needs none.`);
      // RFC 4513 5.1.2: a name without a password binds as nobody, and a server may call that success (L7).
      if ((password() ?? '') === '') findings.add('Password', 'It is required and no secret is stored for it.');
      return { kind: 'simple', user, password };
  }
}

function thumbprint({ configuration, findings }: ParameterReader): string | undefined {
  const digits = configuration.text('Thumbprint').replace(/[: ]/g, '').toLowerCase();
  if (digits === '') return undefined;
  if (digits.length !== 40 && digits.length !== 64) {
    findings.add('Thumbprint', 'It has neither the 64 digits of SHA-256 nor the 40 of SHA-1.');
  }
  return digits;
}
