import { baseOf } from '../../../conversion/base.ts';
import type { Session } from '../../../runtime/session.ts';
import { getMember } from '../../../types/members.ts';
import { objectArray } from '../../../values/array.ts';
import { Dictionary } from '../../../values/dictionary.ts';
import type { Value } from '../../../values/value.ts';
import { MatchInfo } from '../../text/match-info.ts';
import { itemsFor } from './cell-text.ts';
import { errorParts } from './error-view.ts';
import { fileViews } from './file-views.ts';
import type { CustomPart } from './packets.ts';
import type { View, ViewColumn } from './view.ts';

const automation = 'System.Management.Automation';
const commands = 'Microsoft.PowerShell.Commands';

function columns(...widths: readonly (readonly [property: string, width?: number])[]): ViewColumn[] {
  return widths.map(([value, width]) => (width === undefined ? { value } : { value, width }));
}

function lines(text: string): CustomPart[] {
  return [{ kind: 'text', text }];
}

const commandTypes = ['Alias', 'Application', 'Cmdlet', 'ExternalScript', 'Filter', 'Function', 'Script'].map(
  (kind) => `${automation}.${kind}Info`,
);

/** The keys of a dictionary as a pipeline gives them: none, one or a list. */
function keysOf(property: string) {
  return (value: Value, session: Session): Value => {
    const table = baseOf(getMember(value, property, session));
    if (!(table instanceof Dictionary)) return null;
    const keys = [...table.items()].map(({ key }) => key);
    return keys.length > 1 ? objectArray(keys) : (keys[0] ?? null);
  };
}

/** The label of a version before its release, which a module's manifest tells in its private data. */
function preRelease(value: Value, session: Session): Value {
  const data = baseOf(getMember(value, 'PrivateData', session));
  const own = data instanceof Dictionary ? baseOf(data.get('PSData')) : undefined;
  return own instanceof Dictionary ? (own.get('PreRelease') ?? null) : null;
}

/** PowerShell's own views of the types that the engine has, in PowerShell's order. */
export const builtInViews: readonly View[] = [
  {
    name: 'System.Globalization.CultureInfo',
    types: ['System.Globalization.CultureInfo'],
    kind: 'table',
    columns: columns(['LCID', 16], ['Name', 16], ['DisplayName']),
  },
  {
    name: 'System.Version',
    types: ['System.Version'],
    kind: 'table',
    columns: columns(['Major', 6], ['Minor', 6], ['Build', 6], ['Revision', 8]),
  },
  {
    name: `${automation}.SemanticVersion`,
    types: [`${automation}.SemanticVersion`],
    kind: 'table',
    columns: columns(['Major', 6], ['Minor', 6], ['Patch', 6], ['PreReleaseLabel', 15], ['BuildLabel', 11]),
  },
  {
    name: 'Dictionary',
    types: ['System.Collections.DictionaryEntry'],
    kind: 'table',
    columns: columns(['Name', 30], ['Value']),
  },
  {
    name: 'System.Collections.DictionaryEntry',
    types: ['System.Collections.DictionaryEntry'],
    kind: 'list',
    items: [{ value: 'Name' }, { value: 'Value' }],
  },
  {
    name: 'System.TimeSpan',
    types: ['System.TimeSpan'],
    kind: 'list',
    items: [
      'Days',
      'Hours',
      'Minutes',
      'Seconds',
      'Milliseconds',
      'Ticks',
      'TotalDays',
      'TotalHours',
      'TotalMinutes',
      'TotalSeconds',
      'TotalMilliseconds',
    ].map((value) => ({ value })),
  },
  {
    name: 'System.TimeSpan',
    types: ['System.TimeSpan'],
    kind: 'table',
    columns: columns(['Days'], ['Hours'], ['Minutes'], ['Seconds'], ['Milliseconds']),
  },
  { name: 'System.TimeSpan', types: ['System.TimeSpan'], kind: 'wide', value: 'TotalMilliseconds' },
  {
    name: 'DateTime',
    types: ['System.DateTime'],
    kind: 'custom',
    parts: (value, session) => lines(session.text(getMember(value, 'DateTime', session))),
  },
  { name: 'System.Guid', types: ['System.Guid'], kind: 'table', columns: columns(['Guid']) },
  {
    name: 'System.Net.NetworkCredential',
    types: ['System.Net.NetworkCredential'],
    kind: 'table',
    columns: columns(['UserName', 50], ['Domain', 50]),
  },
  {
    name: `${automation}.PSMethod`,
    types: [`${automation}.PSMethod`],
    kind: 'table',
    wraps: true,
    columns: [
      {
        label: 'OverloadDefinitions',
        value: (value, session) => [...overloads(value, session)].map((text) => `${session.text(text)}\n`).join(''),
      },
    ],
  },
  ...fileViews,
  {
    name: 'System.RuntimeType',
    types: ['System.RuntimeType'],
    kind: 'table',
    columns: [
      { value: 'IsPublic', width: 8 },
      { label: 'IsSerial', value: 'IsSerializable', width: 8 },
      { value: 'Name', width: 40 },
      { value: 'BaseType' },
    ],
  },
  {
    name: `${commands}.MemberDefinition`,
    types: [`${commands}.MemberDefinition`],
    kind: 'table',
    autoSize: true,
    groupBy: { key: 'TypeName', heading: '   TypeName: ' },
    columns: columns(['Name'], ['MemberType'], ['Definition']),
  },
  {
    name: `${commands}.GroupInfo`,
    types: [`${commands}.GroupInfo`],
    kind: 'table',
    columns: [{ value: 'Count', width: 5, alignment: 'right' }, { value: 'Name', width: 25 }, { value: 'Group' }],
  },
  {
    name: `${commands}.GroupInfo`,
    types: [`${commands}.GroupInfo`],
    kind: 'list',
    items: [{ value: 'Name' }, { value: 'Count' }, { value: 'Group' }, { value: 'Values' }],
  },
  {
    name: `${commands}.GroupInfoNoElement`,
    types: [`${commands}.GroupInfoNoElement`],
    kind: 'table',
    columns: [
      { value: 'Count', width: 5, alignment: 'right' },
      { value: 'Name', width: 25 },
    ],
  },
  {
    name: `${commands}.GroupInfoNoElement`,
    types: [`${commands}.GroupInfoNoElement`],
    kind: 'list',
    items: [{ value: 'Name' }, { value: 'Count' }, { value: 'Values' }],
  },
  {
    name: 'MatchInfo',
    types: [`${commands}.MatchInfo`],
    kind: 'custom',
    parts: (value, session) => lines(value instanceof MatchInfo ? value.toText(session.location) : session.text(value)),
  },
  { name: 'Variable', types: [`${automation}.PSVariable`], kind: 'table', columns: columns(['Name', 30], ['Value']) },
  { name: 'PathInfo', types: [`${automation}.PathInfo`], kind: 'table', columns: columns(['Path']) },
  {
    name: 'CommandInfo',
    types: commandTypes,
    kind: 'table',
    columns: [
      { value: 'CommandType', width: 15 },
      {
        label: 'Name',
        width: 50,
        value: (value, session) =>
          getMember(
            value,
            session.text(getMember(value, 'CommandType', session)) === 'Alias' ? 'DisplayName' : 'Name',
            session,
          ),
      },
      { value: 'Version', width: 10 },
      { value: 'Source' },
    ],
  },
  {
    name: `${automation}.CmdletInfo`,
    types: [`${automation}.CmdletInfo`],
    kind: 'list',
    items: [
      'Name',
      'CommandType',
      'Definition',
      'Path',
      'AssemblyInfo',
      'DLL',
      'HelpFile',
      'ParameterSets',
      'ImplementingType',
      'Verb',
      'Noun',
    ].map((value) => ({ value })),
  },
  {
    name: `${automation}.CommandInfo`,
    types: [`${automation}.FunctionInfo`, `${automation}.FilterInfo`],
    kind: 'list',
    items: [{ value: 'Name' }, { value: 'CommandType' }, { value: 'Definition' }],
  },
  {
    name: `${automation}.AliasInfo`,
    types: [`${automation}.AliasInfo`],
    kind: 'list',
    items: ['DisplayName', 'CommandType', 'Definition', 'ReferencedCommand', 'ResolvedCommand'].map((value) => ({
      value,
    })),
  },
  {
    name: 'ScriptBlock',
    types: [`${automation}.ScriptBlock`],
    kind: 'custom',
    isOutOfBand: true,
    parts: (value, session) => lines(session.text(value)),
  },
  {
    name: 'ErrorInstance',
    types: [`${automation}.ErrorRecord`],
    kind: 'custom',
    isOutOfBand: true,
    parts: (value, session) => lines(errorParts(value, session)),
  },
  {
    name: 'WarningRecord',
    types: ['Warning', 'Verbose', 'Debug'].map((kind) => `${automation}.${kind}Record`),
    kind: 'custom',
    isOutOfBand: true,
    parts: (value, session) => lines(session.text(getMember(value, 'Message', session))),
  },
  {
    name: 'InformationRecord',
    types: [`${automation}.InformationRecord`],
    kind: 'custom',
    isOutOfBand: true,
    parts: (value, session) => lines(session.text(value)),
  },
  {
    name: 'CallStackFrame',
    types: [`${automation}.CallStackFrame`],
    kind: 'table',
    columns: columns(['Command'], ['Arguments'], ['Location']),
  },
  {
    name: 'Module',
    types: [`${automation}.PSModuleInfo`],
    kind: 'table',
    columns: [
      { value: 'ModuleType', width: 10, alignment: 'left' },
      { value: 'Version', width: 10, alignment: 'left' },
      { label: 'PreRelease', value: preRelease, width: 10, alignment: 'left' },
      { value: 'Name', width: 35, alignment: 'left' },
      { label: 'ExportedCommands', value: keysOf('ExportedCommands'), alignment: 'left' },
    ],
  },
  { name: 'Module', types: [`${automation}.PSModuleInfo`], kind: 'wide', value: 'Name' },
  {
    name: 'Module',
    types: [`${automation}.PSModuleInfo`],
    kind: 'list',
    items: [
      ...['Name', 'Path', 'Description', 'ModuleType', 'Version'].map((value) => ({ value })),
      { label: 'PreRelease', value: preRelease },
      { value: 'NestedModules' },
      ...['ExportedFunctions', 'ExportedCmdlets', 'ExportedVariables', 'ExportedAliases'].map((label) => ({
        label,
        value: keysOf(label),
      })),
    ],
  },
  {
    name: `${commands}.BasicHtmlWebResponseObject`,
    types: [`${commands}.BasicHtmlWebResponseObject`],
    kind: 'list',
    items: [
      { value: 'StatusCode' },
      { value: 'StatusDescription' },
      { label: 'Content', value: beginningOf('Content') },
      { label: 'RawContent', value: beginningOf('RawContent') },
      ...['Headers', 'Images', 'InputFields', 'Links', 'RawContentLength', 'RelationLink'].map((value) => ({ value })),
    ],
  },
  {
    name: `${commands}.WebResponseObject`,
    types: [`${commands}.WebResponseObject`],
    kind: 'list',
    items: [
      ...['StatusCode', 'StatusDescription', 'Content'].map((value) => ({ value })),
      { label: 'RawContent', value: beginningOf('RawContent') },
      ...['Headers', 'RawContentLength', 'RelationLink'].map((value) => ({ value })),
    ],
  },
  {
    name: `${commands}.FileHashInfo`,
    types: [`${commands}.FileHashInfo`],
    kind: 'table',
    columns: [
      { value: 'Algorithm', width: 15, alignment: 'left' },
      { value: 'Hash', width: 70, alignment: 'left' },
      { value: 'Path' },
    ],
  },
];

function* overloads(value: Value, session: Session): Iterable<Value> {
  const definitions = getMember(value, 'OverloadDefinitions', session);
  for (const text of itemsFor(definitions, session) ?? [definitions]) yield text;
}

/** The first 200 characters of a text property. */
function beginningOf(property: string) {
  return (value: Value, session: Session): Value => {
    const text = session.text(getMember(value, property, session));
    return text.length >= 200 ? `${text.slice(0, 200)}\u2026` : text;
  };
}
