import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import { SmallInteger } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { comparableMethods } from '../comparable.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext, NetType, TypeDescription } from '../net-type.ts';
import { attempt } from '../time/date-text.ts';

/** `System.Guid`, as 32 small hexadecimal digits in the order of its text. */
export class Guid extends Instance {
  readonly digits: string;
  constructor(digits: string) {
    super();
    this.digits = digits;
  }
  get type(): NetType {
    return netTypes.guid;
  }
  /** `11223344-5566-7788-99aa-bbccddeeff00` */
  get text(): string {
    return dashed(this.digits);
  }
}

function dashed(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const empty = new Guid('0'.repeat(32));
const self = (value: Value): Guid => as(value, Guid);

const forms: Readonly<Record<string, RegExp>> = {
  N: /^([0-9a-f]{32})$/i,
  D: /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/i,
  B: /^\{([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}$/i,
  P: /^\(([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\)$/i,
};

const listForm =
  /^\{0x([0-9a-f]{1,8}),0x([0-9a-f]{1,4}),0x([0-9a-f]{1,4}),\{0x([0-9a-f]{1,2}),0x([0-9a-f]{1,2}),0x([0-9a-f]{1,2}),0x([0-9a-f]{1,2}),0x([0-9a-f]{1,2}),0x([0-9a-f]{1,2}),0x([0-9a-f]{1,2}),0x([0-9a-f]{1,2})\}\}$/i;

const formErrors: Readonly<Record<string, string>> = {
  N: 'Guid should contain only 32 digits (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx).',
  D: 'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).',
};

/** Reads a GUID in any of its forms. Throws `NetFailure` (FormatException). */
function readGuid(input: string): Guid {
  const trimmed = input.trim();
  for (const form of Object.values(forms)) {
    const found = form.exec(trimmed);
    if (found !== null) return new Guid(found.slice(1).join('').toLowerCase());
  }
  return readList(trimmed) ?? failed(whatIsWrong(trimmed));
}

/** What .NET says of text that is no GUID: its length first, then its dashes, then its digits. */
function whatIsWrong(input: string): string {
  if (input.length < 32) return 'Unrecognized Guid format.';
  const isBracketed = input.startsWith('{') || input.startsWith('(');
  const hasDashes = isBracketed || input[8] === '-';
  const length = isBracketed ? 38 : hasDashes ? 36 : 32;
  if (input.length !== length) {
    return 'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).';
  }
  const first = isBracketed ? 9 : 8;
  const isInPlace = !hasDashes || [0, 5, 10, 15].every((offset) => input[first + offset] === '-');
  return isInPlace
    ? 'Guid string should only contain hexadecimal characters.'
    : 'Dashes are in the wrong position for GUID parsing.';
}

function readList(input: string): Guid | undefined {
  const found = listForm.exec(input.replace(/\s/g, ''));
  if (found === null) return undefined;
  const widths = [8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2];
  return new Guid(
    found
      .slice(1)
      .map((part, index) => part.padStart(widths[index] ?? 2, '0'))
      .join('')
      .toLowerCase(),
  );
}

function failed(message: string): never {
  throw netFailure('System.FormatException', message);
}

function readExact(input: Value, format: Value): Guid {
  const letter = text(format).toUpperCase();
  if (letter === 'X')
    return readList(text(input).trim()) ?? failed('Could not find any of the expected hexadecimal prefix.');
  const found = forms[letter]?.exec(text(input).trim());
  if (found !== undefined && found !== null) return new Guid(found.slice(1).join('').toLowerCase());
  if (forms[letter] === undefined) throw badFormat();
  return failed(formErrors[letter] ?? 'Unrecognized Guid format.');
}

function badFormat(): Error {
  return netFailure(
    'System.FormatException',
    'Format string can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x".',
  );
}

/** Throws `NetFailure` (FormatException) for an unknown format. */
function format({ digits }: Guid, pattern: string): string {
  switch (pattern) {
    case '':
    case 'D':
    case 'd':
      return dashed(digits);
    case 'N':
    case 'n':
      return digits;
    case 'B':
    case 'b':
      return `{${dashed(digits)}}`;
    case 'P':
    case 'p':
      return `(${dashed(digits)})`;
    case 'X':
    case 'x': {
      const bytes = digits
        .slice(16)
        .replace(/../g, (byte) => `,0x${byte}`)
        .slice(1);
      return `{0x${digits.slice(0, 8)},0x${digits.slice(8, 12)},0x${digits.slice(12, 16)},{${bytes}}}`;
    }
    default:
      throw badFormat();
  }
}

/** The first three parts stand in memory from their low byte. */
const byteOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

function guidBytes({ digits }: Guid): Uint8Array {
  return Uint8Array.from(byteOrder, (at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

function guidFromBytes(bytes: ArrayLike<number>): Guid {
  if (bytes.length !== 16) {
    throw netFailure('System.ArgumentException', 'Byte array for Guid must be exactly 16 bytes long.', {
      parameter: 'b',
    });
  }
  return new Guid(byteOrder.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, '0')).join(''));
}

/** A random GUID of version 4. */
export function newGuid(context: CallContext): Guid {
  const bytes = context.random.bytes(16);
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = '89ab'.charAt((bytes[8] ?? 0) & 3);
  return new Guid(`${digits.slice(0, 12)}4${digits.slice(13, 16)}${variant}${digits.slice(17)}`);
}

function bytesOf(array: Value): number[] {
  if (array === null || array === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'b' });
  }
  return as(array, NetArray).items.map((item) => as(item, SmallInteger).value);
}

function compareGuids(left: Value, right: Value): number {
  const a = self(left).digits;
  const b = self(right).digits;
  return a < b ? -1 : a > b ? 1 : 0;
}

function input(value: Value): string {
  if (value !== null && value !== undefined) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'input' });
}

function tryRead(reference: Value, run: () => Guid): boolean {
  const guid = attempt(run);
  setReference(reference, guid ?? empty);
  return guid !== undefined;
}

export const guidDescription: TypeDescription = {
  name: 'System.Guid',
  kind: 'struct',
  accelerators: ['guid'],
  interfaces: [
    'System.IFormattable',
    'System.IComparable',
    'System.IComparable`1[System.Guid]',
    'System.IEquatable`1[System.Guid]',
  ],
  constructors: [
    { signature: 'guid new(byte[] b)', invoke: (_self, [array]) => guidFromBytes(bytesOf(array)) },
    {
      signature: 'guid new(string g)',
      invoke: (_self, [value]) => {
        if (value === null)
          throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'g' });
        return readGuid(text(value));
      },
    },
  ],
  staticProperties: {
    Empty: { type: 'guid', get: () => empty },
    AllBitsSet: { type: 'guid', get: () => new Guid('f'.repeat(32)) },
  },
  staticMethods: {
    NewGuid: [{ signature: 'static guid NewGuid()', invoke: (_self, _none, context) => newGuid(context) }],
    Parse: [
      { signature: 'static guid Parse(string input)', invoke: (_self, [value]) => readGuid(input(value)) },
      {
        signature: 'static guid Parse(string s, System.IFormatProvider provider)',
        invoke: (_self, [value]) => readGuid(input(value)),
      },
    ],
    ParseExact: [
      {
        signature: 'static guid ParseExact(string input, string format)',
        invoke: (_self, [value, form]) => readExact(input(value), form),
      },
    ],
    TryParse: [
      {
        signature: 'static bool TryParse(string input, [ref] guid result)',
        invoke: (_self, [value, result]) => tryRead(result, () => readGuid(text(value))),
      },
      {
        signature: 'static bool TryParse(string s, System.IFormatProvider provider, [ref] guid result)',
        invoke: (_self, [value, , result]) => tryRead(result, () => readGuid(text(value))),
      },
    ],
    TryParseExact: [
      {
        signature: 'static bool TryParseExact(string input, string format, [ref] guid result)',
        invoke: (_self, [value, form, result]) => tryRead(result, () => readExact(value, form)),
      },
    ],
  },
  properties: {
    Guid: { type: 'string', addedAs: 'ScriptProperty', get: (value) => dashed(self(value).digits) },
    Variant: { type: 'int', get: (value) => Number.parseInt(self(value).digits.charAt(16), 16) },
    Version: { type: 'int', get: (value) => Number.parseInt(self(value).digits.charAt(12), 16) },
  },
  methods: {
    ...comparableMethods('guid', compareGuids),
    ToByteArray: [
      {
        signature: 'byte[] ToByteArray()',
        invoke: (value) =>
          new NetArray(
            netTypes.byte,
            [...guidBytes(self(value))].map((byte) => new SmallInteger(netTypes.byte, byte)),
          ),
      },
    ],
    ToString: [
      { signature: 'string ToString()', invoke: (value) => dashed(self(value).digits) },
      { signature: 'string ToString(string format)', invoke: (value, [form]) => format(self(value), text(form)) },
      {
        signature: 'string ToString(string format, System.IFormatProvider provider)',
        invoke: (value, [form]) => format(self(value), text(form)),
      },
    ],
  },
  zero: () => empty,
  equals: (left, right) => right instanceof Guid && self(left).digits === right.digits,
  hashKey: (value) => self(value).digits,
  compare: compareGuids,
  toText: (value, pattern) => format(self(value), pattern ?? ''),
  parse: readGuid,
};
