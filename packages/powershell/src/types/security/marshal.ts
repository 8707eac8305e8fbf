import { netFailure } from '../../errors/raise.ts';
import type { Session } from '../../runtime/session.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, long } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, Property, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { SecureString } from './secure-string.ts';

const pointerName = 'System.IntPtr';

/** `System.IntPtr`: here a number that stands for a text that `Marshal` put aside, never an address. */
class Pointer extends Instance {
  readonly value: bigint;
  constructor(value: bigint) {
    super();
    this.value = value;
  }
  get type(): NetType {
    return namedType(pointerName);
  }
}

const zero = new Pointer(0n);
const pointer = (value: Value): Pointer => as(value, Pointer);

/** The texts that were put aside and not freed yet, of each session its own. */
const memories = new WeakMap<Session, Map<bigint, string>>();

function memoryOf(context: CallContext): Map<bigint, string> {
  const session = sessionOf(context);
  let memory = memories.get(session);
  if (memory === undefined) {
    memory = new Map();
    memories.set(session, memory);
  }
  return memory;
}

let last = 0x10_0000n;

function putAside(value: Value, context: CallContext): Pointer {
  if (value === null || value === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 's' });
  }
  last += 16n;
  memoryOf(context).set(last, as(value, SecureString).reveal());
  return new Pointer(last);
}

/** Throws `NetFailure` (AccessViolationException) for a pointer that stands for nothing: .NET would end the process. */
function textAt(value: Value, context: CallContext): string {
  const found = memoryOf(context).get(pointer(value).value);
  if (found !== undefined) return found;
  const message =
    'Attempted to read or write protected memory. This is often an indication that other memory is corrupt.';
  throw netFailure('System.AccessViolationException', message);
}

function allocating(method: string): readonly Overload[] {
  return [
    {
      signature: `static ${pointerName} ${method}(securestring s)`,
      invoke: (_self, [value], context) => putAside(value, context),
    },
  ];
}

function freeing(method: string): readonly Overload[] {
  return [
    {
      signature: `static void ${method}(${pointerName} s)`,
      invoke: (_self, [value], context) => {
        memoryOf(context).delete(pointer(value).value);
        return undefined;
      },
    },
  ];
}

function reading(method: string): readonly Overload[] {
  return [
    {
      signature: `static string ${method}(${pointerName} ptr)`,
      invoke: (_self, [value], context) => (pointer(value).value === 0n ? null : textAt(value, context)),
    },
    {
      signature: `static string ${method}(${pointerName} ptr, int len)`,
      invoke: (_self, [value, length], context) => textAt(value, context).slice(0, int(length)),
    },
  ];
}

function table(
  methods: readonly string[],
  make: (method: string) => readonly Overload[],
): Record<string, readonly Overload[]> {
  return Object.fromEntries(methods.map((method) => [method, make(method)]));
}

const constant = (value: Pointer): Property => ({ type: pointerName, get: () => value });

export const marshalDescriptions: readonly TypeDescription[] = [
  {
    name: pointerName,
    kind: 'struct',
    zero: () => zero,
    constructors: [
      { signature: `${pointerName} new(int value)`, invoke: (_self, [value]) => new Pointer(BigInt(int(value))) },
      { signature: `${pointerName} new(long value)`, invoke: (_self, [value]) => new Pointer(long(value)) },
    ],
    staticProperties: { Size: { type: 'int', get: () => 8 }, Zero: constant(zero) },
    methods: {
      ToInt32: [{ signature: 'int ToInt32()', invoke: (value) => Number(BigInt.asIntN(32, pointer(value).value)) }],
      ToInt64: [{ signature: 'long ToInt64()', invoke: (value) => pointer(value).value }],
    },
    equals: (left, right) => right instanceof Pointer && pointer(left).value === right.value,
    hashKey: (value) => pointer(value).value,
    toText: (value) => pointer(value).value.toString(),
  },
  {
    name: 'System.Runtime.InteropServices.Marshal',
    kind: 'class',
    isAbstract: true,
    staticMethods: {
      ...table(
        [
          'SecureStringToBSTR',
          'SecureStringToCoTaskMemAnsi',
          'SecureStringToCoTaskMemUnicode',
          'SecureStringToGlobalAllocAnsi',
          'SecureStringToGlobalAllocUnicode',
        ],
        allocating,
      ),
      ...table(
        [
          'FreeBSTR',
          'FreeCoTaskMem',
          'FreeHGlobal',
          'ZeroFreeBSTR',
          'ZeroFreeCoTaskMemAnsi',
          'ZeroFreeCoTaskMemUnicode',
          'ZeroFreeGlobalAllocAnsi',
          'ZeroFreeGlobalAllocUnicode',
        ],
        freeing,
      ),
      // On Linux .NET reads a text of two bytes a character as one of one byte with `PtrToStringAuto` and answers the first
      // character. No script means that: here it answers the whole text, as on Windows.
      ...table(['PtrToStringAnsi', 'PtrToStringAuto', 'PtrToStringUni', 'PtrToStringUTF8'], reading),
      PtrToStringBSTR: [
        {
          signature: `static string PtrToStringBSTR(${pointerName} ptr)`,
          invoke: (_self, [value], context) => {
            if (pointer(value).value !== 0n) return textAt(value, context);
            throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'ptr' });
          },
        },
      ],
    },
  },
];
