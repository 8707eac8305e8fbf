import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { toByteArray } from '../byte-array.ts';
import type { GenericDictionary } from '../collections/dictionary.ts';
import { ReadOnlyCollection } from '../collections/read-only-collection.ts';
import { enumOf } from '../enumeration.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { MemoryStream } from '../io/memory-stream.ts';
import type { NetType, Overload, Property, TypeDescription } from '../net-type.ts';
import type { Encoding } from '../text/encoding.ts';
import { type HtmlElement, imageElements, inputElements, linkElements } from './html-elements.ts';
import { headerDictionary } from './http-headers.ts';
import type { HttpResponseMessage } from './http-messages.ts';

const commands = 'Microsoft.PowerShell.Commands';

/** The body of an answer in text. */
export interface ResponseText {
  readonly content: string;
  readonly encoding: Encoding;
}

/**
 * What Invoke-WebRequest writes: `WebResponseObject`, or `BasicHtmlWebResponseObject` for text. Everything that is as large
 * as the body is made when it is asked for.
 */
export class WebResponseObject extends Instance {
  readonly response: HttpResponseMessage;
  readonly bytes: Uint8Array;
  readonly text: ResponseText | undefined;
  readonly relationLink: GenericDictionary;
  readonly outFile: string | undefined;
  readonly reserve: (bytes: number) => void;
  headers: GenericDictionary | undefined;
  content: Value;
  stream: MemoryStream | undefined;
  readonly elements = new Map<string, ElementCollection>();

  constructor({ response, bytes, text: decoded, relationLink, outFile, reserve }: WebResponseParts) {
    super();
    this.response = response;
    this.bytes = bytes;
    this.text = decoded;
    this.relationLink = relationLink;
    this.outFile = outFile;
    this.reserve = reserve;
  }
  get type(): NetType {
    return namedType(`${commands}.${this.text === undefined ? '' : 'BasicHtml'}WebResponseObject`);
  }
}

export interface WebResponseParts {
  readonly response: HttpResponseMessage;
  readonly bytes: Uint8Array;
  readonly text: ResponseText | undefined;
  readonly relationLink: GenericDictionary;
  readonly outFile: string | undefined;
  readonly reserve: (bytes: number) => void;
}

/** `WebCmdletElementCollection`: elements of a page. */
class ElementCollection extends ReadOnlyCollection {
  constructor(items: Value[]) {
    super(namedType(`${commands}.WebCmdletElementCollection`), items);
  }
  override get elementType(): NetType {
    return netTypes.psObject;
  }
}

const self = (value: Value): WebResponseObject => as(value, WebResponseObject);

function elementObject({ html, attributes }: HtmlElement, tagName: string): PSCustomObject {
  const object = new PSCustomObject();
  const add = (name: string, content: Value): void => {
    const folded = name.toLowerCase();
    if (object.members.get(folded) === undefined) object.members.set(folded, { kind: 'note', name, value: content });
  };
  add('outerHTML', html);
  add('tagName', tagName);
  for (const [name, content] of attributes) add(name, content ?? null);
  return object;
}

function collection(tagName: string, find: (page: string) => Iterable<HtmlElement>): Property {
  return {
    type: `${commands}.WebCmdletElementCollection`,
    get: (value) => {
      const { elements, text: decoded } = self(value);
      let found = elements.get(tagName);
      if (found === undefined) {
        found = new ElementCollection(
          [...find(decoded?.content ?? '')].map((element) => elementObject(element, tagName)),
        );
        elements.set(tagName, found);
      }
      return found;
    },
  };
}

/** Text as PowerShell shows bytes: those of ASCII that can be printed. */
function printable(bytes: Uint8Array): string {
  let shown = '';
  for (const byte of bytes)
    shown += byte > 0x7e ? (byte > 0x7f ? '?' : '.') : isShown(byte) ? String.fromCharCode(byte) : '.';
  return shown;
}

function isShown(byte: number): boolean {
  return byte >= 0x20 || (byte >= 9 && byte <= 13);
}

/** The head and the body as they would be written. */
function rawContent(value: Value): string {
  const { response, text: decoded, bytes, reserve } = self(value);
  reserve(bytes.length * 2);
  const lines = [`HTTP/1.1 ${response.status} ${statusName(response)}`];
  for (const { name, values } of [...response.headers, ...response.content.headers]) {
    lines.push(...values.map((line) => `${name}: ${line}`));
  }
  return `${lines.join('\n')}\n\n${decoded?.content ?? printable(bytes)}`;
}

function statusName({ status }: HttpResponseMessage): string {
  const labels = namedType('System.Net.HttpStatusCode').description.labels ?? {};
  return Object.entries(labels).find(([, number]) => number === status)?.[0] ?? String(status);
}

/** A search for the first element with an attribute of a value; attributes are asked in turn. */
function finder(method: string, argument: string, attributes: readonly string[]): readonly Overload[] {
  return [
    {
      signature: `psobject ${method}(string ${argument})`,
      invoke: (value, [wanted]) => {
        const { items } = as(value, ElementCollection);
        const has = (item: Value, attribute: string): boolean => {
          const member = item instanceof PSCustomObject ? item.members.get(attribute) : undefined;
          return member?.kind === 'note' && member.value === text(wanted);
        };
        for (const attribute of attributes) {
          const found = items.find((item) => has(item, attribute));
          if (found !== undefined) return found;
        }
        return null;
      },
    },
  ];
}

const shared: Readonly<Record<string, Property>> = {
  BaseResponse: { type: 'System.Net.Http.HttpResponseMessage', get: (value) => self(value).response },
  Headers: {
    type: 'System.Collections.Generic.Dictionary[string,System.Collections.Generic.IEnumerable[string]]',
    get: (value) => {
      const object = self(value);
      object.headers ??= headerDictionary(object.response.headers, object.response.content.headers);
      return object.headers;
    },
  },
  OutFile: { type: 'string', get: (value) => self(value).outFile ?? null },
  RawContent: { type: 'string', get: rawContent },
  RawContentLength: { type: 'long', get: (value) => BigInt(self(value).bytes.length) },
  RawContentStream: {
    type: 'System.IO.MemoryStream',
    get: (value) => {
      const object = self(value);
      object.stream ??= new MemoryStream(object.reserve, { bytes: object.bytes });
      return object.stream;
    },
  },
  RelationLink: {
    type: 'System.Collections.Generic.Dictionary[string,string]',
    get: (value) => self(value).relationLink,
  },
  StatusCode: { type: 'int', get: (value) => self(value).response.status },
  StatusDescription: { type: 'string', get: (value) => statusName(self(value).response) },
};

export const webResponseDescriptions: readonly TypeDescription[] = [
  {
    name: `${commands}.WebResponseObject`,
    kind: 'class',
    properties: {
      ...shared,
      Content: {
        type: 'byte[]',
        get: (value) => {
          const object = self(value);
          // A list of bytes takes a word for each.
          object.reserve(object.bytes.length * 8);
          object.content ??= toByteArray(object.bytes);
          return object.content;
        },
      },
    },
    toText: (value) => printable(self(value).bytes),
  },
  {
    name: `${commands}.BasicHtmlWebResponseObject`,
    kind: 'class',
    base: `${commands}.WebResponseObject`,
    properties: {
      ...shared,
      Content: { type: 'string', get: (value) => self(value).text?.content ?? '' },
      Encoding: { type: 'System.Text.Encoding', get: (value) => self(value).text?.encoding ?? null },
      Images: collection('IMG', imageElements),
      InputFields: collection('INPUT', inputElements),
      Links: collection('A', linkElements),
    },
    toText: (value) => printable(self(value).bytes),
  },
  {
    name: `${commands}.WebCmdletElementCollection`,
    kind: 'class',
    base: 'System.Collections.ObjectModel.ReadOnlyCollection`1[psobject]',
    methods: {
      Find: finder('Find', 'nameOrId', ['id', 'name']),
      FindById: finder('FindById', 'id', ['id']),
      FindByName: finder('FindByName', 'name', ['name']),
    },
  },
];

/** The status as .NET's enum has it. */
export function statusCode(status: number): Value {
  return enumOf('System.Net.HttpStatusCode', status);
}
