import { type Problem, problem } from '@joinery/problems';
import type { ConnectionSettings } from '../configuration/settings.ts';
import type { ServerAddress } from './connection.ts';
import { isLoopbackHost } from './loopback.ts';

/**
 * Refuses settings with which a bind would be unsafe or mean something else than it says, before a byte is sent
 * (LDAP sheet 1.2, L1, L7; RFC 4513 5.1.2 for a name without a password).
 * @throws LDAP_CREDENTIALS_MISSING, LDAP_CLEAR_TEXT_REFUSED, LDAP_CLIENT_CERTIFICATE_UNUSABLE
 */
export function checkBindIsSafe(settings: ConnectionSettings, server: ServerAddress): void {
  const { bind } = settings;
  if (bind.kind === 'external') checkExternal(settings);
  if (bind.kind !== 'simple') return;
  if ((bind.password() ?? '') === '') {
    throw problem(
      'LDAP_CREDENTIALS_MISSING',
      'There is no password for the account; the server would treat it as nobody.',
    );
  }
  if (bind.user === '') throw problem('LDAP_CREDENTIALS_MISSING', 'There is a password but no user name.');
  if (settings.transport === 'clear' && !settings.clearTextAccepted && !isLoopbackHost(server.host)) {
    throw clearTextRefused(server);
  }
}

/** For a host that says it is this machine and is not. */
export function clearTextRefused(server: ServerAddress): Problem {
  return problem(
    'LDAP_CLEAR_TEXT_REFUSED',
    `The connection to ${server.host} is not encrypted; no password was sent.`,
    {
      place: `${server.host}:${server.port}`,
    },
  );
}

function checkExternal({ transport, tls }: ConnectionSettings): void {
  if (transport === 'clear') {
    throw problem('LDAP_CLIENT_CERTIFICATE_UNUSABLE', 'A client certificate proves nothing without TLS.', {
      fix: 'Choose the Binding SSL or TLS together with the client certificate.',
    });
  }
  if (tls.clientCertificateFile === undefined) {
    throw problem('LDAP_CLIENT_CERTIFICATE_UNUSABLE', 'No client certificate is configured.');
  }
}
