import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { netFailure } from '../../errors/raise.ts';
import type { Budget } from '../../runtime/budget.ts';
import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { Stream } from '../io/stream.ts';
import type { NetType } from '../net-type.ts';

/** The hashes that .NET and Node have in common: .NET's name, Node's name, bits of the result, bytes of a block. */
export const hashKinds = [
  { name: 'MD5', node: 'md5', bits: 128, block: 64 },
  { name: 'SHA1', node: 'sha1', bits: 160, block: 64 },
  { name: 'SHA256', node: 'sha256', bits: 256, block: 64 },
  { name: 'SHA384', node: 'sha384', bits: 384, block: 128 },
  { name: 'SHA512', node: 'sha512', bits: 512, block: 128 },
] as const;

export type HashKind = (typeof hashKinds)[number];

const chunk = 1 << 16;

/** A hash or, with a key, an HMAC that takes its bytes in pieces. The key is not to be seen from outside. */
export class Digest {
  readonly kind: HashKind;
  readonly #key: Uint8Array | undefined;
  #state: Hash | Hmac | undefined;

  constructor(kind: HashKind, key?: Uint8Array) {
    this.kind = kind;
    this.#key = key;
  }

  add(bytes: Uint8Array): void {
    this.#state ??= this.#begin();
    this.#state.update(bytes);
  }
  /** All that a stream has left, piece by piece. */
  addStream(stream: Stream, budget: Pick<Budget, 'step'>): void {
    for (let bytes = stream.read(chunk); bytes.length > 0; bytes = stream.read(chunk)) {
      this.add(bytes);
      budget.step();
    }
  }
  /** The result; it begins anew. */
  finish(): Uint8Array {
    const state = this.#state ?? this.#begin();
    this.#state = undefined;
    return Uint8Array.from(state.digest());
  }
  get key(): Uint8Array | undefined {
    return this.#key;
  }

  #begin(): Hash | Hmac {
    return this.#key === undefined ? createHash(this.kind.node) : createHmac(this.kind.node, this.#key);
  }
}

/** `System.Security.Cryptography.HashAlgorithm`: every hash and HMAC. */
export class HashAlgorithm extends Instance {
  readonly type: NetType;
  digest: Digest;
  hash: Uint8Array | undefined;
  #isOpen = true;

  /** @param typeName after `System.Security.Cryptography.` */
  constructor(typeName: string, digest: Digest) {
    super();
    this.type = namedType(`System.Security.Cryptography.${typeName}`);
    this.digest = digest;
  }

  /** Throws `NetFailure` (ObjectDisposedException) once it is disposed. */
  check(): void {
    if (this.#isOpen) return;
    const message = `Cannot access a disposed object.\nObject name: '${this.type.name}'.`;
    throw netFailure('System.ObjectDisposedException', message, { details: { ObjectName: this.type.name } });
  }
  compute(add: (digest: Digest) => void): Uint8Array {
    this.check();
    add(this.digest);
    this.hash = this.digest.finish();
    return this.hash;
  }
  reset(): void {
    this.digest = new Digest(this.digest.kind, this.digest.key);
  }
  dispose(): void {
    this.#isOpen = false;
  }
}
