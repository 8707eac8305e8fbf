import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { EnumValue, enumLabel } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { bytesOf, toByteArray } from '../byte-array.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import { putBytes } from '../io/byte-range.ts';
import type { CallContext, NetType, Overload, Property, TypeDescription } from '../net-type.ts';
import { blockBytes, type CipherMode, CipherTransform, cryptographic, type PaddingMode } from './cipher.ts';
import { runOf } from './hash-description.ts';

const space = 'System.Security.Cryptography';
const base = `${space}.SymmetricAlgorithm`;

const modes = { CBC: 1, ECB: 2, OFB: 3, CFB: 4, CTS: 5 } as const;
const paddings = { None: 1, PKCS7: 2, Zeros: 3, ANSIX923: 4, ISO10126: 5 } as const;

/** `Aes` and the older types that are the same: a key, a vector to begin with, and how to go on. */
class Aes extends Instance {
  readonly type: NetType;
  readonly #random: (count: number) => Uint8Array;
  #key: Uint8Array | undefined;
  #iv: Uint8Array | undefined;
  keyBits = 256;
  mode: CipherMode = 'CBC';
  padding: PaddingMode = 'PKCS7';
  feedback: number;

  constructor(typeName: string, random: (count: number) => Uint8Array) {
    super();
    this.type = namedType(`${space}.${typeName}`);
    this.feedback = typeName === 'AesImplementation' ? 8 : 128;
    this.#random = random;
  }

  get key(): Uint8Array {
    this.#key ??= this.#random(this.keyBits / 8);
    return this.#key;
  }
  set key(key: Uint8Array | undefined) {
    if (key !== undefined) this.keyBits = checkKey(key).length * 8;
    this.#key = key;
  }
  get iv(): Uint8Array {
    this.#iv ??= this.#random(blockBytes);
    return this.#iv;
  }
  set iv(iv: Uint8Array | undefined) {
    this.#iv = iv === undefined ? undefined : checkIv(iv);
  }

  transform(
    isEncrypting: boolean,
    settings: Partial<Pick<Aes, 'key' | 'iv' | 'mode' | 'padding' | 'feedback'>> = {},
  ): CipherTransform {
    const { mode, padding, feedback } = this;
    const key = settings.key ?? this.key;
    const iv = settings.iv ?? this.iv;
    return new CipherTransform(isEncrypting, { mode, padding, feedback, ...settings, key, iv, random: this.#random });
  }
}

function checkKey(key: Uint8Array): Uint8Array {
  if ([16, 24, 32].includes(key.length)) return key;
  throw cryptographic('Specified key is not a valid size for this algorithm.');
}

function checkIv(iv: Uint8Array): Uint8Array {
  if (iv.length === blockBytes) return iv;
  throw cryptographic('Specified initialization vector (IV) does not match the block size for this algorithm.');
}

const self = (value: Value): Aes => as(value, Aes);
const cipher = (value: Value): CipherTransform => as(value, CipherTransform);

function modeOf(value: Value): CipherMode {
  const label = enumLabel(as(value, EnumValue));
  if (label === 'CBC' || label === 'ECB' || label === 'CFB') return label;
  throw cryptographic('Specified cipher mode is not valid for this algorithm.');
}

function paddingOf(value: Value): PaddingMode {
  const label = enumLabel(as(value, EnumValue));
  switch (label) {
    case 'None':
    case 'PKCS7':
    case 'Zeros':
    case 'ANSIX923':
    case 'ISO10126':
      return label;
    default:
      throw cryptographic('Specified padding mode is not valid for this algorithm.');
  }
}

function bytesProperty(read: (aes: Aes) => Uint8Array, write: (aes: Aes, bytes: Uint8Array) => void): Property {
  return {
    type: 'byte[]',
    get: (value) => toByteArray(read(self(value))),
    set: (value, bytes) => write(self(value), bytesOf(bytes, 'value')),
  };
}

/** `CreateEncryptor` and `CreateDecryptor`. */
function creating(method: string, isEncrypting: boolean): readonly Overload[] {
  return [
    {
      signature: `${space}.ICryptoTransform ${method}()`,
      invoke: (value) => self(value).transform(isEncrypting),
    },
    {
      signature: `${space}.ICryptoTransform ${method}(byte[] rgbKey, byte[] rgbIV)`,
      invoke: (value, [key, iv]) => {
        const given = bytesOf(key, 'rgbKey');
        if (![16, 24, 32].includes(given.length)) {
          const message = 'Specified key is not a valid size for this algorithm.';
          throw netFailure('System.ArgumentException', message, { parameter: 'rgbKey' });
        }
        return self(value).transform(isEncrypting, {
          key: given,
          iv: iv === null || iv === undefined ? new Uint8Array(blockBytes) : checkIv(bytesOf(iv, 'rgbIV')),
        });
      },
    },
  ];
}

/** `EncryptCbc`, `DecryptEcb` and their kin: everything at once. */
function atOnce(isEncrypting: boolean, mode: 'Cbc' | 'Ecb' | 'Cfb'): readonly Overload[] {
  const source = isEncrypting ? 'plaintext' : 'ciphertext';
  const tails = {
    Cbc: `, byte[] iv, ${space}.PaddingMode paddingMode = PKCS7`,
    Ecb: `, ${space}.PaddingMode paddingMode`,
    Cfb: `, byte[] iv, ${space}.PaddingMode paddingMode = None, int feedbackSizeInBits = 8`,
  };
  const defaults: Record<typeof mode, PaddingMode> = { Cbc: 'PKCS7', Ecb: 'PKCS7', Cfb: 'None' };
  return [
    {
      signature: `byte[] ${isEncrypting ? 'Encrypt' : 'Decrypt'}${mode}(byte[] ${source}${tails[mode]})`,
      invoke: (value, [bytes, ...rest]) => {
        const [iv, padding, feedback] = mode === 'Ecb' ? [undefined, ...rest] : rest;
        const input = bytesOf(bytes, source);
        const chosen = padding instanceof EnumValue ? paddingOf(padding) : defaults[mode];
        const transform = self(value).transform(isEncrypting, {
          mode: mode === 'Cbc' ? 'CBC' : mode === 'Ecb' ? 'ECB' : 'CFB',
          padding: chosen,
          feedback: typeof feedback === 'number' ? feedback : 8,
          ...(mode === 'Ecb' ? {} : { iv: checkIv(bytesOf(iv, 'iv')) }),
        });
        if (isEncrypting && chosen === 'None' && input.length % transform.inputBlock !== 0) {
          const message = 'The specified plaintext size is not valid for the padding and block size.';
          throw netFailure('System.ArgumentException', message, { parameter: 'plaintextLength' });
        }
        return toByteArray(transform.finish(input));
      },
    },
  ];
}

function allAtOnce(): Record<string, readonly Overload[]> {
  return Object.fromEntries(
    (['Cbc', 'Ecb', 'Cfb'] as const).flatMap((mode) => [
      [`Encrypt${mode}`, atOnce(true, mode)],
      [`Decrypt${mode}`, atOnce(false, mode)],
    ]),
  );
}

function regenerating(name: 'key' | 'iv'): Overload['invoke'] {
  return (value) => {
    self(value)[name] = undefined;
    return undefined;
  };
}

const symmetric: TypeDescription = {
  name: base,
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.IDisposable'],
  properties: {
    BlockSize: {
      type: 'int',
      get: () => blockBytes * 8,
      set: (_value, size) => {
        if (int(size) !== blockBytes * 8) throw cryptographic('Specified block size is not valid for this algorithm.');
      },
    },
    FeedbackSize: {
      type: 'int',
      get: (value) => self(value).feedback,
      set: (value, size) => {
        if (int(size) !== 8 && int(size) !== 128) {
          throw cryptographic('Specified feedback size is not valid for this algorithm.');
        }
        self(value).feedback = int(size);
      },
    },
    IV: bytesProperty(
      (aes) => aes.iv,
      (aes, bytes) => {
        aes.iv = bytes;
      },
    ),
    Key: bytesProperty(
      (aes) => aes.key,
      (aes, bytes) => {
        aes.key = bytes;
      },
    ),
    KeySize: {
      type: 'int',
      get: (value) => self(value).keyBits,
      set: (value, size) => {
        if (![128, 192, 256].includes(int(size))) {
          throw cryptographic('Specified key is not a valid size for this algorithm.');
        }
        self(value).key = undefined;
        self(value).keyBits = int(size);
      },
    },
    Mode: {
      type: `${space}.CipherMode`,
      get: (value) => enumOf(`${space}.CipherMode`, modes[self(value).mode]),
      set: (value, mode) => {
        self(value).mode = modeOf(mode);
      },
    },
    Padding: {
      type: `${space}.PaddingMode`,
      get: (value) => enumOf(`${space}.PaddingMode`, paddings[self(value).padding]),
      set: (value, padding) => {
        self(value).padding = paddingOf(padding);
      },
    },
  },
  methods: {
    Clear: [{ signature: 'void Clear()', invoke: () => undefined }],
    CreateDecryptor: creating('CreateDecryptor', false),
    CreateEncryptor: creating('CreateEncryptor', true),
    ...allAtOnce(),
    Dispose: [{ signature: 'void Dispose()', invoke: () => undefined }],
    GenerateIV: [{ signature: 'void GenerateIV()', invoke: regenerating('iv') }],
    GenerateKey: [{ signature: 'void GenerateKey()', invoke: regenerating('key') }],
  },
};

const make = (typeName: string, context: CallContext): Value =>
  new Aes(typeName, (count) => context.random.bytes(count));

/** Types that a script makes with `New-Object`; for all of them the block is that of AES. */
function older(typeName: string, parent: string): TypeDescription {
  return {
    name: `${space}.${typeName}`,
    kind: 'class',
    base: `${space}.${parent}`,
    constructors: [
      { signature: `${space}.${typeName} new()`, invoke: (_self, _none, context) => make(typeName, context) },
    ],
  };
}

const transform: TypeDescription = {
  name: `${space}.UniversalCryptoTransform`,
  kind: 'class',
  isAbstract: true,
  interfaces: [`${space}.ICryptoTransform`],
  properties: {
    CanReuseTransform: { type: 'bool', get: () => true },
    CanTransformMultipleBlocks: { type: 'bool', get: () => true },
    InputBlockSize: { type: 'int', get: (value) => cipher(value).inputBlock },
    OutputBlockSize: { type: 'int', get: (value) => cipher(value).inputBlock },
  },
  methods: {
    Dispose: [{ signature: 'void Dispose()', invoke: () => undefined }],
    TransformBlock: [
      {
        signature:
          'int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)',
        invoke: (value, [input, offset, count, output, at]) => {
          const bytes = runOf(input, 'inputBuffer', offset, count, 'inputOffset');
          if (bytes.length === 0 || bytes.length % cipher(value).inputBlock !== 0) {
            throw netFailure('System.ArgumentOutOfRangeException', 'The input count is not a whole number of blocks.', {
              parameter: 'inputCount',
            });
          }
          const made = cipher(value).transform(bytes);
          putBytes(as(output, NetArray), int(at), made);
          return made.length;
        },
      },
    ],
    TransformFinalBlock: [
      {
        signature: 'byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)',
        invoke: (value, [input, offset, count]) =>
          toByteArray(cipher(value).finish(runOf(input, 'inputBuffer', offset, count, 'inputOffset'))),
      },
    ],
  },
};

export const aesDescriptions: readonly TypeDescription[] = [
  enumeration(`${space}.CipherMode`, modes),
  enumeration(`${space}.PaddingMode`, paddings),
  symmetric,
  {
    name: `${space}.Aes`,
    kind: 'class',
    base,
    isAbstract: true,
    staticMethods: {
      Create: [
        {
          signature: `static ${space}.Aes Create()`,
          invoke: (_self, _none, context) => make('AesImplementation', context),
        },
        {
          signature: `static ${space}.Aes Create(string algorithmName)`,
          invoke: (_self, [name], context) => (/aes/i.test(text(name)) ? make('AesManaged', context) : null),
        },
      ],
    },
  },
  { name: `${space}.AesImplementation`, kind: 'class', base: `${space}.Aes` },
  older('AesManaged', 'Aes'),
  older('AesCryptoServiceProvider', 'Aes'),
  { name: `${space}.Rijndael`, kind: 'class', base, isAbstract: true },
  older('RijndaelManaged', 'Rijndael'),
  transform,
  { name: `${space}.UniversalCryptoEncryptor`, kind: 'class', base: `${space}.UniversalCryptoTransform` },
  { name: `${space}.UniversalCryptoDecryptor`, kind: 'class', base: `${space}.UniversalCryptoTransform` },
];
