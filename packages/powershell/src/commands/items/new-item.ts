import { posix } from 'node:path';
import { toNetText } from '../../conversion/text.ts';
import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import type { Value } from '../../values/value.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { attemptChange } from '../variables/set-variable.ts';
import { attempt, management, writeFile } from './change-files.ts';
import type { NamedItems } from './named-items.ts';
import { force } from './path-parameters.ts';
import { itemName, nativeOf, type PlacedPath, placePath } from './paths.ts';
import { itemsOfProvider } from './provider-items.ts';
import { accessError } from './resolve-items.ts';

export const newItem: CmdletDescription = {
  name: 'New-Item',
  typeName: 'Microsoft.PowerShell.Commands.NewItemCommand',
  module: management,
  defaultSet: 'pathSet',
  supportsShouldProcess: true,
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: [
        { set: 'pathSet', mandatory: true, position: 0, fromPipelineByPropertyName: true },
        { set: 'nameSet', position: 0, fromPipelineByPropertyName: true },
      ],
    },
    {
      name: 'Name',
      type: 'string',
      sets: ['nameSet'],
      mandatory: true,
      fromPipelineByPropertyName: true,
      allowNull: true,
      allowEmptyString: true,
    },
    { name: 'ItemType', type: 'string', aliases: ['Type'], fromPipelineByPropertyName: true },
    {
      name: 'Value',
      type: 'object',
      aliases: ['Target'],
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      allowNull: true,
    },
    force,
  ],
  coverage: {
    state: 'approximated',
    why: 'makes files and folders, and items of other drives; links are refused, since they could lead out of what is granted',
  },
  start: (call) => ({
    process() {
      const name = call.has('Name') ? textsOf(call.get('Name'))[0] : undefined;
      const folders = call.has('Path') ? textsOf(call.get('Path')) : ['.'];
      for (const folder of folders) make(call, name === undefined ? folder : `${folder.replace(/[/\\]$/, '')}/${name}`);
    },
  }),
};

function make(call: CmdletCall, path: string): void {
  try {
    const placed = placePath(call.session, path);
    const items = itemsOfProvider(placed.drive.provider);
    if (items === undefined) makeAt(call, placed);
    else makeNamed(call, placed, items);
  } catch (error) {
    if (error instanceof NetFailure) call.writeError(accessError(error, path));
    else if (error instanceof Thrown) call.writeError(error.record);
    else throw error;
  }
}

function makeNamed(call: CmdletCall, placed: PlacedPath, items: NamedItems): void {
  const { session, scope } = call;
  const name = itemName(placed);
  if (items.find(session, scope, name) !== undefined && !call.isOn('Force')) {
    const message = `The item at path '${name}' already exists.`;
    const type = 'System.Management.Automation.PSArgumentException';
    call.writeError(cmdletError('Argument', message, { type, category: 'InvalidArgument' }));
    return;
  }
  attemptChange(call, () => items.set(session, scope, name, call.get('Value') ?? null, true));
  const made = items.find(session, scope, name);
  if (made !== undefined) call.write(made.value);
}

function makeAt(call: CmdletCall, placed: PlacedPath): void {
  const native = nativeOf(placed);
  const [itemType = 'File'] = textsOf(call.get('ItemType'));
  if (/^(sy|j|h)/i.test(itemType)) {
    const type = 'System.UnauthorizedAccessException';
    const message = `Access to the path '${native}' is denied.`;
    call.writeError(
      cmdletError('NewItemUnauthorizedAccessError', message, { type, category: 'PermissionDenied', target: native }),
    );
    return;
  }
  const isFolder = isStartOf(itemType, 'directory') || isStartOf(itemType, 'container');
  if (!isFolder && !isStartOf(itemType, 'file')) {
    const message =
      'The type is not a known type for the file system. Only "file","directory" or "symboliclink" can be specified.';
    call.fail(argumentError('Argument', message, 'type'));
  }
  if (!call.shouldProcess(`Destination: ${native}`, isFolder ? 'Create Directory' : 'Create File')) return;
  if (isFolder) makeFolder(call, native, placed);
  else makeFile(call, native, placed);
}

function isStartOf(text: string, word: string): boolean {
  return word.startsWith(text.toLowerCase());
}

function makeFolder(call: CmdletCall, path: string, { drive }: PlacedPath): void {
  const { files } = call.session.world;
  if (files.stat(path) !== undefined && !call.isOn('Force')) {
    const message = `An item with the specified name ${path} already exists.`;
    const type = 'System.IO.IOException';
    call.writeError(cmdletError('DirectoryExist', message, { type, category: 'ResourceExists', target: path }));
    return;
  }
  const ids = { denied: 'CreateDirectoryUnauthorizedAccessError', other: 'CreateDirectoryIOError' };
  if (attempt(call, ids, path, () => files.makeDirectory(path))) writeFile(call, path, drive);
}

function makeFile(call: CmdletCall, path: string, { drive }: PlacedPath): void {
  const { session } = call;
  const { files } = session.world;
  const value: Value = call.get('Value') ?? null;
  const text = value === null ? '' : toNetText(value, undefined, session);
  const ids = { denied: 'NewItemUnauthorizedAccessError', other: 'NewItemIOError' };
  const isDone = attempt(call, ids, path, () => {
    if (call.isOn('Force')) files.makeDirectory(posix.dirname(path));
    files.writeBytes(path, new TextEncoder().encode(text), call.isOn('Force') ? 'truncate' : 'create');
  });
  if (isDone) writeFile(call, path, drive);
}
