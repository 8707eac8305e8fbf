import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, charCode, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';

/** `System.Security.SecureString`: text that is not shown. It is not encrypted in memory, as on Linux in .NET. */
export class SecureString extends Instance {
  #text: string;
  #isReadOnly = false;
  #isOpen = true;
  constructor(value = '') {
    super();
    this.#text = value;
  }
  get type(): NetType {
    return namedType('System.Security.SecureString');
  }
  /** The text in the clear: for those who were asked to show it. Throws `NetFailure` (ObjectDisposedException). */
  reveal(): string {
    this.#check();
    return this.#text;
  }
  get length(): number {
    this.#check();
    return this.#text.length;
  }
  get isReadOnly(): boolean {
    this.#check();
    return this.#isReadOnly;
  }
  /** Throws `NetFailure` (InvalidOperationException) once it is read-only. */
  replace(value: string): void {
    this.#check();
    if (this.#isReadOnly) throw netFailure('System.InvalidOperationException', 'Instance is read-only.');
    this.#text = value;
  }
  /** With the units from an index on, as many as `removed` says, replaced. Throws `NetFailure` for an index outside. */
  splice(index: number, removed: number, units: string): void {
    const before = this.reveal();
    if (index < 0 || index + removed > before.length) {
      const message = 'Index was out of range. Must be non-negative and less than the length of the string.';
      throw netFailure('System.ArgumentOutOfRangeException', message, { parameter: 'index' });
    }
    this.replace(before.slice(0, index) + units + before.slice(index + removed));
  }
  makeReadOnly(): void {
    this.#check();
    this.#isReadOnly = true;
  }
  dispose(): void {
    this.#isOpen = false;
    this.#text = '';
  }

  #check(): void {
    if (this.#isOpen) return;
    const message = "Cannot access a disposed object.\nObject name: 'System.Security.SecureString'.";
    throw netFailure('System.ObjectDisposedException', message, {
      details: { ObjectName: 'System.Security.SecureString' },
    });
  }
}

const self = (value: Value): SecureString => as(value, SecureString);

export const secureStringDescription: TypeDescription = {
  name: 'System.Security.SecureString',
  kind: 'class',
  accelerators: ['securestring'],
  // In the clear; it does not go out.
  handOver: { receive: (data) => new SecureString(text(data)) },
  interfaces: ['System.IDisposable'],
  constructors: [{ signature: 'securestring new()', invoke: () => new SecureString() }],
  properties: { Length: { type: 'int', get: (value) => self(value).length } },
  methods: {
    AppendChar: [
      {
        signature: 'void AppendChar(char c)',
        invoke: (value, [char]) => {
          self(value).replace(self(value).reveal() + String.fromCharCode(charCode(char)));
          return undefined;
        },
      },
    ],
    Clear: [
      {
        signature: 'void Clear()',
        invoke: (value) => {
          self(value).replace('');
          return undefined;
        },
      },
    ],
    Copy: [{ signature: 'securestring Copy()', invoke: (value) => new SecureString(self(value).reveal()) }],
    Dispose: [
      {
        signature: 'void Dispose()',
        invoke: (value) => {
          self(value).dispose();
          return undefined;
        },
      },
    ],
    InsertAt: [
      {
        signature: 'void InsertAt(int index, char c)',
        invoke: (value, [index, char]) => {
          self(value).splice(int(index), 0, String.fromCharCode(charCode(char)));
          return undefined;
        },
      },
    ],
    IsReadOnly: [{ signature: 'bool IsReadOnly()', invoke: (value) => self(value).isReadOnly }],
    MakeReadOnly: [
      {
        signature: 'void MakeReadOnly()',
        invoke: (value) => {
          self(value).makeReadOnly();
          return undefined;
        },
      },
    ],
    RemoveAt: [
      {
        signature: 'void RemoveAt(int index)',
        invoke: (value, [index]) => {
          self(value).splice(int(index), 1, '');
          return undefined;
        },
      },
    ],
    SetAt: [
      {
        signature: 'void SetAt(int index, char c)',
        invoke: (value, [index, char]) => {
          self(value).splice(int(index), 1, String.fromCharCode(charCode(char)));
          return undefined;
        },
      },
    ],
  },
};

/** `System.Net.NetworkCredential`: a user name and a password in the clear. */
export class NetworkCredential extends Instance {
  userName: string;
  password: SecureString;
  domain: string;
  constructor(userName: string, password: SecureString, domain = '') {
    super();
    this.userName = userName;
    this.password = password;
    this.domain = domain;
  }
  get type(): NetType {
    return namedType('System.Net.NetworkCredential');
  }
}

/** No secure string is an empty one. */
function secretOf(value: Value): SecureString {
  return value === null || value === undefined ? new SecureString() : self(value);
}

const network = (value: Value): NetworkCredential => as(value, NetworkCredential);

export const networkCredentialDescription: TypeDescription = {
  name: 'System.Net.NetworkCredential',
  kind: 'class',
  constructors: [
    {
      signature: 'System.Net.NetworkCredential new()',
      invoke: () => new NetworkCredential('', new SecureString()),
    },
    {
      signature: 'System.Net.NetworkCredential new(string userName, string password)',
      invoke: (_self, [name, password]) => new NetworkCredential(text(name), new SecureString(text(password))),
    },
    {
      signature: 'System.Net.NetworkCredential new(string userName, string password, string domain)',
      invoke: (_self, [name, password, domain]) =>
        new NetworkCredential(text(name), new SecureString(text(password)), text(domain)),
    },
    {
      signature: 'System.Net.NetworkCredential new(string userName, securestring password)',
      invoke: (_self, [name, password]) => new NetworkCredential(text(name), secretOf(password)),
    },
    {
      signature: 'System.Net.NetworkCredential new(string userName, securestring password, string domain)',
      invoke: (_self, [name, password, domain]) => new NetworkCredential(text(name), secretOf(password), text(domain)),
    },
  ],
  properties: {
    Domain: {
      type: 'string',
      get: (value) => network(value).domain,
      set: (value, domain) => {
        network(value).domain = text(domain);
      },
    },
    Password: {
      type: 'string',
      get: (value) => network(value).password.reveal(),
      set: (value, password) => {
        network(value).password = new SecureString(text(password));
      },
    },
    SecurePassword: {
      type: 'securestring',
      get: (value) => network(value).password,
      set: (value, password) => {
        network(value).password = secretOf(password);
      },
    },
    UserName: {
      type: 'string',
      get: (value) => network(value).userName,
      set: (value, name) => {
        network(value).userName = text(name);
      },
    },
  },
  methods: {
    GetCredential: [
      {
        signature: 'System.Net.NetworkCredential GetCredential(uri uri, string authType)',
        invoke: (value) => network(value),
      },
      {
        signature: 'System.Net.NetworkCredential GetCredential(string host, int port, string authenticationType)',
        invoke: (value) => network(value),
      },
    ],
  },
};
