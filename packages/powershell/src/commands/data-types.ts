import type { TypeDescription } from '../types/net-type.ts';
import { dataEnums } from './data/data-enums.ts';
import { DataObject, describeData } from './data-object.ts';

import { matchInfoTypes } from './text/match-info.ts';

const space = 'Microsoft.PowerShell.Commands';
const optionalDouble = 'System.Nullable[double]';
const optionalInt = 'System.Nullable[int]';
const sums = { Count: 'int', Average: optionalDouble, Sum: optionalDouble };

/** Text of such an object: that of one of its properties. */
function textOf(property: string): Pick<TypeDescription, 'toText'> {
  return { toText: (self) => (self instanceof DataObject ? String(self.values.get(property) ?? '') : '') };
}

/** What format commands write; only `Out-String` and its kind read it. */
const formatPackets = ['FormatStartData', 'GroupStartData', 'FormatEntryData', 'GroupEndData', 'FormatEndData'].map(
  (name): TypeDescription => ({ name: `${space}.Internal.Format.${name}`, kind: 'class' }),
);

const runspaces = 'System.Management.Automation.Runspaces';
const properties = 'System.Management.Automation.Runspaces.PropertySetData';

const typeDataTypes: readonly TypeDescription[] = [
  describeData(`${runspaces}.TypeData`, {
    TypeName: 'string',
    Members: `System.Collections.Generic.Dictionary[string,${runspaces}.TypeMemberData]`,
    IsOverride: 'bool',
    DefaultDisplayProperty: 'string',
    DefaultDisplayPropertySet: properties,
    DefaultKeyPropertySet: properties,
  }),
  describeData(properties, { ReferencedProperties: 'string[]' }),
  describeData(`${runspaces}.TypeMemberData`, { Name: 'string' }, { isAbstract: true }),
  describeData(`${runspaces}.NotePropertyData`, { Value: 'object' }, { base: `${runspaces}.TypeMemberData` }),
  describeData(
    `${runspaces}.AliasPropertyData`,
    { ReferencedMemberName: 'string' },
    { base: `${runspaces}.TypeMemberData` },
  ),
  describeData(
    `${runspaces}.ScriptPropertyData`,
    { GetScriptBlock: 'scriptblock', SetScriptBlock: 'scriptblock' },
    { base: `${runspaces}.TypeMemberData` },
  ),
  describeData(`${runspaces}.ScriptMethodData`, { Script: 'scriptblock' }, { base: `${runspaces}.TypeMemberData` }),
];

/** Types of objects that cmdlets make and that are nothing but properties. */
export const descriptions: readonly TypeDescription[] = [
  ...dataEnums,
  ...formatPackets,
  ...matchInfoTypes,
  {
    name: 'System.Management.Automation.OrderedHashtable',
    kind: 'class',
    base: 'System.Collections.Hashtable',
  },
  ...typeDataTypes,
  describeData('System.Management.Automation.VerbInfo', {
    Verb: 'string',
    AliasPrefix: 'string',
    Group: 'string',
    Description: 'string',
  }),
  describeData(`${space}.GroupInfo`, {
    Count: 'int',
    Group: 'System.Collections.ObjectModel.Collection[psobject]',
    Name: 'string',
    Values: 'System.Collections.ArrayList',
  }),
  describeData(`${space}.GroupInfoNoElement`, {}, { base: `${space}.GroupInfo` }),
  describeData(`${space}.FileHashInfo`, { Algorithm: 'string', Hash: 'string', Path: 'string' }),
  describeData(`${space}.MeasureInfo`, { Property: 'string' }),
  describeData(
    `${space}.GenericMeasureInfo`,
    { ...sums, Maximum: optionalDouble, Minimum: optionalDouble, StandardDeviation: optionalDouble },
    { base: `${space}.MeasureInfo` },
  ),
  describeData(
    `${space}.GenericObjectMeasureInfo`,
    { ...sums, Maximum: 'System.Object', Minimum: 'System.Object' },
    { base: `${space}.MeasureInfo` },
  ),
  describeData(
    `${space}.TextMeasureInfo`,
    { Lines: optionalInt, Words: optionalInt, Characters: optionalInt },
    { base: `${space}.MeasureInfo` },
  ),
  describeData(
    `${space}.MemberDefinition`,
    {
      TypeName: 'string',
      Name: 'string',
      MemberType: 'System.Management.Automation.PSMemberTypes',
      Definition: 'string',
    },
    textOf('Definition'),
  ),
  describeData(
    'System.Management.Automation.CallStackFrame',
    {
      Command: 'string',
      Location: 'string',
      Arguments: 'string',
      FunctionName: 'string',
      ScriptName: 'string',
      ScriptLineNumber: 'int',
      InvocationInfo: 'System.Management.Automation.InvocationInfo',
    },
    textOf('Location'),
  ),
];
