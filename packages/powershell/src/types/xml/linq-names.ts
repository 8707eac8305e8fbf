import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { plainEnumerator } from '../collections/enumerator.ts';
import { notConvertible, type TypeDescription } from '../net-type.ts';
import { LinqName, LinqNamespace, LinqNodes, readLinqName } from './linq-node.ts';

const nameOf = (value: Value): LinqName => as(value, LinqName);

export const linqNameDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Xml.Linq.XNodeSequence',
    kind: 'class',
    interfaces: ['System.Collections.IEnumerable'],
    methods: {
      GetEnumerator: [
        {
          signature: 'System.Collections.IEnumerator GetEnumerator()',
          invoke: (value) => plainEnumerator(() => as(value, LinqNodes).nodes().values()),
        },
      ],
    },
    enumerate: (value) => as(value, LinqNodes).nodes(),
  },
  {
    name: 'System.Xml.Linq.XName',
    kind: 'class',
    properties: {
      LocalName: { type: 'string', get: (value) => nameOf(value).localName },
      Namespace: { type: 'System.Xml.Linq.XNamespace', get: (value) => new LinqNamespace(nameOf(value).uri) },
      NamespaceName: { type: 'string', get: (value) => nameOf(value).uri },
    },
    staticMethods: {
      Get: [
        {
          signature: 'static System.Xml.Linq.XName Get(string expandedName)',
          invoke: (_self, [name]) => readLinqName(text(name)),
        },
        {
          signature: 'static System.Xml.Linq.XName Get(string localName, string namespaceName)',
          invoke: (_self, [name, uri]) => new LinqName(text(name), text(uri)),
        },
      ],
    },
    convertFrom: (value) => (typeof value === 'string' ? readLinqName(value) : notConvertible),
    equals: (left, right) => right instanceof LinqName && nameOf(left).text === right.text,
    hashKey: (value) => nameOf(value).text,
    toText: (value) => nameOf(value).text,
  },
  {
    name: 'System.Xml.Linq.XNamespace',
    kind: 'class',
    properties: { NamespaceName: { type: 'string', get: (value) => as(value, LinqNamespace).uri } },
    staticMethods: {
      Get: [
        {
          signature: 'static System.Xml.Linq.XNamespace Get(string namespaceName)',
          invoke: (_self, [uri]) => new LinqNamespace(text(uri)),
        },
      ],
    },
    convertFrom: (value) => (typeof value === 'string' ? new LinqNamespace(value) : notConvertible),
    operators: {
      '+': (left, right) =>
        left instanceof LinqNamespace && typeof right === 'string' ? new LinqName(right, left.uri) : notConvertible,
    },
    equals: (left, right) => right instanceof LinqNamespace && as(left, LinqNamespace).uri === right.uri,
    hashKey: (value) => as(value, LinqNamespace).uri,
    toText: (value) => as(value, LinqNamespace).uri,
  },
];
