import { Dictionary } from '../../values/dictionary.ts';
import { Instance } from '../../values/instance.ts';
import { ignoreCaseComparer } from '../../values/key-comparer.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { dictionaryOf } from '../collections/dictionary.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType, Property, TypeDescription } from '../net-type.ts';
import { NetworkCredential } from '../security/secure-string.ts';
import { CookieContainer } from './cookie.ts';
import { defaultAgent } from './user-agent.ts';

/** `Microsoft.PowerShell.Commands.WebRequestSession`: what one request leaves to the next. */
export class WebRequestSession extends Instance {
  headers: Dictionary = dictionaryOf(netTypes.string, netTypes.string, ignoreCaseComparer);
  /** Fields of the body, of the last request. */
  readonly contentHeaders = new Map<string, { readonly name: string; readonly value: string }>();
  cookies = new CookieContainer();
  credentials: NetworkCredential | undefined;
  userAgent = defaultAgent;
  /** -1 for as many as .NET follows. */
  maximumRedirection = -1;
  maximumRetryCount = 0;
  retryIntervalInSeconds = 0;
  /** A number of `WebSslProtocol`. */
  protocols = 0;

  get type(): NetType {
    return namedType('Microsoft.PowerShell.Commands.WebRequestSession');
  }
}

const self = (value: Value): WebRequestSession => as(value, WebRequestSession);

function count(name: 'maximumRedirection' | 'maximumRetryCount' | 'retryIntervalInSeconds'): Property {
  return {
    type: 'int',
    get: (value) => self(value)[name],
    set: (value, given) => {
      self(value)[name] = int(given);
    },
  };
}

export const webRequestSessionDescription: TypeDescription = {
  name: 'Microsoft.PowerShell.Commands.WebRequestSession',
  kind: 'class',
  interfaces: ['System.IDisposable'],
  constructors: [
    { signature: 'Microsoft.PowerShell.Commands.WebRequestSession new()', invoke: () => new WebRequestSession() },
  ],
  properties: {
    Cookies: {
      type: 'System.Net.CookieContainer',
      get: (value) => self(value).cookies,
      set: (value, given) => {
        self(value).cookies = as(given, CookieContainer);
      },
    },
    Credentials: {
      type: 'System.Net.NetworkCredential',
      get: (value) => self(value).credentials ?? null,
      set: (value, given) => {
        self(value).credentials = given instanceof NetworkCredential ? given : undefined;
      },
    },
    Headers: {
      type: 'System.Collections.Generic.Dictionary[string,string]',
      get: (value) => self(value).headers,
      set: (value, given) => {
        self(value).headers = as(given, Dictionary);
      },
    },
    MaximumRedirection: count('maximumRedirection'),
    MaximumRetryCount: count('maximumRetryCount'),
    RetryIntervalInSeconds: count('retryIntervalInSeconds'),
    UserAgent: {
      type: 'string',
      get: (value) => self(value).userAgent,
      set: (value, given) => {
        self(value).userAgent = text(given);
      },
    },
  },
  methods: { Dispose: [{ signature: 'void Dispose()', invoke: () => undefined }] },
};
