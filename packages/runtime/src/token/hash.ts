import { scrypt, timingSafeEqual } from 'node:crypto';
import { problem } from '@joinery/problems';
import { type Random, systemRandom } from '../random.ts';

/** The shortest token an administrator may choose (host sheet 2.2: "at least 12 characters"). */
export const shortestToken = 12;

/** A longer presented token is refused without work; ours have 43 characters, an OAuth access token is another thing. */
export const longestToken = 4_096;

/** RFC 7914 parameters: 32 MiB and about 60 ms on one core of a small server. */
const cost = 32_768;
const blockSize = 8;
const parallelization = 1;
const hashBytes = 32;
const saltBytes = 16;

/** A new token: 256 bits as base64url, 43 characters that need no escaping in a header, a URL or a shell. */
export function createToken(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url');
}

/**
 * The form in which a token is stored: `scrypt$N$r$p$salt$hash`, salt and hash in base64url.
 *
 * Why a slow hash for tokens: ours are random and SHA-256 would do, but administrators may choose their own of 12 characters (host sheet 2.2),
 * and those can be guessed offline at billions a second from a stolen file if the hash is fast. The price is paid once per token and process,
 * not per request: see {@link TokenCheck}.
 * @throws RUNTIME_TOKEN_WEAK for a token of fewer than 12 characters, of one repeated character, or of more than 4,096
 */
export async function hashToken(token: string, random: Random = systemRandom): Promise<string> {
  if (token.length < shortestToken || token.length > longestToken || new Set(token).size < 4) {
    throw problem(
      'RUNTIME_TOKEN_WEAK',
      `A token has ${shortestToken} to ${longestToken} characters, at least four of them different.`,
    );
  }
  const salt = Buffer.from(random.bytes(saltBytes));
  const parameters = { cost, blockSize, parallelization, salt };
  const hash = await derive(token, parameters);
  return ['scrypt', cost, blockSize, parallelization, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Checks one token against one stored hash, slowly (about 60 ms). Servers use {@link TokenCheck}.
 * @throws RUNTIME_TOKEN_HASH_INVALID
 */
export async function verifyToken(token: string, stored: string): Promise<boolean> {
  const { hash, ...parameters } = parseTokenHash(stored);
  if (token.length > longestToken) return false;
  return timingSafeEqual(hash, await derive(token, parameters));
}

interface HashParameters {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly salt: Buffer;
}

/**
 * Reads a stored hash. Costs far above ours are refused: they come from a damaged or hostile file and would take the memory of the process.
 * @throws RUNTIME_TOKEN_HASH_INVALID
 */
export function parseTokenHash(stored: string): HashParameters & { readonly hash: Buffer } {
  const match = /^scrypt\$([0-9]{1,7})\$([0-9]{1,2})\$([0-9]{1,2})\$([\w-]{16,64})\$([\w-]{43})$/.exec(stored);
  const [cost, blockSize, parallelization] = [match?.[1], match?.[2], match?.[3]].map(Number);
  const salt = Buffer.from(match?.[4] ?? '', 'base64url');
  const hash = Buffer.from(match?.[5] ?? '', 'base64url');
  const sound =
    cost !== undefined &&
    blockSize !== undefined &&
    parallelization !== undefined &&
    cost >= 16_384 &&
    cost <= 131_072 &&
    Number.isInteger(Math.log2(cost)) &&
    blockSize === 8 &&
    parallelization >= 1 &&
    parallelization <= 4 &&
    hash.length === hashBytes;
  if (!sound) throw problem('RUNTIME_TOKEN_HASH_INVALID', 'The stored hash of the token cannot be read.');
  return { cost, blockSize, parallelization, salt, hash };
}

function derive(token: string, { salt, ...parameters }: HashParameters): Promise<Buffer> {
  // OpenSSL counts a little more than the 128 * N * r bytes of RFC 7914.
  const maxmem = 160 * parameters.cost * parameters.blockSize * parameters.parallelization;
  return new Promise((resolve, reject) => {
    scrypt(token, salt, hashBytes, { ...parameters, maxmem }, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(problem('RUNTIME_INTERNAL', 'The token could not be hashed.', { cause: error }));
    });
  });
}
