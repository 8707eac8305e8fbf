import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumOf } from '../enumeration.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { isContentHeader } from './header-names.ts';
import { HttpHeaders } from './http-headers.ts';

/** `System.Net.Http.HttpRequestMessage`: a request as it was sent. Its body is not kept. */
export class HttpRequestMessage extends Instance {
  method: string;
  /** Absolute. */
  url: string;
  readonly headers = new HttpHeaders('HttpRequestHeaders');
  readonly contentHeaders = new HttpHeaders('HttpContentHeaders');

  constructor(method: string, url: string) {
    super();
    this.method = method;
    this.url = url;
  }
  get type(): NetType {
    return namedType('System.Net.Http.HttpRequestMessage');
  }
}

/** `System.Net.Http.HttpResponseMessage`: the head of an answer. */
export class HttpResponseMessage extends Instance {
  readonly status: number;
  readonly reason: string;
  readonly headers = new HttpHeaders('HttpResponseHeaders');
  readonly content = new HttpContent();
  readonly request: HttpRequestMessage;

  /** @param lines names and values of the headers, in turn */
  constructor(request: HttpRequestMessage, status: number, reason: string, lines: readonly string[]) {
    super();
    this.request = request;
    this.status = status;
    this.reason = reason;
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const [name = '', value = ''] = lines.slice(at, at + 2);
      (isContentHeader(name) ? this.content.headers : this.headers).add(name, value);
    }
  }
  get type(): NetType {
    return namedType('System.Net.Http.HttpResponseMessage');
  }
  get isSuccess(): boolean {
    return this.status >= 200 && this.status <= 299;
  }
}

/** `System.Net.Http.HttpContent` of an answer: its headers. The cmdlets have read the body. */
class HttpContent extends Instance {
  readonly headers = new HttpHeaders('HttpContentHeaders');
  get type(): NetType {
    return namedType('System.Net.Http.HttpContent');
  }
}

/** `System.Net.Http.HttpMethod`. */
class HttpMethod extends Instance {
  readonly method: string;
  constructor(method: string) {
    super();
    this.method = method;
  }
  get type(): NetType {
    return namedType('System.Net.Http.HttpMethod');
  }
}

const response = (value: Value): HttpResponseMessage => as(value, HttpResponseMessage);
const request = (value: Value): HttpRequestMessage => as(value, HttpRequestMessage);

function headerText(...groups: readonly HttpHeaders[]): string {
  const lines = groups.flatMap((group) => [...group].map(({ name, values }) => `  ${name}: ${values.join(', ')}\n`));
  return `{\n${lines.join('')}}`;
}

export const messageDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Net.Http.HttpMethod',
    kind: 'class',
    properties: { Method: { type: 'string', get: (value) => as(value, HttpMethod).method } },
    equals: (left, right) => right instanceof HttpMethod && right.method === as(left, HttpMethod).method,
    hashKey: (value) => as(value, HttpMethod).method,
    toText: (value) => as(value, HttpMethod).method,
  },
  {
    name: 'System.Net.Http.HttpContent',
    kind: 'class',
    isAbstract: true,
    interfaces: ['System.IDisposable'],
    properties: {
      Headers: { type: 'System.Net.Http.Headers.HttpContentHeaders', get: (value) => as(value, HttpContent).headers },
    },
  },
  {
    name: 'System.Net.Http.HttpRequestMessage',
    kind: 'class',
    interfaces: ['System.IDisposable'],
    properties: {
      Headers: { type: 'System.Net.Http.Headers.HttpRequestHeaders', get: (value) => request(value).headers },
      Method: { type: 'System.Net.Http.HttpMethod', get: (value) => new HttpMethod(request(value).method) },
      RequestUri: {
        type: 'uri',
        get: (value, context) => context.convert(request(value).url, namedType('System.Uri')),
      },
      Version: { type: 'version', get: (_value, context) => context.convert('1.1', netTypes.version) },
    },
    toText: (value) => {
      const { method, url, headers, contentHeaders } = request(value);
      return `Method: ${method}, RequestUri: '${url}', Version: 1.1, Content: <null>, Headers:\n${headerText(headers, contentHeaders)}`;
    },
  },
  {
    name: 'System.Net.Http.HttpResponseMessage',
    kind: 'class',
    interfaces: ['System.IDisposable'],
    properties: {
      Content: { type: 'System.Net.Http.HttpContent', get: (value) => response(value).content },
      Headers: { type: 'System.Net.Http.Headers.HttpResponseHeaders', get: (value) => response(value).headers },
      IsSuccessStatusCode: { type: 'bool', get: (value) => response(value).isSuccess },
      ReasonPhrase: { type: 'string', get: (value) => response(value).reason },
      RequestMessage: { type: 'System.Net.Http.HttpRequestMessage', get: (value) => response(value).request },
      StatusCode: {
        type: 'System.Net.HttpStatusCode',
        get: (value) => enumOf('System.Net.HttpStatusCode', response(value).status),
      },
      Version: { type: 'version', get: (_value, context) => context.convert('1.1', netTypes.version) },
    },
    methods: {
      Dispose: [{ signature: 'void Dispose()', invoke: () => undefined }],
      EnsureSuccessStatusCode: [
        {
          signature: 'System.Net.Http.HttpResponseMessage EnsureSuccessStatusCode()',
          invoke: (value) => {
            const { isSuccess, status, reason } = response(value);
            if (isSuccess) return value;
            throw netFailure('System.Net.Http.HttpRequestException', statusFailure(status, reason), {
              details: { StatusCode: enumOf('System.Net.HttpStatusCode', status) },
            });
          },
        },
      ],
    },
    toText: (value) => {
      const { status, reason, headers, content } = response(value);
      return `StatusCode: ${status}, ReasonPhrase: '${reason}', Version: 1.1, Content: System.Net.Http.HttpConnectionResponseContent, Headers:\n${headerText(headers, content.headers)}`;
    },
  },
];

/** The message of an answer that is no success. */
export function statusFailure(status: number, reason: string): string {
  return `Response status code does not indicate success: ${status} (${reason}).`;
}
