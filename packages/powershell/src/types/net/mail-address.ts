import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { attempt } from '../time/date-text.ts';

/** `System.Net.Mail.MailAddress`. */
class MailAddress extends Instance {
  readonly displayName: string;
  readonly user: string;
  readonly host: string;
  constructor(displayName: string, user: string, host: string) {
    super();
    this.displayName = displayName;
    this.user = user;
    this.host = host;
  }
  get type(): NetType {
    return namedType('System.Net.Mail.MailAddress');
  }
  get address(): string {
    return `${this.user}@${this.host}`;
  }
  get display(): string {
    return this.displayName === '' ? this.address : `"${this.displayName}" <${this.address}>`;
  }
}

/** Throws `NetFailure` (FormatException, ArgumentException). */
function readMailAddress(input: string, displayName = ''): MailAddress {
  if (input === '') {
    throw netFailure('System.ArgumentException', 'The value cannot be an empty string.', { parameter: 'address' });
  }
  const [, quoted, plain, bracketed, bare] =
    /^\s*(?:(?:"((?:[^"\\]|\\.)*)"|([^<>"]*?))\s*<\s*([^<>\s]+)\s*>|([^<>\s]+))\s*$/.exec(input) ?? [];
  const address = bracketed ?? bare;
  const [, user, host] =
    /^("(?:[^"\\]|\\.)+"|[^\s@<>()[\]\\,;:"]+)@([^\s@<>()[\]\\,;:"]+|\[[^\]]*\])$/.exec(address ?? '') ?? [];
  const isDotted = user !== undefined && !user.startsWith('.') && !user.endsWith('.') && !user.includes('..');
  if (user === undefined || host === undefined || !isDotted || host.startsWith('.')) {
    throw netFailure(
      'System.FormatException',
      'The specified string is not in the form required for an e-mail address.',
    );
  }
  const name = displayName === '' ? (quoted ?? plain ?? '').trim() : displayName;
  return new MailAddress(name, user, host);
}

const self = (value: Value): MailAddress => as(value, MailAddress);

function required(value: Value): string {
  if (value !== null && value !== undefined) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'address' });
}

export const mailAddressDescription: TypeDescription = {
  name: 'System.Net.Mail.MailAddress',
  kind: 'class',
  accelerators: ['mailaddress'],
  constructors: [
    { signature: 'mailaddress new(string address)', invoke: (_self, [address]) => readMailAddress(required(address)) },
    {
      signature: 'mailaddress new(string address, string displayName)',
      invoke: (_self, [address, name]) => readMailAddress(required(address), text(name)),
    },
  ],
  staticMethods: {
    TryCreate: [
      {
        signature: 'static bool TryCreate(string address, [ref] mailaddress result)',
        invoke: (_self, [address, result]) => {
          const found = attempt(() => readMailAddress(text(address)));
          setReference(result, found ?? null);
          return found !== undefined;
        },
      },
    ],
  },
  properties: {
    Address: { type: 'string', get: (value) => self(value).address },
    DisplayName: { type: 'string', get: (value) => self(value).displayName },
    Host: { type: 'string', get: (value) => self(value).host },
    User: { type: 'string', get: (value) => self(value).user },
  },
  methods: {
    ToString: [{ signature: 'string ToString()', invoke: (value) => self(value).display }],
  },
  equals: (left, right) =>
    right instanceof MailAddress && self(left).display.toLowerCase() === right.display.toLowerCase(),
  hashKey: (value) => self(value).display.toLowerCase(),
  toText: (value) => self(value).display,
};
