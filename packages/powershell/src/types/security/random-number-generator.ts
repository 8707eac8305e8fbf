import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, bool, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { toByteArray } from '../byte-array.ts';
import { namedType } from '../intrinsic.ts';
import { negativeArgument, putBytes } from '../io/byte-range.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { charsOf } from '../text/char-array.ts';

const space = 'System.Security.Cryptography';
const name = `${space}.RandomNumberGenerator`;

/** A generator of the machine's own chance; all are the same. */
class RandomNumberGenerator extends Instance {
  readonly type: NetType;
  constructor(typeName: string) {
    super();
    this.type = namedType(`${space}.${typeName}`);
  }
}

/** A whole number from 0 up to, not including, a bound of at most 2³², each as likely as the others. */
export function randomBelow(bound: number, context: Pick<CallContext, 'random'>): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = context.random.bytes(4);
    const drawn = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (drawn < limit) return drawn % bound;
  }
}

function target(value: Value): NetArray {
  if (value !== null && value !== undefined) return as(value, NetArray);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'data' });
}

function fill(array: NetArray, offset: number, count: number, context: CallContext, isZeroAllowed = true): undefined {
  const bytes = context.random.bytes(count);
  if (!isZeroAllowed) {
    for (let at = 0; at < count; at++) {
      while (bytes[at] === 0) bytes.set(context.random.bytes(1), at);
    }
  }
  putBytes(array, offset, bytes);
  return undefined;
}

function between(from: number, to: number, context: CallContext): number {
  if (from >= to) {
    throw netFailure('System.ArgumentException', 'Range of random number does not contain at least one possibility.');
  }
  return from + randomBelow(to - from, context);
}

function count(value: Value, parameter: string, context: CallContext): number {
  if (int(value) < 0) throw negativeArgument(parameter, int(value));
  context.budget.reserve(int(value) * 8);
  return int(value);
}

function drawn(choices: string, length: number, context: CallContext): string {
  if (choices === '') throw netFailure('System.ArgumentException', 'Span may not be empty.', { parameter: 'choices' });
  return Array.from({ length }, () => choices.charAt(randomBelow(choices.length, context))).join('');
}

const instanceMembers: Readonly<Record<string, readonly Overload[]>> = {
  Dispose: [{ signature: 'void Dispose()', invoke: () => undefined }],
  GetBytes: [
    {
      signature: 'void GetBytes(byte[] data)',
      invoke: (_self, [data], context) => fill(target(data), 0, target(data).items.length, context),
    },
    {
      signature: 'void GetBytes(byte[] data, int offset, int count)',
      invoke: (_self, [data, offset, size], context) => {
        const array = target(data);
        if (int(offset) < 0) throw negativeArgument('offset', int(offset));
        if (int(size) < 0) throw negativeArgument('count', int(size));
        if (int(offset) + int(size) > array.items.length) {
          const message =
            'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.';
          throw netFailure('System.ArgumentException', message);
        }
        return fill(array, int(offset), int(size), context);
      },
    },
  ],
  GetNonZeroBytes: [
    {
      signature: 'void GetNonZeroBytes(byte[] data)',
      invoke: (_self, [data], context) => fill(target(data), 0, target(data).items.length, context, false),
    },
  ],
};

export const randomDescriptions: readonly TypeDescription[] = [
  {
    name,
    kind: 'class',
    isAbstract: true,
    interfaces: ['System.IDisposable'],
    methods: instanceMembers,
    staticMethods: {
      Create: [
        {
          signature: `static ${name} Create()`,
          invoke: () => new RandomNumberGenerator('RandomNumberGeneratorImplementation'),
        },
      ],
      Fill: [
        {
          signature: 'static void Fill(byte[] data)',
          invoke: (_self, [data], context) => fill(target(data), 0, target(data).items.length, context),
        },
      ],
      GetBytes: [
        {
          signature: 'static byte[] GetBytes(int count)',
          invoke: (_self, [size], context) => toByteArray(context.random.bytes(count(size, 'count', context))),
        },
      ],
      GetHexString: [
        {
          signature: 'static string GetHexString(int stringLength, bool lowercase = false)',
          invoke: (_self, [length, isLower], context) =>
            drawn(
              bool(isLower) ? '0123456789abcdef' : '0123456789ABCDEF',
              count(length, 'stringLength', context),
              context,
            ),
        },
      ],
      GetInt32: [
        {
          signature: 'static int GetInt32(int fromInclusive, int toExclusive)',
          invoke: (_self, [from, to], context) => between(int(from), int(to), context),
        },
        {
          signature: 'static int GetInt32(int toExclusive)',
          invoke: (_self, [to], context) => {
            if (int(to) > 0) return between(0, int(to), context);
            throw netFailure(
              'System.ArgumentOutOfRangeException',
              `toExclusive ('${int(to)}') must be a non-negative and non-zero value. (Parameter 'toExclusive')\nActual value was ${int(to)}.`,
            );
          },
        },
      ],
      GetString: [
        {
          signature: 'static string GetString(string choices, int length)',
          invoke: (_self, [choices, length], context) =>
            drawn(charsOf(choices, 'choices'), count(length, 'length', context), context),
        },
      ],
    },
  },
  { name: `${space}.RandomNumberGeneratorImplementation`, kind: 'class', base: name },
  {
    name: `${space}.RNGCryptoServiceProvider`,
    kind: 'class',
    base: name,
    constructors: [
      {
        signature: `${space}.RNGCryptoServiceProvider new()`,
        invoke: () => new RandomNumberGenerator('RNGCryptoServiceProvider'),
      },
    ],
  },
];
