import { hash, timingSafeEqual } from 'node:crypto';
import { problem } from '@joinery/problems';
import { type Random, systemRandom } from '../random.ts';
import { longestToken, parseTokenHash, shortestToken, verifyToken } from './hash.ts';

/** Distinct unknown tokens that may wait for their slow check; one is worked at a time, so the last waits about two seconds. */
const longestQueue = 32;

/**
 * Checks presented tokens against stored hashes at the speed of one keyed digest (a microsecond).
 *
 * The first time a token proves right by its slow hash, its digest under a key that lives and dies with this process is kept;
 * later checks compare digests in constant time. No answer is cached: a token is compared every time, and neither a token nor anything
 * that helps to guess one is stored. Once every stored hash has its digest, a wrong token is refused at the same speed; before that,
 * wrong tokens are checked one at a time, so that a flood of them costs at most one core's worth of scrypt and a bounded queue.
 */
export class TokenCheck {
  readonly #stored: readonly StoredToken[];
  /** 256 random bits in hex, as text: together with a token it is hashed in one call. */
  readonly #key: string;
  readonly #pending = new Map<string, Promise<boolean>>();
  #worked: Promise<unknown> = Promise.resolve();

  /**
   * @param hashes as {@link hashToken} made them; more than one while a token is being replaced
   * @throws RUNTIME_TOKEN_HASH_INVALID
   */
  constructor(hashes: readonly string[], random: Random = systemRandom) {
    for (const hash of hashes) parseTokenHash(hash);
    this.#stored = hashes.map((hash) => ({ hash, digest: undefined }));
    this.#key = Buffer.from(random.bytes(32)).toString('hex');
  }

  /**
   * True when `token` is one of the stored ones. Answers at once wherever no slow check is needed, otherwise with a promise.
   * @throws RUNTIME_TOKEN_BUSY when too many unknown tokens wait for their slow check
   */
  check(token: string): boolean | Promise<boolean> {
    if (token.length < shortestToken || token.length > longestToken) return false;
    const digest = this.#digest(token);
    if (this.#matches(digest)) return true;
    if (this.#stored.every((stored) => stored.digest !== undefined)) return false;
    const key = digest.toString('base64');
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending;
    if (this.#pending.size >= longestQueue) {
      throw problem('RUNTIME_TOKEN_BUSY', 'Too many unknown tokens are being checked at once.', {
        retryAfterSeconds: 2,
      });
    }
    const outcome = this.#worked.then(() => this.#checkSlowly(token, digest)).finally(() => this.#pending.delete(key));
    this.#pending.set(key, outcome);
    // The next in line starts whatever became of this one; its own caller receives the fault.
    this.#worked = outcome.catch(() => false);
    return outcome;
  }

  async #checkSlowly(token: string, digest: Buffer): Promise<boolean> {
    for (const stored of this.#stored) {
      if (stored.digest !== undefined || !(await verifyToken(token, stored.hash))) continue;
      stored.digest = digest;
      return true;
    }
    return false;
  }

  /** Compares with every known digest, whichever matches, so that the time does not tell which token it was. */
  #matches(digest: Buffer): boolean {
    let found = false;
    for (const stored of this.#stored)
      if (stored.digest !== undefined && timingSafeEqual(stored.digest, digest)) found = true;
    return found;
  }

  /**
   * SHA-256 of key and token. HMAC's second pass protects digests that others see from being extended; these never leave the
   * process, and a hash in one call, without an object per request, is a quarter of the price.
   */
  #digest(token: string): Buffer {
    return hash('sha256', this.#key + token, 'buffer');
  }
}

interface StoredToken {
  readonly hash: string;
  digest: Buffer | undefined;
}

/**
 * The token of an `Authorization: Bearer …` header (RFC 6750 2.1), or undefined. The scheme has no case (RFC 9110 11.1).
 * The token's characters are not checked: the original host's sample generator makes `:;<=>?@` and backticks (host sheet 2.2).
 */
export function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  // As nearly every caller spells it, read without what a match would allocate.
  if (authorization.startsWith('Bearer ') && !/\s/.test(authorization.slice(7)))
    return authorization.slice(7) || undefined;
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1];
}
