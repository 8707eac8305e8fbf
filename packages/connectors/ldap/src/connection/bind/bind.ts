import type { ConnectionSettings } from '../../configuration/settings.ts';
import { encodeSaslBind, encodeSimpleBind } from '../../protocol/encode-request.ts';
import type { BindResult } from '../../protocol/result.ts';
import { clearTextRefused } from '../clear-text.ts';
import type { ServerAddress } from '../connection.ts';
import { verifiedName } from '../tls/server-identity.ts';
import type { Transport } from '../transport.ts';
import type { Wire } from '../wire.ts';
import type { Credentials } from './credentials.ts';
import { bindByKerberos } from './kerberos.ts';
import { bindRefusal } from './refusal.ts';

/** RFC 4422 A: an empty authorization identity stands for whoever the certificate says. */
const ownIdentity = new Uint8Array();

/**
 * Binds a fresh connection as the settings say (LDAP sheet 1.2, 5.9). Returns only once the server accepted it.
 * @throws LDAP_BIND_REFUSED, LDAP_CLEAR_TEXT_REFUSED, LDAP_KERBEROS_*, LDAP_CONNECTION_LOST, the signal's reason
 */
export async function bind(
  wire: Wire,
  settings: ConnectionSettings,
  reached: Pick<Transport, 'encrypted' | 'loopback'> & {
    readonly server: ServerAddress;
    readonly kerberosModule: string;
  },
  signal: AbortSignal,
): Promise<void> {
  const { bind: how, transport, clearTextAccepted } = settings;
  const { server } = reached;
  const place = `${server.host}:${server.port}`;
  const send = (credentials: Credentials): Promise<BindResult> =>
    sendBind(wire, credentials, settings.connectionTimeoutMs, signal);
  if (how.kind === 'gssapi') {
    const about = { name: verifiedName(server, settings.tls), place, kerberosModule: reached.kerberosModule };
    return await bindByKerberos(how, send, about, signal);
  }
  if (how.kind === 'simple' && transport === 'clear' && !clearTextAccepted && !reached.loopback) {
    throw clearTextRefused(server);
  }
  const result = await send(
    how.kind === 'simple'
      ? { kind: 'simple', name: how.user, password: how.password() ?? '' }
      : how.kind === 'external'
        ? { kind: 'sasl', mechanism: 'EXTERNAL', credentials: ownIdentity }
        : { kind: 'simple', name: '', password: '' },
  );
  if (result.code !== 0) throw bindRefusal(result, place);
}

function sendBind(wire: Wire, credentials: Credentials, timeoutMs: number, signal: AbortSignal): Promise<BindResult> {
  return wire.exchange(
    {
      encode: (id) =>
        credentials.kind === 'simple'
          ? encodeSimpleBind(id, credentials.name, credentials.password)
          : encodeSaslBind(id, credentials.mechanism, credentials.credentials),
      accept: (response) => (response.operation === 'bind' ? response.result : undefined),
    },
    timeoutMs,
    signal,
  );
}
