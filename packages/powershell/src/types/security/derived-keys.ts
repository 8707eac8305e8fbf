import { createHash, type Hash, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { bytesOf, toByteArray } from '../byte-array.ts';
import { namedType } from '../intrinsic.ts';
import { negativeArgument } from '../io/byte-range.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { type HashKind, hashKinds } from './hash-algorithm.ts';
import { runOf } from './hash-description.ts';

const space = 'System.Security.Cryptography';
const nameType = `${space}.HashAlgorithmName`;

/** `HashAlgorithmName`: the name of a hash, known or not. */
class HashAlgorithmName extends Instance {
  readonly name: string | null;
  constructor(name: string | null) {
    super();
    this.name = name;
  }
  get type(): NetType {
    return namedType(nameType);
  }
}

const nameOf = (value: Value): HashAlgorithmName => as(value, HashAlgorithmName);

/** The hash of a name. Throws `NetFailure` (CryptographicException, ArgumentException) for one that is none. */
function kindOf(value: Value): HashKind {
  const { name } = nameOf(value);
  if (name === null || name === '') {
    const message = 'The hash algorithm name cannot be null or empty.';
    throw netFailure('System.ArgumentException', message, { parameter: 'hashAlgorithm' });
  }
  const kind = hashKinds.find((one) => one.name === name);
  if (kind !== undefined) return kind;
  throw netFailure(`${space}.CryptographicException`, `'${name}' is not a known hash algorithm.`);
}

const hashName: TypeDescription = {
  name: nameType,
  kind: 'struct',
  zero: () => new HashAlgorithmName(null),
  constructors: [
    {
      signature: `${nameType} new(string name)`,
      invoke: (_self, [name]) => new HashAlgorithmName(name === null ? null : text(name)),
    },
  ],
  staticProperties: Object.fromEntries(
    hashKinds.map(({ name }) => [name, { type: nameType, get: () => new HashAlgorithmName(name) }]),
  ),
  properties: { Name: { type: 'string', get: (value) => nameOf(value).name } },
  equals: (left, right) => right instanceof HashAlgorithmName && nameOf(left).name === right.name,
  hashKey: (value) => nameOf(value).name ?? '',
  toText: (value) => nameOf(value).name ?? '',
};

/** `Rfc2898DeriveBytes`: PBKDF2 (RFC 8018, 5.2), whose bytes are handed out one after the other. */
class DerivedKey extends Instance {
  readonly #password: string | Uint8Array;
  salt: Uint8Array;
  iterations: number;
  readonly kind: HashKind;
  #taken = 0;

  constructor(password: string | Uint8Array, salt: Uint8Array, iterations: number, kind: HashKind) {
    super();
    if (iterations <= 0) throw notPositive('iterations', iterations);
    this.#password = password;
    this.salt = salt;
    this.iterations = iterations;
    this.kind = kind;
  }
  get type(): NetType {
    return namedType(`${space}.Rfc2898DeriveBytes`);
  }
  take(count: number): Uint8Array {
    const bytes = derive(this.#password, this.salt, this.iterations, this.kind, this.#taken + count);
    const taken = bytes.subarray(this.#taken);
    this.#taken += count;
    return taken;
  }
  reset(): void {
    this.#taken = 0;
  }
}

function derive(
  password: string | Uint8Array,
  salt: Uint8Array,
  iterations: number,
  kind: HashKind,
  length: number,
): Uint8Array {
  return Uint8Array.from(pbkdf2Sync(password, salt, iterations, length, kind.node));
}

function notPositive(parameter: string, value: number): Error {
  return netFailure(
    'System.ArgumentOutOfRangeException',
    `${parameter} ('${value}') must be a non-negative and non-zero value. (Parameter '${parameter}')\nActual value was ${value}.`,
    { details: { ParamName: parameter } },
  );
}

const key = (value: Value): DerivedKey => as(value, DerivedKey);
const sha1 = new HashAlgorithmName('SHA1');

function password(value: Value): string | Uint8Array {
  return typeof value === 'string' ? value : bytesOf(value, 'password');
}

/** The constructors: a password as text or bytes, a salt or its size, then iterations, then a hash. */
const keyConstructors: readonly Overload[] = ['string password', 'byte[] password'].flatMap((secret) =>
  ['byte[] salt', 'int saltSize'].flatMap((salt) =>
    ['', ', int iterations', `, int iterations, ${nameType} hashAlgorithm`]
      .filter((tail) => secret.startsWith('string') || (salt.startsWith('byte') && tail !== ''))
      .map(
        (tail): Overload => ({
          signature: `${space}.Rfc2898DeriveBytes new(${secret}, ${salt}${tail})`,
          invoke: (_self, [given, salted, iterations = 1000, hash = sha1], context) => {
            const bytes = typeof salted === 'number' ? context.random.bytes(positive(salted)) : bytesOf(salted, 'salt');
            return new DerivedKey(password(given), bytes, int(iterations), kindOf(hash));
          },
        }),
      ),
  ),
);

function positive(size: number): number {
  if (size < 0) throw negativeArgument('saltSize', size);
  return size;
}

const keyDescription: TypeDescription = {
  name: `${space}.Rfc2898DeriveBytes`,
  kind: 'class',
  base: `${space}.DeriveBytes`,
  constructors: keyConstructors,
  properties: {
    HashAlgorithm: { type: nameType, get: (value) => new HashAlgorithmName(key(value).kind.name) },
    IterationCount: {
      type: 'int',
      get: (value) => key(value).iterations,
      set: (value, count) => {
        if (int(count) <= 0) throw notPositive('value', int(count));
        key(value).iterations = int(count);
        key(value).reset();
      },
    },
    Salt: {
      type: 'byte[]',
      get: (value) => toByteArray(key(value).salt),
      set: (value, salt) => {
        key(value).salt = bytesOf(salt, 'value');
        key(value).reset();
      },
    },
  },
  methods: {
    GetBytes: [
      {
        signature: 'byte[] GetBytes(int cb)',
        invoke: (value, [count]) => {
          if (int(count) <= 0) throw notPositive('cb', int(count));
          return toByteArray(key(value).take(int(count)));
        },
      },
    ],
    Reset: [
      {
        signature: 'void Reset()',
        invoke: (value) => {
          key(value).reset();
          return undefined;
        },
      },
    ],
  },
  staticMethods: {
    Pbkdf2: ['string password', 'byte[] password'].map((secret) => ({
      signature: `static byte[] Pbkdf2(${secret}, byte[] salt, int iterations, ${nameType} hashAlgorithm, int outputLength)`,
      invoke: (_self, [given, salt, iterations, hash, length]) => {
        if (int(iterations) <= 0) throw notPositive('iterations', int(iterations));
        if (int(length) < 0) throw negativeArgument('outputLength', int(length));
        return toByteArray(derive(password(given), bytesOf(salt, 'salt'), int(iterations), kindOf(hash), int(length)));
      },
    })),
  },
};

/** `IncrementalHash`: a hash or HMAC (RFC 2104) of pieces, which can be looked at in between. */
class IncrementalHash extends Instance {
  readonly kind: HashKind;
  /** The key in a whole block. */
  readonly #key: Uint8Array | undefined;
  #state: Hash;

  constructor(kind: HashKind, secret?: Uint8Array) {
    super();
    this.kind = kind;
    if (secret !== undefined) {
      this.#key = new Uint8Array(kind.block);
      this.#key.set(secret.length > kind.block ? createHash(kind.node).update(secret).digest() : secret);
    }
    this.#state = this.#begin(0x36);
  }
  get type(): NetType {
    return namedType(`${space}.IncrementalHash`);
  }
  get name(): string {
    return `${this.#key === undefined ? '' : 'HMAC'}${this.kind.name}`;
  }

  add(bytes: Uint8Array): void {
    this.#state.update(bytes);
  }
  current(): Uint8Array {
    const digest = this.#state.copy().digest();
    return Uint8Array.from(this.#key === undefined ? digest : this.#begin(0x5c).update(digest).digest());
  }
  finish(): Uint8Array {
    const result = this.current();
    this.#state = this.#begin(0x36);
    return result;
  }
  #begin(pad: number): Hash {
    const hash = createHash(this.kind.node);
    return this.#key === undefined ? hash : hash.update(this.#key.map((byte) => byte ^ pad));
  }
}

const incremental = (value: Value): IncrementalHash => as(value, IncrementalHash);

const incrementalDescription: TypeDescription = {
  name: `${space}.IncrementalHash`,
  kind: 'class',
  interfaces: ['System.IDisposable'],
  staticMethods: {
    CreateHash: [
      {
        signature: `static ${space}.IncrementalHash CreateHash(${nameType} hashAlgorithm)`,
        invoke: (_self, [hash]) => new IncrementalHash(kindOf(hash)),
      },
    ],
    CreateHMAC: [
      {
        signature: `static ${space}.IncrementalHash CreateHMAC(${nameType} hashAlgorithm, byte[] key)`,
        invoke: (_self, [hash, secret]) => new IncrementalHash(kindOf(hash), bytesOf(secret, 'key')),
      },
    ],
  },
  properties: {
    AlgorithmName: { type: nameType, get: (value) => new HashAlgorithmName(incremental(value).name) },
    HashLengthInBytes: { type: 'int', get: (value) => incremental(value).kind.bits / 8 },
  },
  methods: {
    AppendData: [
      {
        signature: 'void AppendData(byte[] data)',
        invoke: (value, [data]) => {
          incremental(value).add(bytesOf(data, 'data'));
          return undefined;
        },
      },
      {
        signature: 'void AppendData(byte[] data, int offset, int count)',
        invoke: (value, [data, offset, count]) => {
          incremental(value).add(runOf(data, 'data', offset, count));
          return undefined;
        },
      },
    ],
    Dispose: [{ signature: 'void Dispose()', invoke: () => undefined }],
    GetCurrentHash: [
      { signature: 'byte[] GetCurrentHash()', invoke: (value) => toByteArray(incremental(value).current()) },
    ],
    GetHashAndReset: [
      { signature: 'byte[] GetHashAndReset()', invoke: (value) => toByteArray(incremental(value).finish()) },
    ],
  },
};

const operations: TypeDescription = {
  name: `${space}.CryptographicOperations`,
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    FixedTimeEquals: [
      {
        signature: 'static bool FixedTimeEquals(byte[] left, byte[] right)',
        invoke: (_self, [left, right]) => {
          const [one, other] = [bytesOf(left, 'left'), bytesOf(right, 'right')];
          return one.length === other.length && timingSafeEqual(one, other);
        },
      },
    ],
  },
};

export const keyDescriptions: readonly TypeDescription[] = [
  hashName,
  {
    name: `${space}.DeriveBytes`,
    kind: 'class',
    isAbstract: true,
    interfaces: ['System.IDisposable'],
    methods: { Dispose: [{ signature: 'void Dispose()', invoke: () => undefined }] },
  },
  keyDescription,
  incrementalDescription,
  operations,
];
