import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { ConnectionSettings } from '../../configuration/settings.ts';
import type { ServerAddress } from '../connection.ts';

/** The server's certificate is not the pinned one. Carried out of node:tls as the reason of the handshake's failure. */
export class ThumbprintMismatch extends Error {}

/**
 * Whom the server must prove to be: the configured server name, else the host that was given, be it a name or an IP address
 * (L5; RFC 4513 3.1.3), and the pinned certificate besides. node:tls asks this after the chain was found good.
 */
export function expectServer(
  server: ServerAddress,
  tls: ConnectionSettings['tls'],
): Pick<ConnectionOptions, 'servername' | 'checkServerIdentity'> {
  const name = verifiedName(server, tls);
  return {
    // SNI carries names only (RFC 6066 3).
    ...(isIP(name) === 0 ? { servername: name } : {}),
    checkServerIdentity: (_, certificate) =>
      checkServerIdentity(name, certificate) ?? checkThumbprint(certificate, tls.pinnedThumbprint),
  };
}

/** The name or address that the certificate must be issued for; Kerberos knows the server by it too. */
export function verifiedName(server: ServerAddress, tls: ConnectionSettings['tls']): string {
  return tls.serverName === undefined || tls.serverName === '' ? server.host : tls.serverName;
}

/** Windows shows SHA-1, in lower case and without colons; openssl and we show SHA-256 (LDAP sheet 5.8). */
function checkThumbprint(certificate: PeerCertificate, pinned: string | undefined): Error | undefined {
  if (pinned === undefined || pinned.trim() === '') return undefined;
  const wanted = bare(pinned);
  const matches = wanted === bare(certificate.fingerprint256) || wanted === bare(certificate.fingerprint);
  return matches ? undefined : new ThumbprintMismatch();
}

/** The digits alone. A value copied from a Windows dialog also carries an invisible mark (U+200E) at its start. */
function bare(thumbprint: string): string {
  return thumbprint.replace(/[\s:\u200e]/g, '').toLowerCase();
}
