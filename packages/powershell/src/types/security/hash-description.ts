import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { bytesOf, toByteArray } from '../byte-array.ts';
import { negativeArgument, putBytes } from '../io/byte-range.ts';
import { streamOf } from '../io/stream-description.ts';
import type { CallContext, Overload, Property, TypeDescription } from '../net-type.ts';
import { Digest, HashAlgorithm, type HashKind, hashKinds } from './hash-algorithm.ts';

const space = 'System.Security.Cryptography';
const base = `${space}.HashAlgorithm`;
const self = (value: Value): HashAlgorithm => as(value, HashAlgorithm);

/** A run of bytes as `ComputeHash` and `TransformBlock` check it. */
export function runOf(value: Value, parameter: string, offset: Value, count: Value, offsetName = 'offset'): Uint8Array {
  const bytes = bytesOf(value, parameter);
  const [from, length] = [int(offset), int(count)];
  if (from < 0) throw negativeArgument(offsetName, from);
  if (length < 0 || length > bytes.length || from + length > bytes.length) {
    throw netFailure('System.ArgumentException', 'Value was invalid.');
  }
  return bytes.subarray(from, from + length);
}

const computeHash: readonly Overload[] = [
  {
    signature: 'byte[] ComputeHash(byte[] buffer)',
    invoke: (value, [buffer]) => {
      self(value).check();
      const bytes = bytesOf(buffer, 'buffer');
      return toByteArray(self(value).compute((digest) => digest.add(bytes)));
    },
  },
  {
    signature: 'byte[] ComputeHash(byte[] buffer, int offset, int count)',
    invoke: (value, [buffer, offset, count]) => {
      const bytes = runOf(buffer, 'buffer', offset, count);
      return toByteArray(self(value).compute((digest) => digest.add(bytes)));
    },
  },
  {
    signature: 'byte[] ComputeHash(System.IO.Stream inputStream)',
    invoke: (value, [stream], context) =>
      toByteArray(self(value).compute((digest) => digest.addStream(streamOf(stream, 'inputStream'), context.budget))),
  },
];

const done = (run: (algorithm: HashAlgorithm) => void): Overload['invoke'] => {
  return (value) => {
    run(self(value));
    return undefined;
  };
};

/** What names mean to `HashAlgorithm.Create`: the type that is made. */
const named: ReadonlyMap<string, string> = new Map(
  [
    ['MD5', 'MD5CryptoServiceProvider'],
    ['SHA1', 'SHA1CryptoServiceProvider'],
    ['SHA', 'SHA1CryptoServiceProvider'],
    ['SHA256', 'SHA256Managed'],
    ['SHA-256', 'SHA256Managed'],
    ['SHA384', 'SHA384Managed'],
    ['SHA-384', 'SHA384Managed'],
    ['SHA512', 'SHA512Managed'],
    ['SHA-512', 'SHA512Managed'],
    ...hashKinds.map(({ name }) => [`HMAC${name}`, `HMAC${name}`] as const),
  ].flatMap(([name, type]) => [
    [String(name).toLowerCase(), String(type)],
    [`${space}.${name}`.toLowerCase(), String(type)],
  ]),
);

function create(name: Value, context: CallContext): Value {
  const typeName = named.get(text(name).toLowerCase());
  const kind = hashKinds.find((one) => typeName?.replace(/^HMAC/, '').startsWith(one.name));
  if (typeName === undefined || kind === undefined) return null;
  return new HashAlgorithm(
    typeName,
    new Digest(kind, typeName.startsWith('HMAC') ? context.random.bytes(kind.block) : undefined),
  );
}

function creating(type: string): readonly Overload[] {
  return [
    {
      signature: `static ${type} Create()`,
      invoke: () => {
        const message = 'This platform does not allow the automatic selection of an algorithm.';
        throw netFailure('System.PlatformNotSupportedException', message);
      },
    },
    {
      signature: `static ${type} Create(string algorithmName)`,
      invoke: (_self, [name], context) => create(name, context),
    },
  ];
}

const baseDescription: TypeDescription = {
  name: base,
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.IDisposable', `${space}.ICryptoTransform`],
  staticMethods: { Create: creating(base) },
  properties: {
    CanReuseTransform: { type: 'bool', get: () => true },
    CanTransformMultipleBlocks: { type: 'bool', get: () => true },
    Hash: {
      type: 'byte[]',
      get: (value) => {
        const { hash } = self(value);
        return hash === undefined ? null : toByteArray(hash);
      },
    },
    HashSize: { type: 'int', get: (value) => self(value).digest.kind.bits },
    InputBlockSize: { type: 'int', get: () => 1 },
    OutputBlockSize: { type: 'int', get: () => 1 },
  },
  methods: {
    Clear: [{ signature: 'void Clear()', invoke: done((algorithm) => algorithm.dispose()) }],
    ComputeHash: computeHash,
    Dispose: [{ signature: 'void Dispose()', invoke: done((algorithm) => algorithm.dispose()) }],
    Initialize: [{ signature: 'void Initialize()', invoke: done((algorithm) => algorithm.reset()) }],
    TransformBlock: [
      {
        signature:
          'int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)',
        invoke: (value, [input, offset, count, output, at]) => {
          const bytes = runOf(input, 'inputBuffer', offset, count, 'inputOffset');
          self(value).check();
          self(value).digest.add(bytes);
          if (output instanceof NetArray && output !== input) putBytes(output, int(at), bytes);
          return bytes.length;
        },
      },
    ],
    TransformFinalBlock: [
      {
        signature: 'byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)',
        invoke: (value, [input, offset, count]) => {
          const bytes = runOf(input, 'inputBuffer', offset, count, 'inputOffset');
          self(value).compute((digest) => digest.add(bytes));
          return toByteArray(bytes);
        },
      },
    ],
  },
};

function sizes({ bits }: HashKind): Record<string, Property> {
  return {
    HashSizeInBits: { type: 'int', get: () => bits },
    HashSizeInBytes: { type: 'int', get: () => bits / 8 },
  };
}

/** A hash, the type of the objects that it makes, and the older types that scripts make with `New-Object`. */
function hashTypes(kind: HashKind): readonly TypeDescription[] {
  const { name } = kind;
  const type = `${space}.${name}`;
  const make = (typeName: string): Value => new HashAlgorithm(typeName, new Digest(kind));
  const older = ['CryptoServiceProvider', ...(name === 'MD5' ? [] : ['Managed'])].map((ending) => `${name}${ending}`);
  return [
    {
      name: type,
      kind: 'class',
      base,
      isAbstract: true,
      staticProperties: sizes(kind),
      staticMethods: {
        Create: [
          { signature: `static ${type} Create()`, invoke: () => make(`${name}+Implementation`) },
          {
            signature: `static ${type} Create(string hashName)`,
            invoke: (_self, [asked], context) => {
              const made = create(asked, context);
              if (!(made instanceof HashAlgorithm) || made.type.description.base === type) return made;
              const message = `Unable to cast object of type '${made.type.name}' to type '${type}'.`;
              throw netFailure('System.InvalidCastException', message);
            },
          },
        ],
        HashData: [
          {
            signature: 'static byte[] HashData(byte[] source)',
            invoke: (_self, [source]) => {
              const digest = new Digest(kind);
              digest.add(bytesOf(source, 'source'));
              return toByteArray(digest.finish());
            },
          },
          {
            signature: 'static byte[] HashData(System.IO.Stream source)',
            invoke: (_self, [source], context) => {
              const digest = new Digest(kind);
              digest.addStream(streamOf(source, 'source'), context.budget);
              return toByteArray(digest.finish());
            },
          },
        ],
      },
    },
    { name: `${type}+Implementation`, kind: 'class', base: type },
    ...older.map(
      (typeName): TypeDescription => ({
        name: `${space}.${typeName}`,
        kind: 'class',
        base: type,
        constructors: [{ signature: `${space}.${typeName} new()`, invoke: () => make(typeName) }],
      }),
    ),
  ];
}

const keyed = `${space}.KeyedHashAlgorithm`;

const keyProperty: Property = {
  type: 'byte[]',
  get: (value) => toByteArray(self(value).digest.key ?? []),
  set: (value, key) => {
    const algorithm = self(value);
    algorithm.digest = new Digest(algorithm.digest.kind, bytesOf(key, 'value'));
  },
};

const hmacBase: readonly TypeDescription[] = [
  {
    name: keyed,
    kind: 'class',
    base,
    isAbstract: true,
    staticMethods: { Create: creating(keyed) },
    properties: { Key: keyProperty },
  },
  {
    name: `${space}.HMAC`,
    kind: 'class',
    base: keyed,
    isAbstract: true,
    staticMethods: { Create: creating(`${space}.HMAC`) },
    properties: {
      HashName: {
        type: 'string',
        get: (value) => self(value).digest.kind.name,
        set: () => {
          const message = "Setting the hashname after it's already been set is not supported on this platform.";
          throw netFailure('System.PlatformNotSupportedException', message);
        },
      },
    },
  },
];

function hmacType(kind: HashKind): TypeDescription {
  const name = `${space}.HMAC${kind.name}`;
  const hash = (key: Value, add: (digest: Digest) => void): Value => {
    const digest = new Digest(kind, bytesOf(key, 'key'));
    add(digest);
    return toByteArray(digest.finish());
  };
  return {
    name,
    kind: 'class',
    base: `${space}.HMAC`,
    constructors: [
      {
        signature: `${name} new()`,
        invoke: (_self, _none, context) =>
          new HashAlgorithm(`HMAC${kind.name}`, new Digest(kind, context.random.bytes(kind.block))),
      },
      {
        signature: `${name} new(byte[] key)`,
        invoke: (_self, [key]) => new HashAlgorithm(`HMAC${kind.name}`, new Digest(kind, bytesOf(key, 'key'))),
      },
    ],
    staticProperties: sizes(kind),
    staticMethods: {
      HashData: [
        {
          signature: 'static byte[] HashData(byte[] key, byte[] source)',
          invoke: (_self, [key, source]) => hash(key, (digest) => digest.add(bytesOf(source, 'source'))),
        },
        {
          signature: 'static byte[] HashData(byte[] key, System.IO.Stream source)',
          invoke: (_self, [key, source], context) =>
            hash(key, (digest) => digest.addStream(streamOf(source, 'source'), context.budget)),
        },
      ],
    },
  };
}

export const hashDescriptions: readonly TypeDescription[] = [
  { name: `${space}.ICryptoTransform`, kind: 'interface', interfaces: ['System.IDisposable'] },
  baseDescription,
  ...hashKinds.flatMap(hashTypes),
  ...hmacBase,
  ...hashKinds.map(hmacType),
];
