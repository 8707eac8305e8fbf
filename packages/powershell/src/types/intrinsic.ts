import { NetType, runtimeType } from './net-type.ts';

/**
 * The types that the engine's own code names. They exist before their descriptions are read (`types/table.ts` binds each
 * to the file that describes it), so that values can say what they are without importing the whole library.
 */
export const netTypes = {
  object: new NetType('System.Object'),
  valueType: new NetType('System.ValueType'),
  void: new NetType('System.Void'),
  type: new NetType('System.Type'),
  runtimeType,
  boolean: new NetType('System.Boolean'),
  string: new NetType('System.String'),
  char: new NetType('System.Char'),
  byte: new NetType('System.Byte'),
  sbyte: new NetType('System.SByte'),
  int16: new NetType('System.Int16'),
  uint16: new NetType('System.UInt16'),
  int32: new NetType('System.Int32'),
  uint32: new NetType('System.UInt32'),
  int64: new NetType('System.Int64'),
  uint64: new NetType('System.UInt64'),
  bigInteger: new NetType('System.Numerics.BigInteger'),
  single: new NetType('System.Single'),
  double: new NetType('System.Double'),
  decimal: new NetType('System.Decimal'),
  enum: new NetType('System.Enum'),
  array: new NetType('System.Array'),
  delegate: new NetType('System.Delegate'),
  nullable: new NetType('System.Nullable`1'),
  dateTime: new NetType('System.DateTime'),
  timeSpan: new NetType('System.TimeSpan'),
  guid: new NetType('System.Guid'),
  version: new NetType('System.Version'),
  regex: new NetType('System.Text.RegularExpressions.Regex'),
  hashtable: new NetType('System.Collections.Hashtable'),
  orderedDictionary: new NetType('System.Collections.Specialized.OrderedDictionary'),
  dictionaryEntry: new NetType('System.Collections.DictionaryEntry'),
  arrayList: new NetType('System.Collections.ArrayList'),
  idictionary: new NetType('System.Collections.IDictionary'),
  ilist: new NetType('System.Collections.IList'),
  ienumerable: new NetType('System.Collections.IEnumerable'),
  icollection: new NetType('System.Collections.ICollection'),
  ienumerator: new NetType('System.Collections.IEnumerator'),
  icomparable: new NetType('System.IComparable'),
  exception: new NetType('System.Exception'),
  attribute: new NetType('System.Attribute'),
  psObject: new NetType('System.Management.Automation.PSObject'),
  psCustomObject: new NetType('System.Management.Automation.PSCustomObject'),
  psReference: new NetType('System.Management.Automation.PSReference'),
  scriptBlock: new NetType('System.Management.Automation.ScriptBlock'),
  switchParameter: new NetType('System.Management.Automation.SwitchParameter'),
  errorRecord: new NetType('System.Management.Automation.ErrorRecord'),
} as const;

const named = new Map<string, NetType>(Object.values(netTypes).map((type) => [type.name, type]));

/** The one type object of a full name, described or not yet; generic definitions only, never closed types. */
export function namedType(name: string): NetType {
  let type = named.get(name);
  if (type === undefined) {
    type = new NetType(name);
    named.set(name, type);
  }
  return type;
}

const arrays = new Map<NetType, Map<number, NetType>>();

/** The array type of an element type: one object each, so that types compare by identity. */
export function arrayOf(element: NetType, rank = 1): NetType {
  let ranks = arrays.get(element);
  if (ranks === undefined) {
    ranks = new Map();
    arrays.set(element, ranks);
  }
  let type = ranks.get(rank);
  if (type === undefined) {
    type = new NetType(`${element.name}[${','.repeat(rank - 1)}]`, {
      element,
      rank,
      description: { name: `${element.name}[]`, kind: 'class', base: 'System.Array' },
    });
    ranks.set(rank, type);
  }
  return type;
}
