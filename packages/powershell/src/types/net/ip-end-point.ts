import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { attempt } from '../time/date-text.ts';
import { IPAddress, readAddress } from './ip-address.ts';

const name = 'System.Net.IPEndPoint';
const mostPort = 65_535;

/** `System.Net.IPEndPoint`: an address and a port. Nothing is connected to. */
class IPEndPoint extends Instance {
  address: IPAddress;
  port: number;
  constructor(address: IPAddress, port: number) {
    super();
    this.address = address;
    this.port = port;
  }
  get type(): NetType {
    return namedType(name);
  }
  get text(): string {
    return this.address.isVersion4 ? `${this.address.text}:${this.port}` : `[${this.address.text}]:${this.port}`;
  }
}

const self = (value: Value): IPEndPoint => as(value, IPEndPoint);

/** Throws `NetFailure` (ArgumentNullException). */
function addressOf(value: Value, parameter: string): IPAddress {
  if (value instanceof IPAddress) return value;
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
}

/** Throws `NetFailure` (ArgumentOutOfRangeException). */
function portOf(value: Value, parameter: string): number {
  if (int(value) >= 0 && int(value) <= mostPort) return int(value);
  const message = 'Specified argument was out of the range of valid values.';
  throw netFailure('System.ArgumentOutOfRangeException', message, { parameter });
}

/** An address, behind the last colon a port where there is one: version 6 has it behind brackets alone. Throws `NetFailure`. */
function readEndPoint(input: string): IPEndPoint {
  const [, address = input, port] = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(input) ?? [];
  const found = attempt(() => readAddress(address));
  if (found !== undefined && Number(port ?? 0) <= mostPort) return new IPEndPoint(found, Number(port ?? 0));
  throw netFailure('System.FormatException', 'An invalid IPEndPoint was specified.');
}

export const ipEndPointDescriptions: readonly TypeDescription[] = [
  { name: 'System.Net.EndPoint', kind: 'class', isAbstract: true },
  {
    name,
    kind: 'class',
    base: 'System.Net.EndPoint',
    constructors: overloadList({
      [`${name} new(ipaddress address, int port)`]: (_self, [address, port]) =>
        new IPEndPoint(addressOf(address, 'address'), portOf(port, 'port')),
    }),
    staticProperties: {
      MaxPort: { type: 'int', get: () => mostPort },
      MinPort: { type: 'int', get: () => 0 },
    },
    staticMethods: methodTable({
      [`static ${name} Parse(string s)`]: (_self, [value]) => {
        if (value !== null && value !== undefined) return readEndPoint(text(value));
        throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 's' });
      },
      [`static bool TryParse(string s, [ref] ${name} result)`]: (_self, [value, result]) => {
        const found = attempt(() => readEndPoint(text(value)));
        setReference(result, found ?? null);
        return found !== undefined;
      },
    }),
    properties: {
      Address: {
        type: 'ipaddress',
        get: (value) => self(value).address,
        set: (value, address) => {
          self(value).address = addressOf(address, 'value');
        },
      },
      AddressFamily: {
        type: 'System.Net.Sockets.AddressFamily',
        get: (value) => enumOf('System.Net.Sockets.AddressFamily', self(value).address.isVersion4 ? 2 : 23),
      },
      Port: {
        type: 'int',
        get: (value) => self(value).port,
        set: (value, port) => {
          self(value).port = portOf(port, 'value');
        },
      },
    },
    equals: (left, right) => right instanceof IPEndPoint && self(left).text === right.text,
    hashKey: (value) => self(value).text,
    toText: (value) => self(value).text,
  },
];
