import { createHmac, timingSafeEqual } from 'node:crypto';
import { problem } from '@joinery/problems';

const macBytes = 16;

/**
 * Skip tokens: opaque, signed, and bound to the request they came from, so that a page is never continued under another filter.
 * They carry the last key that was answered, not an offset: pages stay right while rows come and go (graph sheet 7).
 */
export class SkipTokens {
  readonly #key: Uint8Array;

  /** @param key the same in every process and after every restart */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /**
   * @param request what the token is good for: path and options
   * @param last the key of the last row on the page
   */
  make(request: string, last: string): string {
    return Buffer.concat([this.#mac(request, last), Buffer.from(last, 'utf8')]).toString('base64url');
  }

  /**
   * The key that a token carries.
   * @throws SERVICE_QUERY_INVALID when it was not made here for this request
   */
  read(request: string, token: string): string {
    const bytes = Buffer.from(token, 'base64url');
    const last = bytes.subarray(macBytes).toString('utf8');
    if (bytes.length > macBytes && timingSafeEqual(bytes.subarray(0, macBytes), this.#mac(request, last))) return last;
    throw problem('SERVICE_QUERY_INVALID', 'The skip token does not belong to this request.', {
      place: '$skiptoken',
      fix: 'Follow the next link as it was answered, with every option unchanged.',
    });
  }

  #mac(request: string, last: string): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([request, last]))
      .digest()
      .subarray(0, macBytes);
  }
}
