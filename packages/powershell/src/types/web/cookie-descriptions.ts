import { netFailure } from '../../errors/raise.ts';
import { as, bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { listOf } from '../collections/generic-list.ts';
import { readOnlyCollection } from '../collections/read-only-collection.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, Property, TypeDescription } from '../net-type.ts';
import { DateTime, dateFromUnix } from '../time/date-time.ts';
import { Cookie, CookieContainer } from './cookie.ts';

const cookie = (value: Value): Cookie => as(value, Cookie);
const container = (value: Value): CookieContainer => as(value, CookieContainer);

function part(name: 'name' | 'value' | 'path' | 'domain'): Property {
  return {
    type: 'string',
    get: (value) => cookie(value)[name],
    set: (value, given) => {
      cookie(value)[name] = text(given);
    },
  };
}

function flag(name: 'isSecure' | 'isHttpOnly'): Property {
  return {
    type: 'bool',
    get: (value) => cookie(value)[name],
    set: (value, given) => {
      cookie(value)[name] = bool(given);
    },
  };
}

/** Milliseconds since 1970 of ticks since the year 1. */
function unixOf(date: DateTime): number {
  return Number(date.ticks / 10_000n) - 62_135_596_800_000;
}

function make(name: Value, value: Value, path: Value = '', domain: Value = ''): Cookie {
  if (/^$|[=;,\s]/.test(text(name))) {
    throw netFailure('System.Net.CookieException', `The 'Name'='${text(name)}' part of the cookie is invalid.`);
  }
  return new Cookie(text(name), text(value), text(path), text(domain));
}

function urlOf(value: Value, context: CallContext): URL {
  const url = URL.parse(context.text(value));
  if (url !== null) return url;
  throw netFailure('System.InvalidOperationException', 'This operation is not supported for a relative URI.');
}

const collection = 'System.Collections.ObjectModel.ReadOnlyCollection[System.Net.Cookie]';

function collectionOf(cookies: readonly Cookie[]): Value {
  return readOnlyCollection(listOf(namedType('System.Net.Cookie'), [...cookies]));
}

export const cookieDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Net.Cookie',
    kind: 'class',
    constructors: [
      {
        signature: 'System.Net.Cookie new(string name, string value)',
        invoke: (_self, [name, value]) => make(name, value),
      },
      {
        signature: 'System.Net.Cookie new(string name, string value, string path)',
        invoke: (_self, [name, value, path]) => make(name, value, path),
      },
      {
        signature: 'System.Net.Cookie new(string name, string value, string path, string domain)',
        invoke: (_self, [name, value, path, domain]) => make(name, value, path, domain),
      },
    ],
    properties: {
      Domain: part('domain'),
      Expired: { type: 'bool', get: (value, context) => cookie(value).isExpired(context.clock.now()) },
      Expires: {
        type: 'datetime',
        get: (value) => {
          const { expires } = cookie(value);
          return expires === undefined ? new DateTime(0n, 0) : dateFromUnix(expires, 'local');
        },
        set: (value, given) => {
          cookie(value).expires = given instanceof DateTime ? unixOf(given) : undefined;
        },
      },
      HttpOnly: flag('isHttpOnly'),
      Name: part('name'),
      Path: part('path'),
      Secure: flag('isSecure'),
      Value: part('value'),
    },
    toText: (value) => cookie(value).text,
  },
  {
    name: 'System.Net.CookieContainer',
    kind: 'class',
    constructors: [{ signature: 'System.Net.CookieContainer new()', invoke: () => new CookieContainer() }],
    properties: { Count: { type: 'int', get: (value) => container(value).cookies.length } },
    methods: {
      Add: [
        {
          signature: 'void Add(System.Net.Cookie cookie)',
          invoke: (value, [added], context) => {
            const { domain } = cookie(added);
            if (domain === '') {
              throw netFailure('System.ArgumentException', "The parameter 'cookie.Domain' cannot be an empty string.", {
                parameter: 'cookie.Domain',
              });
            }
            container(value).add(cookie(added), context.clock.now());
            return undefined;
          },
        },
        {
          signature: 'void Add(uri uri, System.Net.Cookie cookie)',
          invoke: (value, [uri, added], context) => {
            const { name, value: content, path, isSecure, isHttpOnly, expires } = cookie(added);
            const own = new Cookie(name, content, path === '' ? '/' : path, urlOf(uri, context).hostname);
            Object.assign(own, { isSecure, isHttpOnly, expires });
            container(value).add(own, context.clock.now());
            return undefined;
          },
        },
      ],
      GetAllCookies: [
        { signature: `${collection} GetAllCookies()`, invoke: (value) => collectionOf(container(value).cookies) },
      ],
      GetCookieHeader: [
        {
          signature: 'string GetCookieHeader(uri uri)',
          invoke: (value, [uri], context) => cookieHeader(container(value), urlOf(uri, context), context.clock.now()),
        },
      ],
      GetCookies: [
        {
          signature: `${collection} GetCookies(uri uri)`,
          invoke: (value, [uri], context) =>
            collectionOf(container(value).forUrl(urlOf(uri, context), context.clock.now())),
        },
      ],
      SetCookies: [
        {
          signature: 'void SetCookies(uri uri, string cookieHeader)',
          invoke: (value, [uri, header], context) => {
            container(value).take(urlOf(uri, context), text(header), context.clock.now());
            return undefined;
          },
        },
      ],
    },
  },
];

/** The `Cookie` header for a request; empty where there are none. */
export function cookieHeader(cookies: CookieContainer, url: URL, now: number): string {
  return cookies
    .forUrl(url, now)
    .map((one) => one.text)
    .join('; ');
}
