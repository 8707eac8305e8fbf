import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { ignoreCaseComparer } from '../../values/key-comparer.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { dictionaryOf, type GenericDictionary } from '../collections/dictionary.ts';
import { KeyValuePair, keyValuePairType } from '../collections/entries.ts';
import { setReference } from '../collections/out-argument.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { headerName, headerValues } from './header-names.ts';

const http = 'System.Net.Http.Headers';
const texts = (): NetType => closeType(namedType('System.Collections.Generic.IEnumerable`1'), [netTypes.string]);

/** Headers of a message or of its content, in order, each with its values. */
export class HttpHeaders extends Instance {
  readonly #kind: 'HttpResponseHeaders' | 'HttpContentHeaders' | 'HttpRequestHeaders';
  readonly #values = new Map<string, { readonly name: string; readonly values: string[] }>();

  constructor(kind: 'HttpResponseHeaders' | 'HttpContentHeaders' | 'HttpRequestHeaders') {
    super();
    this.#kind = kind;
  }
  get type(): NetType {
    return namedType(`${http}.${this.#kind}`);
  }

  /** Adds a line of a header. */
  add(name: string, line: string): void {
    const key = name.toLowerCase();
    const known = this.#values.get(key) ?? { name: headerName(name), values: [] };
    known.values.push(...headerValues(name, line));
    this.#values.set(key, known);
  }
  /** Puts a header in place of the one of that name. */
  set(name: string, value: string): void {
    this.delete(name);
    this.add(name, value);
  }
  delete(name: string): void {
    this.#values.delete(name.toLowerCase());
  }
  get(name: string): readonly string[] | undefined {
    return this.#values.get(name.toLowerCase())?.values;
  }
  first(name: string): string | undefined {
    return this.get(name)?.[0];
  }
  *[Symbol.iterator](): Generator<{ readonly name: string; readonly values: readonly string[] }, void> {
    yield* this.#values.values();
  }
}

/** `MediaTypeHeaderValue`: the type of a content. */
class MediaType extends Instance {
  readonly written: string;
  constructor(written: string) {
    super();
    this.written = written;
  }
  get type(): NetType {
    return namedType(`${http}.MediaTypeHeaderValue`);
  }
}

/** A `Dictionary[string, IEnumerable[string]]` of the headers: what `-ResponseHeadersVariable` and `.Headers` hold. */
export function headerDictionary(...groups: readonly HttpHeaders[]): GenericDictionary {
  const dictionary = dictionaryOf(netTypes.string, texts(), ignoreCaseComparer);
  for (const group of groups) for (const { name, values } of group) dictionary.set(name, textArray(values));
  return dictionary;
}

function textArray(values: readonly string[]): NetArray {
  return new NetArray(netTypes.string, [...values]);
}

const self = (value: Value): HttpHeaders => as(value, HttpHeaders);

function described(kind: string): TypeDescription {
  return {
    name: `${http}.${kind}`,
    kind: 'class',
    base: `${http}.HttpHeaders`,
  };
}

export const headerDescriptions: readonly TypeDescription[] = [
  {
    name: `${http}.HttpHeaders`,
    kind: 'class',
    isAbstract: true,
    interfaces: ['System.Collections.IEnumerable'],
    properties: {
      Location: {
        type: 'uri',
        get: (value, context) => {
          const location = self(value).first('Location');
          return location === undefined ? null : context.convert(location, namedType('System.Uri'));
        },
      },
    },
    methods: {
      Contains: [
        {
          signature: 'bool Contains(string name)',
          invoke: (value, [name]) => self(value).get(text(name)) !== undefined,
        },
      ],
      GetValues: [
        {
          signature: 'System.Collections.Generic.IEnumerable[string] GetValues(string name)',
          invoke: (value, [name]) => {
            const values = self(value).get(text(name));
            if (values !== undefined) return textArray(values);
            throw netFailure('System.InvalidOperationException', 'The given header was not found.');
          },
        },
      ],
      TryGetValues: [
        {
          signature: 'bool TryGetValues(string name, [ref] System.Collections.Generic.IEnumerable[string] values)',
          invoke: (value, [name, values]) => {
            const found = self(value).get(text(name));
            setReference(values, found === undefined ? null : textArray(found));
            return found !== undefined;
          },
        },
      ],
    },
    enumerate: (value) => {
      const pair = keyValuePairType(netTypes.string, texts());
      return [...self(value)].map(({ name, values }) => new KeyValuePair(pair, name, textArray(values)));
    },
  },
  described('HttpResponseHeaders'),
  {
    ...described('HttpContentHeaders'),
    properties: {
      ContentLength: {
        type: 'System.Nullable[long]',
        get: (value) => {
          const length = self(value).first('Content-Length') ?? '';
          return /^\d{1,15}$/.test(length) ? BigInt(length) : null;
        },
      },
      ContentType: {
        type: `${http}.MediaTypeHeaderValue`,
        get: (value) => {
          const type = self(value).first('Content-Type');
          return type === undefined ? null : new MediaType(type);
        },
      },
    },
  },
  {
    name: `${http}.MediaTypeHeaderValue`,
    kind: 'class',
    properties: {
      CharSet: {
        type: 'string',
        get: (value) => /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(as(value, MediaType).written)?.[1] ?? null,
      },
      MediaType: { type: 'string', get: (value) => (as(value, MediaType).written.split(';')[0] ?? '').trim() },
    },
    toText: (value) => as(value, MediaType).written,
  },
  described('HttpRequestHeaders'),
];
