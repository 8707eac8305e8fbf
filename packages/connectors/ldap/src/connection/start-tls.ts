import type { Socket } from 'node:net';
import { problem } from '@joinery/problems';
import { encodeRequest } from '../protocol/encode-request.ts';
import { Wire, type WireOptions } from './wire.ts';

/** RFC 4511 4.14.1. */
const startTlsName = '1.3.6.1.4.1.1466.20037';

/**
 * Asks for TLS on a fresh connection (RFC 4511 4.14). The root DSE is not asked first: Active Directory and Samba offer it without
 * listing it (L2). When it throws, the socket is closed and nothing else was sent.
 * @throws LDAP_TLS_FAILED when the server refuses, LDAP_PROTOCOL_INVALID, LDAP_CONNECTION_LOST, the signal's reason
 */
export async function startTls(
  plain: Socket,
  options: WireOptions,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const wire = new Wire(plain, options);
  try {
    const answer = await wire.exchange(
      {
        encode: (id) => encodeRequest(id, { operation: 'extended', name: startTlsName }),
        accept: (response) => (response.operation === 'extended' ? response.result : undefined),
      },
      timeoutMs,
      signal,
    );
    if (answer.code !== 0) {
      throw problem(
        'LDAP_TLS_FAILED',
        `The server refuses StartTLS (result code ${answer.code}). Nothing else was sent.`,
        { place: `${options.server.host}:${options.server.port}` },
      );
    }
    wire.release();
  } catch (error) {
    plain.destroy();
    throw error;
  }
}
