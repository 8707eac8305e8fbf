import { netFailure } from '../../errors/raise.ts';
import { type CipherSettings, CipherTransform } from '../../types/security/cipher.ts';

/** What texts begin with that are encrypted by a key. */
const header = '76492d1116743f0423413b16050a5345';

type Random = (count: number) => Uint8Array;

function settings(key: Uint8Array, iv: Uint8Array, random: Random): CipherSettings {
  return { key, iv, mode: 'CBC', padding: 'PKCS7', feedback: 128, random };
}

function unitBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'utf16le'));
}

/** A secret as `ConvertFrom-SecureString` writes it without a key: outside of Windows its units in hex, open to everybody. */
export function hexOf(secret: string): string {
  return Buffer.from(secret, 'utf16le').toString('hex');
}

/**
 * The bytes of a text in hex.
 * @throws NetFailure FormatException for what is no hex; `undefined` for a length that no such text has
 */
function bytesOfHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined;
  const pairs = text.match(/.{2}/gs) ?? [];
  for (const pair of pairs) {
    if (!/^[0-9a-f]{2}$/i.test(pair)) {
      throw netFailure('System.FormatException', `The input string '${pair}' was not in a correct format.`);
    }
  }
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

/** Reads what `hexOf` wrote. */
export function secretOfHex(text: string): string | undefined {
  const bytes = bytesOfHex(text);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf16le');
}

/** A secret encrypted by a key in PowerShell's form: a header, and in Base64 a version, the first block and the bytes in hex. */
export function encrypted(secret: string, key: Uint8Array, random: Random): string {
  const iv = random(16);
  const bytes = new CipherTransform(true, settings(key, iv, random)).finish(unitBytes(secret));
  const inner = `2|${Buffer.from(iv).toString('base64')}|${Buffer.from(bytes).toString('hex')}`;
  return header + Buffer.from(inner, 'utf16le').toString('base64');
}

/**
 * Reads what `encrypted` wrote, or PowerShell did; text without the header as bytes encrypted with an empty first block.
 * @throws NetFailure FormatException, CryptographicException (a wrong key); `undefined` for what is no such text
 */
export function decrypted(text: string, key: Uint8Array): string | undefined {
  const parts = partsOf(text);
  if (parts === undefined) return undefined;
  const none: Random = (count) => new Uint8Array(count);
  const bytes = new CipherTransform(false, settings(key, parts.iv, none)).finish(parts.bytes);
  return Buffer.from(bytes).toString('utf16le');
}

function partsOf(text: string): { readonly iv: Uint8Array; readonly bytes: Uint8Array } | undefined {
  if (text.startsWith(header)) {
    const base64 = text.slice(header.length);
    const isBase64 = base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64);
    const inner = isBase64 ? Buffer.from(base64, 'base64').toString('utf16le').split('|') : [];
    const [version, iv = '', hex = ''] = inner;
    if (inner.length === 3 && version === '2') {
      const bytes = bytesOfHex(hex);
      const start = Uint8Array.from(Buffer.from(iv, 'base64'));
      return bytes === undefined || start.length !== 16 ? undefined : { iv: start, bytes };
    }
  }
  const bytes = bytesOfHex(text.startsWith(header) ? text.slice(header.length) : text);
  return bytes === undefined ? undefined : { iv: new Uint8Array(16), bytes };
}
