import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import { getMember } from '../members.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { NetworkCredential, SecureString } from './secure-string.ts';

/** `System.Management.Automation.PSCredential`. */
export class PSCredential extends Instance {
  readonly userName: string | undefined;
  readonly password: SecureString | undefined;
  constructor(userName?: string, password?: SecureString) {
    super();
    this.userName = userName;
    this.password = password;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.PSCredential');
  }
}

/** `[pscredential]::Empty` */
const emptyCredential = new PSCredential();

const self = (value: Value): PSCredential => as(value, PSCredential);

function make(name: Value, password: Value): PSCredential {
  if (text(name) === '') {
    throw netFailure(
      'System.Management.Automation.PSArgumentException',
      'Cannot process argument because the value of argument "userName" is not valid. Change the value of the "userName" argument and run the operation again.',
    );
  }
  if (password === null || password === undefined) {
    throw netFailure(
      'System.Management.Automation.PSArgumentNullException',
      'Cannot process argument because the value of argument "password" is null. Change the value of argument "password" to a non-null value.',
    );
  }
  return new PSCredential(text(name), as(password, SecureString));
}

/** The empty credential has none; `DOMAIN\user` and `user@domain` come apart. */
function networkOf(credential: PSCredential): NetworkCredential | null {
  const name = credential.userName;
  if (name === undefined) return null;
  const password = credential.password ?? new SecureString();
  const slash = name.indexOf('\\');
  if (slash >= 0) return new NetworkCredential(name.slice(slash + 1), password, name.slice(0, slash));
  const at = name.lastIndexOf('@');
  const isDomain = at >= 0 && (name.lastIndexOf('.') < at || name.indexOf('@') !== at);
  return isDomain
    ? new NetworkCredential(name.slice(0, at), password, name.slice(at + 1))
    : new NetworkCredential(name, password);
}

/** A user name and a password, in the clear: the empty credential where there is no name. */
function received(data: Value): PSCredential {
  const [name, password] = as(data, NetArray).items;
  return text(name) === '' ? emptyCredential : new PSCredential(text(name), new SecureString(text(password)));
}

export const psCredentialDescription: TypeDescription = {
  name: 'System.Management.Automation.PSCredential',
  kind: 'class',
  handOver: { receive: received },
  accelerators: ['pscredential'],
  constructors: [
    {
      signature: 'pscredential new(string userName, securestring password)',
      invoke: (_self, [name, password]) => make(name, password),
    },
    {
      signature: 'pscredential new(psobject pso)',
      invoke: (_self, [given], context) => {
        const session = sessionOf(context);
        return make(getMember(given, 'UserName', session), getMember(given, 'Password', session));
      },
    },
  ],
  staticProperties: { Empty: { type: 'pscredential', get: () => emptyCredential } },
  properties: {
    UserName: { type: 'string', get: (value) => self(value).userName ?? null },
    Password: { type: 'securestring', get: (value) => self(value).password ?? null },
  },
  methods: {
    GetNetworkCredential: [
      {
        signature: 'System.Net.NetworkCredential GetNetworkCredential()',
        invoke: (value) => networkOf(self(value)),
      },
    ],
  },
};
