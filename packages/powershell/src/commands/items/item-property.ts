import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { FileItem } from '../../types/io/file-item.ts';
import { getMember, setMember } from '../../types/members.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { propertyNames } from '../objects/member-match.ts';
import { management, notSupported, passThru } from './change-files.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { type FoundFile, itemFilter, pathsOf, resolveItems } from './resolve-items.ts';

const space = 'Microsoft.PowerShell.Commands';

/** The files of a call; other drives have no properties. */
function filesOf(call: CmdletCall): FoundFile[] {
  const { paths, isLiteral } = pathsOf(call);
  const items = paths.flatMap((path) => resolveItems(call, path, isLiteral)).filter(itemFilter(call));
  return items.flatMap((item) => (item.kind === 'file' ? [item] : noProperties(call)));
}

function noProperties(call: CmdletCall): never {
  return notSupported(
    call,
    'Cannot use interface. The IPropertyCmdletProvider interface is not supported by this provider.',
  );
}

function itemOf({ path, status, drive }: FoundFile): FileItem {
  return new FileItem(path, status, { drive });
}

/** The name of a property as the item spells it. */
function propertyNamed(call: CmdletCall, item: FileItem, name: string): string | undefined {
  return propertyNames(item, call.session).find((one) => one.toLowerCase() === name.toLowerCase());
}

function notThere(call: CmdletCall, id: string, text: string, item: FileItem): void {
  const message = `The property ${text} does not exist or was not found.`;
  const type = 'System.IO.IOException';
  call.writeError(cmdletError(id, message, { type, category: 'ReadError', target: item }));
}

/** An object of chosen properties, with those that say where it is from. */
function chosen(call: CmdletCall, item: FileItem, properties: readonly (readonly [string, Value])[]): PSCustomObject {
  const made = new PSCustomObject();
  const add = (name: string, value: Value) => made.members.set(name.toLowerCase(), { kind: 'note', name, value });
  for (const [name, value] of properties) add(name, value);
  for (const name of ['PSPath', 'PSParentPath', 'PSChildName', 'PSDrive', 'PSProvider']) {
    add(name, getMember(item, name, call.session));
  }
  return made;
}

export const getItemProperty: CmdletDescription = {
  name: 'Get-ItemProperty',
  typeName: `${space}.GetItemPropertyCommand`,
  module: management,
  defaultSet: 'Path',
  parameters: [
    ...pathParameters(),
    { name: 'Name', type: 'string[]', aliases: ['PSProperty'], position: 1 },
    ...filterParameters,
  ],
  start: (call) => ({
    process() {
      const names = textsOf(call.get('Name'));
      for (const item of filesOf(call).map(itemOf)) {
        if (names.length === 0) {
          call.write(item);
          continue;
        }
        const found: [string, Value][] = [];
        for (const name of names) {
          const known = propertyNamed(call, item, name);
          if (known === undefined) notThere(call, 'GetValueError', name, item);
          else found.push([known, getMember(item, known, call.session)]);
        }
        if (found.length > 0) call.write(chosen(call, item, found));
      }
    },
  }),
};

export const getItemPropertyValue: CmdletDescription = {
  name: 'Get-ItemPropertyValue',
  typeName: `${space}.GetItemPropertyValueCommand`,
  module: management,
  defaultSet: 'Path',
  parameters: [
    ...pathParameters({ mandatory: false }),
    { name: 'Name', type: 'string[]', aliases: ['PSProperty'], mandatory: true, position: 1 },
    ...filterParameters,
  ],
  start: (call) => ({
    process() {
      for (const item of filesOf(call).map(itemOf)) {
        for (const name of textsOf(call.get('Name'))) {
          const known = propertyNamed(call, item, name);
          if (known === undefined) notThere(call, 'GetValueError', name, item);
          else call.write(getMember(item, known, call.session));
        }
      }
    },
  }),
};

const valueSets = ['propertyValuePathSet', 'propertyValueLiteralPathSet'];

export const setItemProperty: CmdletDescription = {
  name: 'Set-ItemProperty',
  typeName: `${space}.SetItemPropertyCommand`,
  module: management,
  defaultSet: 'propertyValuePathSet',
  supportsShouldProcess: true,
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: ['propertyValuePathSet', 'propertyPSObjectPathSet'],
      mandatory: true,
      position: 0,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['propertyValueLiteralPathSet', 'propertyPSObjectLiteralPathSet'],
      mandatory: true,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'Name',
      type: 'string',
      aliases: ['PSProperty'],
      sets: valueSets,
      mandatory: true,
      position: 1,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'Value',
      type: 'object',
      sets: valueSets,
      mandatory: true,
      position: 2,
      fromPipelineByPropertyName: true,
      allowNull: true,
    },
    {
      name: 'InputObject',
      type: 'psobject',
      sets: ['propertyPSObjectPathSet', 'propertyPSObjectLiteralPathSet'],
      mandatory: true,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    passThru,
    force,
    ...filterParameters,
  ],
  start: (call) => ({
    process() {
      const { session } = call;
      const given = call.get('InputObject') ?? null;
      const changes: (readonly [string, Value])[] =
        given === null
          ? [[textsOf(call.get('Name'))[0] ?? '', call.get('Value') ?? null]]
          : propertyNames(given, session).map((name) => [name, getMember(given, name, session)]);
      for (const item of filesOf(call).map(itemOf)) {
        const made = changes.filter(([name, value]) => setProperty(call, item, name, value));
        if (made.length > 0 && call.isOn('PassThru')) call.write(chosen(call, item, made));
      }
    },
  }),
};

function setProperty(call: CmdletCall, item: FileItem, name: string, value: Value): boolean {
  const { session } = call;
  const known = propertyNamed(call, item, name);
  if (known === undefined) {
    const type = value === null || value === undefined ? '' : typeWord(value);
    notThere(call, 'SetPropertyError', `${type} ${name}=${session.text(value)}`.trim(), item);
    return false;
  }
  const what = item.kind === 'directory' ? 'Set Property Directory' : 'Set Property File';
  if (!call.shouldProcess(`Item: ${item.path} Property: ${known}`, what)) return false;
  try {
    setMember(item, known, value, session);
    return true;
  } catch (error) {
    if (error instanceof Thrown) call.writeError(error.record);
    else if (error instanceof NetFailure) {
      const { message, type } = error.exception;
      call.writeError(
        cmdletError('SetPropertyError', message, { type: type.name, category: 'ReadError', target: item }),
      );
    } else throw error;
    return false;
  }
}

/** The type of a value as an object's text in PowerShell begins. */
function typeWord(value: Value): string {
  if (typeof value === 'number') return 'int';
  return typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'bool' : '';
}

export const clearItemProperty: CmdletDescription = {
  name: 'Clear-ItemProperty',
  typeName: `${space}.ClearItemPropertyCommand`,
  module: management,
  defaultSet: 'Path',
  supportsShouldProcess: true,
  parameters: [
    ...pathParameters({ fromPipeline: false }),
    { name: 'Name', type: 'string', mandatory: true, position: 1, fromPipelineByPropertyName: true },
    passThru,
    force,
    ...filterParameters,
  ],
  start: (call) => ({
    process() {
      const [name = ''] = textsOf(call.get('Name'));
      for (const item of filesOf(call).map(itemOf)) {
        if (name.toLowerCase() !== 'attributes') {
          const message =
            'The property cannot be cleared because the property is not supported. Only the Attributes property can be cleared.';
          call.fail(argumentError('Argument', message, 'propertyToClear'));
        }
        setProperty(call, item, 'Attributes', 'Normal');
      }
    },
  }),
};

const nameParameter: CmdletParameter = {
  name: 'Name',
  type: 'string[]',
  aliases: ['PSProperty'],
  mandatory: true,
  position: 1,
  fromPipelineByPropertyName: true,
};

/** Files have the properties that they have: none are made, renamed, copied or removed. */
function refused(name: string, more: readonly CmdletParameter[]): CmdletDescription {
  return {
    name: `${name}-ItemProperty`,
    typeName: `${space}.${name}ItemPropertyCommand`,
    module: management,
    defaultSet: 'Path',
    supportsShouldProcess: true,
    parameters: [
      ...pathParameters({ fromPipeline: false }),
      nameParameter,
      ...more,
      passThru,
      force,
      ...filterParameters,
    ],
    start: (call) => ({
      process() {
        notSupported(
          call,
          'Cannot use interface. The IDynamicPropertyCmdletProvider interface is not implemented by this provider.',
        );
      },
    }),
  };
}

const text = (name: string, position: number): CmdletParameter => ({
  name,
  type: 'string',
  mandatory: true,
  position,
  fromPipelineByPropertyName: true,
});

export const itemPropertyCmdlets: readonly CmdletDescription[] = [
  getItemProperty,
  getItemPropertyValue,
  setItemProperty,
  clearItemProperty,
  refused('Remove', []),
  refused('New', [
    { name: 'PropertyType', type: 'string', aliases: ['Type'], fromPipelineByPropertyName: true },
    { name: 'Value', type: 'object', fromPipelineByPropertyName: true, allowNull: true },
  ]),
  refused('Rename', [text('NewName', 2)]),
  refused('Copy', [text('Destination', 2)]),
  refused('Move', [text('Destination', 2)]),
];
