import { createHmac, timingSafeEqual } from 'node:crypto';
import { problem } from '@joinery/problems';
import { type Random, systemRandom } from '../random.ts';
import { longestToken, parseTokenHash, shortestToken, verifyToken } from './hash.ts';

/** Distinct unknown tokens that may wait for their slow check; one is worked at a time, so the last waits about two seconds. */
const longestQueue = 32;

/**
 * Checks presented tokens against stored hashes at the speed of one HMAC (a few microseconds).
 *
 * The first time a token proves right by its slow hash, its HMAC under a key that lives and dies with this process is kept;
 * later checks compare HMACs in constant time. No answer is cached: a token is compared every time, and neither a token nor anything
 * that helps to guess one is stored. Once every stored hash has its HMAC, a wrong token is refused at the same speed; before that,
 * wrong tokens are checked one at a time, so that a flood of them costs at most one core's worth of scrypt and a bounded queue.
 */
export class TokenCheck {
  readonly #stored: readonly StoredToken[];
  readonly #key: Uint8Array;
  readonly #pending = new Map<string, Promise<boolean>>();
  #worked: Promise<unknown> = Promise.resolve();

  /**
   * @param hashes as {@link hashToken} made them; more than one while a token is being replaced
   * @throws RUNTIME_TOKEN_HASH_INVALID
   */
  constructor(hashes: readonly string[], random: Random = systemRandom) {
    for (const hash of hashes) parseTokenHash(hash);
    this.#stored = hashes.map((hash) => ({ hash, mac: undefined }));
    this.#key = random.bytes(32);
  }

  /**
   * True when `token` is one of the stored ones. Answers at once wherever no slow check is needed, otherwise with a promise.
   * @throws RUNTIME_TOKEN_BUSY when too many unknown tokens wait for their slow check
   */
  check(token: string): boolean | Promise<boolean> {
    if (token.length < shortestToken || token.length > longestToken) return false;
    const mac = this.#mac(token);
    if (this.#matches(mac)) return true;
    if (this.#stored.every((stored) => stored.mac !== undefined)) return false;
    const key = mac.toString('base64');
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending;
    if (this.#pending.size >= longestQueue) {
      throw problem('RUNTIME_TOKEN_BUSY', 'Too many unknown tokens are being checked at once.', {
        retryAfterSeconds: 2,
      });
    }
    const outcome = this.#worked.then(() => this.#checkSlowly(token, mac)).finally(() => this.#pending.delete(key));
    this.#pending.set(key, outcome);
    // The next in line starts whatever became of this one; its own caller receives the fault.
    this.#worked = outcome.catch(() => false);
    return outcome;
  }

  async #checkSlowly(token: string, mac: Buffer): Promise<boolean> {
    for (const stored of this.#stored) {
      if (stored.mac !== undefined || !(await verifyToken(token, stored.hash))) continue;
      stored.mac = mac;
      return true;
    }
    return false;
  }

  /** Compares with every known HMAC, whichever matches, so that the time does not tell which token it was. */
  #matches(mac: Buffer): boolean {
    let found = false;
    for (const stored of this.#stored) if (stored.mac !== undefined && timingSafeEqual(stored.mac, mac)) found = true;
    return found;
  }

  #mac(token: string): Buffer {
    return createHmac('sha256', this.#key).update(token, 'utf8').digest();
  }
}

interface StoredToken {
  readonly hash: string;
  mac: Buffer | undefined;
}

/**
 * The token of an `Authorization: Bearer …` header (RFC 6750 2.1), or undefined. The scheme has no case (RFC 9110 11.1).
 * The token's characters are not checked: the original host's sample generator makes `:;<=>?@` and backticks (host sheet 2.2).
 */
export function bearerToken(authorization: string | undefined): string | undefined {
  const match = /^bearer +(\S+) *$/i.exec(authorization ?? '');
  return match?.[1];
}
