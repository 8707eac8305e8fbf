import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { plainEnumerator } from '../collections/enumerator.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { xmlnsUri, xmlUri } from './xml-node.ts';

/** `XmlNamespaceManager`: what prefixes of a path stand for, in scopes. */
class NamespaceManager extends Instance {
  readonly scopes: Map<string, string>[] = [new Map()];
  get type(): NetType {
    return namedType('System.Xml.XmlNamespaceManager');
  }

  uriOf(prefix: string): string | undefined {
    if (prefix === 'xml') return xmlUri;
    if (prefix === 'xmlns') return xmlnsUri;
    for (const scope of [...this.scopes].reverse()) {
      const uri = scope.get(prefix);
      if (uri !== undefined) return uri;
    }
    return prefix === '' ? '' : undefined;
  }

  prefixOf(uri: string): string | undefined {
    if (uri === xmlUri) return 'xml';
    if (uri === xmlnsUri) return 'xmlns';
    for (const scope of [...this.scopes].reverse()) {
      for (const [prefix, known] of scope) if (known === uri && this.uriOf(prefix) === uri) return prefix;
    }
    return uri === '' && this.uriOf('') === '' ? '' : undefined;
  }

  /** Every prefix, the fixed ones first. */
  get prefixes(): string[] {
    const own = new Set(this.scopes.flatMap((scope) => [...scope.keys()]));
    return ['xmlns', 'xml', '', ...[...own].filter((prefix) => prefix !== '')];
  }
}

export function prefixesOf(value: Value): ((prefix: string) => string | undefined) | undefined {
  return value instanceof NamespaceManager ? (prefix) => value.uriOf(prefix) : undefined;
}

const self = (value: Value): NamespaceManager => as(value, NamespaceManager);

function given(value: Value, parameter: string): string {
  if (value !== null && value !== undefined) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
}

function add(manager: NamespaceManager, prefix: string, uri: string): undefined {
  if (prefix === 'xml' && uri !== xmlUri) {
    throw netFailure(
      'System.ArgumentException',
      `Prefix "xml" is reserved for use by XML and can be mapped only to namespace name "${xmlUri}".`,
    );
  }
  if (prefix === 'xmlns') {
    throw netFailure('System.ArgumentException', 'Prefix "xmlns" is reserved for use by XML.', { parameter: 'prefix' });
  }
  manager.scopes.at(-1)?.set(prefix, uri);
  return undefined;
}

function scoping(name: string, invoke: Overload['invoke'], returns = 'void'): readonly Overload[] {
  return [{ signature: `${returns} ${name}()`, invoke }];
}

const managerDescription: TypeDescription = {
  name: 'System.Xml.XmlNamespaceManager',
  kind: 'class',
  interfaces: ['System.Collections.IEnumerable', 'System.Xml.IXmlNamespaceResolver'],
  constructors: [
    {
      signature: 'System.Xml.XmlNamespaceManager new(System.Xml.XmlNameTable nameTable)',
      invoke: (_self, [table]) => {
        given(table === null ? null : 'table', 'nameTable');
        return new NamespaceManager();
      },
    },
  ],
  properties: {
    DefaultNamespace: { type: 'string', get: (value) => self(value).uriOf('') ?? '' },
    NameTable: { type: 'System.Xml.XmlNameTable', get: () => nameTable },
  },
  methods: {
    AddNamespace: [
      {
        signature: 'void AddNamespace(string prefix, string uri)',
        invoke: (value, [prefix, uri]) => add(self(value), given(prefix, 'prefix'), given(uri, 'uri')),
      },
    ],
    GetEnumerator: [
      {
        signature: 'System.Collections.IEnumerator GetEnumerator()',
        invoke: (value) => plainEnumerator(() => self(value).prefixes.values()),
      },
    ],
    HasNamespace: [
      {
        signature: 'bool HasNamespace(string prefix)',
        invoke: (value, [prefix]) => self(value).scopes.at(-1)?.has(text(prefix)) ?? false,
      },
    ],
    LookupNamespace: [
      {
        signature: 'string LookupNamespace(string prefix)',
        invoke: (value, [prefix]) => self(value).uriOf(text(prefix)) ?? null,
      },
    ],
    LookupPrefix: [
      {
        signature: 'string LookupPrefix(string uri)',
        invoke: (value, [uri]) => self(value).prefixOf(text(uri)) ?? null,
      },
    ],
    PopScope: scoping(
      'PopScope',
      (value) => {
        const { scopes } = self(value);
        if (scopes.length === 1) return false;
        scopes.pop();
        return true;
      },
      'bool',
    ),
    PushScope: scoping('PushScope', (value) => {
      self(value).scopes.push(new Map());
      return undefined;
    }),
    RemoveNamespace: [
      {
        signature: 'void RemoveNamespace(string prefix, string uri)',
        invoke: (value, [prefix, uri]) => {
          const scope = self(value).scopes.at(-1);
          if (scope?.get(text(prefix)) === text(uri)) scope.delete(text(prefix));
          return undefined;
        },
      },
    ],
  },
  enumerate: (value) => self(value).prefixes,
};

/** `XmlNameTable`: the engine needs none, but scripts hand one from a document to a namespace manager. */
class NameTable extends Instance {
  get type(): NetType {
    return namedType('System.Xml.NameTable');
  }
}

export const nameTable = new NameTable();

export const namespaceDescriptions: readonly TypeDescription[] = [
  managerDescription,
  { name: 'System.Xml.IXmlNamespaceResolver', kind: 'interface' },
  { name: 'System.Xml.XmlNameTable', kind: 'class', isAbstract: true },
  {
    name: 'System.Xml.NameTable',
    kind: 'class',
    base: 'System.Xml.XmlNameTable',
    constructors: [{ signature: 'System.Xml.NameTable new()', invoke: () => new NameTable() }],
    methods: {
      Add: [{ signature: 'string Add(string key)', invoke: (_value, [key]) => text(key) }],
      Get: [{ signature: 'string Get(string value)', invoke: (_value, [key]) => text(key) }],
    },
  },
];
