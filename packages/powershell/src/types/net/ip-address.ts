import { isIP } from 'node:net';
import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { bytesFrom, toByteArray } from '../byte-array.ts';
import { setReference } from '../collections/out-argument.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, Property, TypeDescription } from '../net-type.ts';
import { attempt } from '../time/date-text.ts';

/** `System.Net.IPAddress`: four bytes or sixteen. */
export class IPAddress extends Instance {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }
  get type(): NetType {
    return namedType('System.Net.IPAddress');
  }
  get isVersion4(): boolean {
    return this.bytes.length === 4;
  }
  get text(): string {
    return this.isVersion4 ? this.bytes.join('.') : version6Text(this.bytes);
  }
}

/** The text of an address of version 6 that stands for one of version 4, which it ends with. */
function embeddedVersion4(groups: readonly number[]): string | undefined {
  if (groups.slice(0, 5).some((group) => group !== 0)) return undefined;
  const [fifth = 0, sixth = 0, seventh = 0] = groups.slice(5);
  if (fifth !== 0xffff && (fifth !== 0 || sixth === 0)) return undefined;
  const text = [sixth >> 8, sixth & 255, seventh >> 8, seventh & 255].join('.');
  return fifth === 0 ? `::${text}` : `::ffff:${text}`;
}

/** The longest run of zeros becomes `::`. */
function version6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
  const embedded = embeddedVersion4(groups);
  if (embedded !== undefined) return embedded;
  let start = -1;
  let length = 1;
  for (let at = 0; at < 8; at++) {
    let end = at;
    while (end < 8 && groups[end] === 0) end++;
    if (end - at > length) {
      start = at;
      length = end - at;
    }
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  return start === -1 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}

/** Throws `NetFailure` (FormatException). */
export function readAddress(input: string): IPAddress {
  const trimmed = input.trim();
  const bare = trimmed.replace(/^\[|\](?::\d+)?$/g, '').replace(/%.*$/, '');
  switch (isIP(bare)) {
    case 4:
      return new IPAddress(Uint8Array.from(bare.split('.'), Number));
    case 6:
      return new IPAddress(version6Bytes(bare));
    default:
      return shortVersion4(bare);
  }
}

/** `10.1` is 10.0.0.1, `256` is 0.0.1.0: the last number fills what is left. */
function shortVersion4(input: string): IPAddress {
  const parts = input.split('.');
  if (parts.length > 4 || parts.some((part) => !/^(?:0[xX][0-9A-Fa-f]+|\d+)$/.test(part))) throw invalid();
  const numbers = parts.map((part) => (/^0\d/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  const last = numbers.pop() ?? 0;
  const room = 256 ** (4 - numbers.length);
  if (numbers.some((part) => !(part < 256)) || !(last < room)) throw invalid();
  const bytes = new Uint8Array(4);
  bytes.set(numbers);
  for (let at = 3, rest = last; at >= numbers.length; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return new IPAddress(bytes);
}

function invalid(): Error {
  return netFailure('System.FormatException', 'An invalid IP address was specified.');
}

function version6Bytes(input: string): Uint8Array {
  const last = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(input);
  const plain =
    last === null
      ? input
      : input.slice(0, last.index) +
        `${((Number(last[1]) << 8) | Number(last[2])).toString(16)}:${((Number(last[3]) << 8) | Number(last[4])).toString(16)}`;
  const [head = '', tail] = plain.split('::');
  const groups = (part: string | undefined): number[] =>
    part === undefined || part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const before = groups(head);
  const behind = groups(tail);
  const all = [...before, ...Array.from({ length: 8 - before.length - behind.length }, () => 0), ...behind];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]));
}

const self = (value: Value): IPAddress => as(value, IPAddress);
const constant = (input: string): Property => ({ type: 'ipaddress', get: () => readAddress(input) });

/** Whether a version 6 address begins with so many bits of these. */
function startsWith({ isVersion4, bytes }: IPAddress, prefix: number, bits: number): boolean {
  const head = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  return !isVersion4 && head >> (16 - bits) === prefix >> (16 - bits);
}

function isMapped({ isVersion4, bytes }: IPAddress): boolean {
  return !isVersion4 && bytes.every((byte, at) => at > 11 || byte === (at < 10 ? 0 : 255));
}

function toVersion4(address: IPAddress): IPAddress {
  return address.isVersion4 ? address : new IPAddress(address.bytes.slice(12));
}

function toVersion6(address: IPAddress): IPAddress {
  return address.isVersion4
    ? new IPAddress(Uint8Array.from([...new Uint8Array(10), 255, 255, ...address.bytes]))
    : address;
}

function required(value: Value): string {
  if (value !== null && value !== undefined) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'ipString' });
}

export const ipAddressDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Net.IPAddress',
    kind: 'class',
    accelerators: ['ipaddress'],
    constructors: [
      {
        signature: 'ipaddress new(byte[] address)',
        invoke: (_self, [array]) => {
          const bytes = bytesFrom(array);
          if (bytes.length === 4 || bytes.length === 16) return new IPAddress(bytes);
          throw netFailure('System.ArgumentException', 'An invalid IP address was specified.', {
            parameter: 'address',
          });
        },
      },
    ],
    staticProperties: {
      Any: constant('0.0.0.0'),
      Loopback: constant('127.0.0.1'),
      Broadcast: constant('255.255.255.255'),
      None: constant('255.255.255.255'),
      IPv6Any: constant('::'),
      IPv6Loopback: constant('::1'),
      IPv6None: constant('::'),
    },
    staticMethods: {
      IsLoopback: [
        {
          signature: 'static bool IsLoopback(ipaddress address)',
          invoke: (_self, [address]) =>
            self(address).isVersion4 ? self(address).bytes[0] === 127 : self(address).text === '::1',
        },
      ],
      Parse: [
        {
          signature: 'static ipaddress Parse(string ipString)',
          invoke: (_self, [value]) => readAddress(required(value)),
        },
      ],
      TryParse: [
        {
          signature: 'static bool TryParse(string ipString, [ref] ipaddress address)',
          invoke: (_self, [value, result]) => {
            const found = attempt(() => readAddress(text(value)));
            setReference(result, found ?? null);
            return found !== undefined;
          },
        },
      ],
    },
    properties: {
      AddressFamily: {
        type: 'System.Net.Sockets.AddressFamily',
        get: (value) => enumOf('System.Net.Sockets.AddressFamily', self(value).isVersion4 ? 2 : 23),
      },
      IsIPv4MappedToIPv6: { type: 'bool', get: (value) => isMapped(self(value)) },
      IsIPv6LinkLocal: { type: 'bool', get: (value) => startsWith(self(value), 0xfe80, 10) },
      IsIPv6Multicast: { type: 'bool', get: (value) => startsWith(self(value), 0xff00, 8) },
      IsIPv6SiteLocal: { type: 'bool', get: (value) => startsWith(self(value), 0xfec0, 10) },
      IsIPv6Teredo: {
        type: 'bool',
        get: (value) => startsWith(self(value), 0x2001, 16) && self(value).bytes[2] === 0 && self(value).bytes[3] === 0,
      },
      IsIPv6UniqueLocal: { type: 'bool', get: (value) => startsWith(self(value), 0xfc00, 7) },
      IPAddressToString: { type: 'string', addedAs: 'ScriptProperty', get: (value) => self(value).text },
    },
    methods: {
      MapToIPv4: [{ signature: 'ipaddress MapToIPv4()', invoke: (value) => toVersion4(self(value)) }],
      MapToIPv6: [{ signature: 'ipaddress MapToIPv6()', invoke: (value) => toVersion6(self(value)) }],
      GetAddressBytes: [{ signature: 'byte[] GetAddressBytes()', invoke: (value) => toByteArray(self(value).bytes) }],
      ToString: [{ signature: 'string ToString()', invoke: (value) => self(value).text }],
    },
    equals: (left, right) => right instanceof IPAddress && self(left).text === right.text,
    hashKey: (value) => self(value).text,
    toText: (value) => self(value).text,
  },
  enumeration('System.Net.Sockets.AddressFamily', {
    Unknown: -1,
    Unspecified: 0,
    Unix: 1,
    InterNetwork: 2,
    InterNetworkV6: 23,
  }),
];
