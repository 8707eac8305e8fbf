import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import { type NetType, notConvertible, type Property, type TypeDescription } from '../net-type.ts';
import { absolute, keyOf, readUri, sameUri, Uri, uriOf } from './uri.ts';
import { escapePart, uriError } from './uri-parts.ts';

/** `System.UriBuilder`: the parts of a URI, each to be changed. A port of -1 is none. */
class UriBuilder extends Instance {
  scheme = 'http';
  userName = '';
  password = '';
  host = 'localhost';
  port = -1;
  path = '/';
  query = '';
  fragment = '';

  get type(): NetType {
    return namedType('System.UriBuilder');
  }

  static of(uri: Uri): UriBuilder {
    const builder = new UriBuilder();
    builder.#take(uri);
    return builder;
  }

  /** The URI of the parts, which become its own: escaped and normal. */
  get uri(): Uri {
    const uri = readUri(this.text, 'absolute');
    this.#take(uri);
    return uri;
  }

  #take(uri: Uri): void {
    const { scheme, userInfo, host, port, path, query, fragment } = absolute(uri);
    const colon = userInfo.indexOf(':');
    this.scheme = scheme;
    this.userName = colon === -1 ? userInfo : userInfo.slice(0, colon);
    this.password = colon === -1 ? '' : userInfo.slice(colon + 1);
    this.host = host;
    this.port = port;
    this.path = path;
    this.query = query;
    this.fragment = fragment;
  }

  setScheme(value: string): void {
    const colon = value.indexOf(':');
    const scheme = (colon === -1 ? value : value.slice(0, colon)).toLowerCase();
    if (scheme !== '' && !/^[a-z][a-z0-9+.-]*$/.test(scheme)) {
      throw netFailure('System.ArgumentException', 'Invalid URI: The URI scheme is not valid.', { parameter: 'value' });
    }
    this.scheme = scheme;
  }

  setHost(value: string): void {
    this.host = value.includes(':') && !value.startsWith('[') ? `[${value}]` : value;
  }

  setPort(value: number): void {
    const bound = value < -1 ? 'greater than or equal to' : value > 65_535 ? 'less than or equal to' : undefined;
    if (bound !== undefined) {
      const limit = value < 0 ? -1 : 65_535;
      throw netFailure(
        'System.ArgumentOutOfRangeException',
        `value ('${value}') must be ${bound} '${limit}'. (Parameter 'value')\nActual value was ${value}.`,
      );
    }
    this.port = value;
  }

  setPath(value: string): void {
    this.path =
      value === ''
        ? '/'
        : escapePart(value.replaceAll('\\', '/')).replace(/[?#]/g, (sign) => (sign === '?' ? '%3F' : '%23'));
  }

  /** `?query`, `#fragment` or both, as a constructor takes them. */
  setExtra(value: string): void {
    if (value === '') return;
    const hash = value.indexOf('#');
    if (value.startsWith('?')) {
      this.query = hash === -1 ? value : value.slice(0, hash);
      this.fragment = hash === -1 ? '' : value.slice(hash);
    } else if (value.startsWith('#')) this.fragment = value;
    else throw netFailure('System.ArgumentException', 'Extra portion of URI not valid.', { parameter: 'extraValue' });
  }

  get text(): string {
    if (this.userName === '' && this.password !== '') {
      throw uriError('Invalid URI: The username:password construct is badly formed.');
    }
    const isKnown = /^(?:https?|wss?|ftps?|sftp|file|ldap|net\.tcp|net\.pipe|gopher|telnet|ssh|nntp)$/.test(
      this.scheme,
    );
    const user = this.userName + (this.password === '' ? '' : `:${this.password}`);
    const port = this.port !== -1 && this.host !== '' ? `:${this.port}` : '';
    const slash = this.path !== '' && !this.path.startsWith('/') && this.host !== '' ? '/' : '';
    const start = this.scheme === '' ? '' : this.scheme + (isKnown || this.host !== '' ? '://' : ':');
    return `${start}${user}${user === '' ? '' : '@'}${this.host}${port}${slash}${this.path}${this.query}${this.fragment}`;
  }
}

const self = (value: Value): UriBuilder => as(value, UriBuilder);

function fromText(value: Value): UriBuilder {
  if (value === null)
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'uriString' });
  const uri = readUri(text(value), 'either');
  return UriBuilder.of(uri.parts === undefined ? readUri(`http://${text(value)}`, 'absolute') : uri);
}

/** From scheme, host, port, path and query or fragment, as many as there are. */
function fromParts([scheme = null, host = null, port = null, path = null, extra = null]: readonly Value[]): UriBuilder {
  const builder = new UriBuilder();
  builder.setScheme(text(scheme));
  builder.setHost(text(host));
  if (port !== null) builder.setPort(int(port));
  if (path !== null) builder.setPath(text(path));
  builder.setExtra(text(extra));
  return builder;
}

function property(get: (builder: UriBuilder) => string, set: (builder: UriBuilder, value: string) => void): Property {
  return {
    type: 'string',
    get: (value) => get(self(value)),
    set: (value, content) => set(self(value), text(content)),
  };
}

const marked = (sign: string, value: string): string => (value === '' || value.startsWith(sign) ? value : sign + value);

const parts = ['string scheme', 'string host', 'int port', 'string path', 'string extraValue'];

export const uriBuilderDescription: TypeDescription = {
  name: 'System.UriBuilder',
  kind: 'class',
  constructors: [
    ...overloadList({
      'System.UriBuilder new()': () => new UriBuilder(),
      'System.UriBuilder new(string uri)': (_self, [value]) => fromText(value),
      'System.UriBuilder new(uri uri)': (_self, [value]) => UriBuilder.of(uriOf(value)),
    }),
    ...[2, 3, 4, 5].map((count) => ({
      signature: `System.UriBuilder new(${parts.slice(0, count).join(', ')})`,
      invoke: (_self: Value, values: readonly Value[]) => fromParts(values),
    })),
  ],
  properties: {
    Fragment: property(
      ({ fragment }) => fragment,
      (builder, value) => {
        builder.fragment = marked('#', value);
      },
    ),
    Host: property(
      ({ host }) => host,
      (builder, value) => builder.setHost(value),
    ),
    Password: property(
      ({ password }) => password,
      (builder, value) => {
        builder.password = value;
      },
    ),
    Path: property(
      ({ path }) => path,
      (builder, value) => builder.setPath(value),
    ),
    Port: {
      type: 'int',
      get: (value) => self(value).port,
      set: (value, port) => self(value).setPort(int(port)),
    },
    Query: property(
      ({ query }) => query,
      (builder, value) => {
        builder.query = marked('?', value);
      },
    ),
    Scheme: property(
      ({ scheme }) => scheme,
      (builder, value) => builder.setScheme(value),
    ),
    Uri: { type: 'uri', get: (value) => self(value).uri },
    UserName: property(
      ({ userName }) => userName,
      (builder, value) => {
        builder.userName = value;
      },
    ),
  },
  methods: methodTable({
    'bool Equals(System.Object rparam)': (value, [other]) =>
      other instanceof UriBuilder && sameUri(self(value).uri, other.uri),
    'string ToString()': (value) => self(value).text,
  }),
  equals: (value, other) => other instanceof UriBuilder && sameUri(self(value).uri, other.uri),
  hashKey: (value) => keyOf(self(value).uri),
  toText: (value) => self(value).text,
  convertFrom: (value) =>
    typeof value === 'string' ? fromText(value) : value instanceof Uri ? UriBuilder.of(value) : notConvertible,
};
