import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { PeerCertificate } from 'node:tls';
import { problem } from '@joinery/problems';
import type { ManageFile } from './manage-file.ts';

/** Bytes of an answer; the longest is a thousand runs with their errors. */
const MOST_BYTES = 256 * 2 ** 20;

export interface PinnedAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * One request to the host that wrote the file. Only the very certificate of the file is accepted: whoever else listens on
 * that port does not have its key. The name in it need not be the address, which is this machine's.
 * @throws RUNTIME_TARGET_UNTRUSTED, RUNTIME_ANSWER_TOO_LARGE, the system's errors, and the signal's reason
 */
export function pinnedRequest(
  { url, token, certificate }: ManageFile,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body?: object },
  signal: AbortSignal,
): Promise<PinnedAnswer> {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const pinned = new X509Certificate(certificate).fingerprint256;
  const { promise, resolve, reject } = Promise.withResolvers<PinnedAnswer>();
  const sent = request(
    new URL(path, url),
    {
      method,
      signal,
      agent: false,
      ca: [certificate],
      // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 of a shell does not hand the token to whoever listens.
      rejectUnauthorized: true,
      // A certificate of an organisation's CA is trusted by itself here, without the CA.
      allowPartialTrustChain: true,
      checkServerIdentity: (_host: string, peer: PeerCertificate) =>
        peer.fingerprint256 === pinned ? undefined : untrusted(url),
      headers: {
        authorization: `Bearer ${token}`,
        ...(content === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
      },
    },
    (response) => {
      readAll(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
    },
  );
  sent.on('error', (error) => {
    if (signal.aborted) reject(signal.reason);
    else reject(isHandshakeFault(error) ? untrusted(url, error) : error);
  });
  sent.end(content);
  return promise;
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_BYTES) throw problem('RUNTIME_ANSWER_TOO_LARGE', `The answer is larger than ${MOST_BYTES} bytes.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What node and OpenSSL call a hand-shake that failed or a certificate that was refused: nothing was sent. */
function isHandshakeFault(error: Error): boolean {
  return 'code' in error && /SSL|TLS|CERT|EPROTO|SIGNATURE|ISSUER/.test(String(error.code));
}

/** @param cause what the hand-shake failed of */
function untrusted(url: string, cause?: Error): Error {
  return problem('RUNTIME_TARGET_UNTRUSTED', 'Whoever answers does not have the certificate of this host.', {
    place: url,
    fix: 'The host of this folder has ended and another program has its port, or its certificate has expired. Start the host again.',
    ...(cause === undefined ? {} : { cause }),
  });
}
