import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { copyTo } from '../collections/copy-to.ts';
import { EnumeratorObject, enumeratorDescription } from '../collections/enumerator.ts';
import { indexOutOfRange } from '../collections/ranges.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { TypeDescription } from '../net-type.ts';
import { Capture, CaptureList, captureCollection, Group, GroupCollection, Match } from './regex-objects.ts';

const prefix = 'System.Text.RegularExpressions.';
const capture = (value: Value): Capture => as(value, Capture);
const group = (value: Value): Group => as(value, Group);
const match = (value: Value): Match => as(value, Match);
const list = (value: Value): CaptureList => as(value, CaptureList);
const groups = (value: Value): GroupCollection => as(value, GroupCollection);

const enumeratorName = `${prefix}CaptureCollection+Enumerator`;

function listDescription(name: string, item: string): TypeDescription {
  return {
    name: `${prefix}${name}`,
    kind: 'class',
    interfaces: [
      `System.Collections.Generic.IList\`1[${prefix}${item}]`,
      `System.Collections.Generic.IReadOnlyList\`1[${prefix}${item}]`,
      `System.Collections.Generic.IEnumerable\`1[${prefix}${item}]`,
      'System.Collections.IList',
      'System.Collections.ICollection',
      'System.Collections.IEnumerable',
    ],
    properties: {
      Count: { type: 'int', get: (value) => list(value).items.length },
      IsReadOnly: { type: 'bool', get: () => true },
      IsSynchronized: { type: 'bool', get: () => false },
      SyncRoot: { type: 'System.Object', get: (value) => value },
    },
    methods: {
      CopyTo: [
        {
          signature: 'void CopyTo(array array, int arrayIndex)',
          invoke: (value, [array, index]) => copyTo(list(value).items, as(array, NetArray), int(index)),
        },
      ],
      GetEnumerator: [
        {
          signature: 'System.Collections.IEnumerator GetEnumerator()',
          invoke: (value) => new EnumeratorObject(namedType(enumeratorName), () => list(value).items.values()),
        },
      ],
    },
    indexer: {
      get: [
        {
          signature: `${prefix}${item} Item(int i)`,
          invoke: (value, [index]) => {
            const found = list(value).items[int(index)];
            if (found === undefined) throw indexOutOfRange('i');
            return found;
          },
        },
      ],
      set: [],
    },
    enumerate: (value) => list(value).items,
  };
}

const captureDescription: TypeDescription = {
  name: `${prefix}Capture`,
  kind: 'class',
  properties: {
    Index: { type: 'int', get: (value) => capture(value).start },
    Length: { type: 'int', get: (value) => capture(value).end - capture(value).start },
    Value: { type: 'string', get: (value) => capture(value).value },
  },
  methods: { ToString: [{ signature: 'string ToString()', invoke: (value) => capture(value).value }] },
  toText: (value) => capture(value).value,
};

const groupDescription: TypeDescription = {
  name: `${prefix}Group`,
  kind: 'class',
  base: `${prefix}Capture`,
  properties: {
    Success: { type: 'bool', get: (value) => group(value).success },
    Name: { type: 'string', get: (value) => group(value).name },
    Captures: { type: `${prefix}CaptureCollection`, get: (value) => captureCollection(group(value)) },
  },
  toText: (value) => capture(value).value,
};

const matchDescription: TypeDescription = {
  name: `${prefix}Match`,
  kind: 'class',
  base: `${prefix}Group`,
  staticProperties: { Empty: { type: `${prefix}Match`, get: () => new Match() } },
  properties: { Groups: { type: `${prefix}GroupCollection`, get: (value) => match(value).groups } },
  methods: {
    NextMatch: [{ signature: `${prefix}Match NextMatch()`, invoke: (value) => match(value).next() }],
    Result: [
      {
        signature: 'string Result(string replacement)',
        invoke: (value, [replacement]) => {
          const { regex, found } = match(value);
          if (regex === undefined || found === undefined) {
            throw netFailure('System.NotSupportedException', 'Result cannot be called on a failed Match.');
          }
          return regex.result(found, text(replacement));
        },
      },
    ],
  },
  toText: (value) => capture(value).value,
};

const groupCollectionDescription: TypeDescription = {
  name: `${prefix}GroupCollection`,
  kind: 'class',
  interfaces: [
    `System.Collections.Generic.IList\`1[${prefix}Group]`,
    `System.Collections.Generic.IReadOnlyList\`1[${prefix}Group]`,
    `System.Collections.Generic.IEnumerable\`1[${prefix}Group]`,
    'System.Collections.IList',
    'System.Collections.ICollection',
    'System.Collections.IEnumerable',
  ],
  properties: {
    Count: { type: 'int', get: (value) => groups(value).items.length },
    IsReadOnly: { type: 'bool', get: () => true },
    IsSynchronized: { type: 'bool', get: () => false },
    Keys: {
      type: 'System.Collections.Generic.IEnumerable[string]',
      get: (value) =>
        new NetArray(
          netTypes.string,
          groups(value).items.map((one) => one.name),
        ),
    },
    SyncRoot: { type: 'System.Object', get: (value) => value },
    Values: {
      type: `System.Collections.Generic.IEnumerable[${prefix}Group]`,
      get: (value) => new NetArray(namedType(`${prefix}Group`), [...groups(value).items]),
    },
  },
  methods: {
    ContainsKey: [
      {
        signature: 'bool ContainsKey(string key)',
        invoke: (value, [key]) => groups(value).items.some((one) => one.name === key),
      },
    ],
    CopyTo: [
      {
        signature: 'void CopyTo(array array, int arrayIndex)',
        invoke: (value, [array, index]) => copyTo(groups(value).items, as(array, NetArray), int(index)),
      },
    ],
    GetEnumerator: [
      {
        signature: 'System.Collections.IEnumerator GetEnumerator()',
        invoke: (value) => new EnumeratorObject(namedType(enumeratorName), () => groups(value).items.values()),
      },
    ],
  },
  indexer: {
    get: [
      {
        signature: `${prefix}Group Item(int groupnum)`,
        invoke: (value, [number]) => groups(value).byNumber(int(number)),
      },
      {
        signature: `${prefix}Group Item(string groupname)`,
        invoke: (value, [name]) => groups(value).byName(text(name)),
      },
    ],
    set: [],
  },
  enumerate: (value) => groups(value).items,
};

export const captureDescriptions: readonly TypeDescription[] = [
  captureDescription,
  groupDescription,
  matchDescription,
  groupCollectionDescription,
  listDescription('MatchCollection', 'Match'),
  listDescription('CaptureCollection', 'Capture'),
  enumeratorDescription(enumeratorName, { item: 'System.Object' }),
];
