import { createCipheriv, createDecipheriv } from 'node:crypto';
import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';

export type CipherMode = 'CBC' | 'ECB' | 'CFB';
export type PaddingMode = 'None' | 'PKCS7' | 'Zeros' | 'ANSIX923' | 'ISO10126';

/** How one run of a cipher goes; the key is 16, 24 or 32 bytes long. */
export interface CipherSettings {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly mode: CipherMode;
  readonly padding: PaddingMode;
  /** Bits of feedback, 8 or 128, for CFB. */
  readonly feedback: number;
  readonly random: (count: number) => Uint8Array;
}

/** AES: bytes of a block. */
export const blockBytes = 16;

export function cryptographic(message: string): Error {
  return netFailure('System.Security.Cryptography.CryptographicException', message);
}

/**
 * `ICryptoTransform` of AES: encrypts or decrypts in pieces. When decrypting with a padding the last block is held back, since
 * it may be the one with the padding.
 */
export class CipherTransform extends Instance {
  readonly isEncrypting: boolean;
  readonly #settings: CipherSettings;
  #cipher: { update(bytes: Uint8Array): Uint8Array };
  #held: Uint8Array = new Uint8Array();

  constructor(isEncrypting: boolean, settings: CipherSettings) {
    super();
    this.isEncrypting = isEncrypting;
    this.#settings = settings;
    this.#cipher = this.#begin();
  }
  get type(): NetType {
    return namedType(`System.Security.Cryptography.UniversalCrypto${this.isEncrypting ? 'Encryptor' : 'Decryptor'}`);
  }
  /** What inputs are multiples of: CFB with a feedback of a byte has blocks of one. */
  get inputBlock(): number {
    return this.#settings.mode === 'CFB' ? this.#settings.feedback / 8 : blockBytes;
  }

  /** Whole blocks. */
  transform(bytes: Uint8Array): Uint8Array {
    const { padding } = this.#settings;
    const holdsBack = !this.isEncrypting && padding !== 'None' && padding !== 'Zeros';
    const all = Buffer.concat([this.#held, bytes]);
    const end = holdsBack && all.length > 0 ? all.length - this.inputBlock : all.length;
    this.#held = Uint8Array.from(all.subarray(end));
    return Uint8Array.from(this.#cipher.update(all.subarray(0, end)));
  }

  /** What is left, with the padding put on or taken off; after it a new run begins. Throws `NetFailure` (CryptographicException). */
  finish(bytes: Uint8Array): Uint8Array {
    const all = Buffer.concat([this.#held, bytes]);
    this.#held = new Uint8Array();
    const cipher = this.#cipher;
    this.#cipher = this.#begin();
    if (this.isEncrypting) return Uint8Array.from(cipher.update(this.#padded(all)));
    if (all.length % this.inputBlock !== 0) throw cryptographic('The input data is not a complete block.');
    return this.#unpadded(Uint8Array.from(cipher.update(all)));
  }

  #begin(): { update(bytes: Uint8Array): Uint8Array } {
    const { key, iv, mode, feedback } = this.#settings;
    const suffix = mode === 'CFB' && feedback === 8 ? 'cfb8' : mode.toLowerCase();
    const label = `aes-${key.length * 8}-${suffix}`;
    const start = mode === 'ECB' ? null : iv;
    const cipher = this.isEncrypting ? createCipheriv(label, key, start) : createDecipheriv(label, key, start);
    return cipher.setAutoPadding(false);
  }

  #padded(bytes: Uint8Array): Uint8Array {
    const { padding, random } = this.#settings;
    const block = this.inputBlock;
    const over = bytes.length % block;
    if (padding === 'None') {
      if (over !== 0) throw cryptographic('The input data is not a complete block.');
      return bytes;
    }
    const count = padding === 'Zeros' ? (block - over) % block : block - over;
    const tail = padding === 'ISO10126' ? random(count) : new Uint8Array(count).fill(padding === 'PKCS7' ? count : 0);
    if (count > 0 && padding !== 'Zeros') tail[count - 1] = count;
    return Buffer.concat([bytes, tail]);
  }

  #unpadded(bytes: Uint8Array): Uint8Array {
    const { padding } = this.#settings;
    if (padding === 'None' || padding === 'Zeros' || bytes.length === 0) return bytes;
    const count = bytes.at(-1) ?? 0;
    const filler = padding === 'PKCS7' ? count : padding === 'ANSIX923' ? 0 : undefined;
    const tail = bytes.subarray(-count, -1);
    const isWhole =
      count > 0 && count <= this.inputBlock && (filler === undefined || tail.every((byte) => byte === filler));
    if (!isWhole) throw cryptographic('Padding is invalid and cannot be removed.');
    return bytes.slice(0, bytes.length - count);
  }
}
