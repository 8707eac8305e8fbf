import { posix } from 'node:path';
import { toNetText } from '../../conversion/text.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { attemptChange } from '../variables/set-variable.ts';
import { driveNamed } from './drives.ts';
import { FileItem } from './file-item.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { resolveNative, splitDrive } from './paths.ts';
import { driveNotFound, type FoundFile, itemFilter, pathsOf, resolveItems } from './resolve-items.ts';

export const passThru = { name: 'PassThru', type: 'switch' } as const;
export const management = 'Microsoft.PowerShell.Management';

/** Runs a change of files; what the system refuses is an error of the call that does not end it. */
export function attempt(call: CmdletCall, id: string, path: string, change: () => void): boolean {
  try {
    change();
    return true;
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const { exception } = error;
    const isDenied = exception.type.name === 'System.UnauthorizedAccessException';
    call.writeError(new ErrorRecord(exception, id, isDenied ? 'PermissionDenied' : 'WriteError', path));
    return false;
  }
}

export function writeFile(call: CmdletCall, path: string): void {
  const status = call.session.world.files.stat(path);
  if (status !== undefined) call.write(new FileItem(path, status));
}

export const removeItem: CmdletDescription = {
  name: 'Remove-Item',
  typeName: 'Microsoft.PowerShell.Commands.RemoveItemCommand',
  module: management,
  defaultSet: 'Path',
  supportsShouldProcess: true,
  parameters: [...pathParameters(), ...filterParameters, { name: 'Recurse', type: 'switch' }, force],
  start: (call) => ({
    process() {
      const { session, scope } = call;
      const { paths, isLiteral } = pathsOf(call);
      const isWanted = itemFilter(call);
      for (const item of paths.flatMap((path) => resolveItems(call, path, isLiteral)).filter(isWanted)) {
        if (item.kind === 'item') {
          const { drive, item: found } = item;
          if (!call.shouldProcess(`Item: ${found.name}`, `Remove ${drive.provider}`)) continue;
          attemptChange(call, () => drive.remove(session, scope, found.name, call.isOn('Force')));
        } else removeFile(call, item);
      }
    },
  }),
};

function removeFile(call: CmdletCall, { path, status }: FoundFile): void {
  const { files } = call.session.world;
  const isFolder = status.kind === 'directory';
  if (!call.shouldProcess(path, isFolder ? 'Remove Directory' : 'Remove File')) return;
  if (isFolder && !call.isOn('Recurse') && files.list(path).length > 0) {
    // PowerShell asks; without anyone to answer the item stays.
    const message = `The item at ${path} has children and the Recurse parameter was not specified. Nobody is there to be asked, so it is not removed.`;
    call.writeError(cmdletError('RemoveFileSystemItemIOError', message, { category: 'WriteError', target: path }));
    return;
  }
  attempt(call, 'RemoveFileSystemItemIOError', path, () => files.remove(path, isFolder));
}

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
  coverage: { state: 'approximated', why: 'makes files and folders, and items of other drives; links are missing' },
  start: (call) => ({
    process() {
      const name = call.has('Name') ? textsOf(call.get('Name'))[0] : undefined;
      const folders = call.has('Path') ? textsOf(call.get('Path')) : ['.'];
      for (const folder of folders) make(call, name === undefined ? folder : `${folder.replace(/\/$/, '')}/${name}`);
    },
  }),
};

function make(call: CmdletCall, path: string): void {
  const { session, scope } = call;
  const { drive: driveName, path: rest } = splitDrive(path);
  if (driveName !== 'file') {
    const drive = driveNamed(driveName);
    const name = rest.replace(/^[/\\]/, '');
    if (drive === undefined) {
      call.writeError(driveNotFound(driveName));
    } else if (drive.find(session, scope, name) !== undefined && !call.isOn('Force')) {
      const message = `The item at path '${name}' already exists.`;
      const type = 'System.Management.Automation.PSArgumentException';
      call.writeError(cmdletError('Argument', message, { type, category: 'InvalidArgument' }));
    } else {
      attemptChange(call, () => drive.set(session, scope, name, call.get('Value') ?? null, true));
      const made = drive.find(session, scope, name);
      if (made !== undefined) call.write(made.value);
    }
    return;
  }
  const native = resolveNative(session, path);
  const [itemType = 'File'] = textsOf(call.get('ItemType'));
  if (/^(sy|sym.*|j|ju.*|h|ha.*)$/i.test(itemType)) {
    const type = 'System.UnauthorizedAccessException';
    const message = `Access to the path '${native}' is denied.`;
    call.writeError(
      cmdletError('NewItemUnauthorizedAccessError', message, { type, category: 'PermissionDenied', target: native }),
    );
    return;
  }
  const isFolder = /^(d|di.*|container)$/i.test(itemType);
  if (!call.shouldProcess(`Destination: ${native}`, isFolder ? 'Create Directory' : 'Create File')) return;
  if (isFolder) makeFolder(call, native);
  else makeFile(call, native);
}

function makeFolder(call: CmdletCall, path: string): void {
  const { files } = call.session.world;
  if (files.stat(path) !== undefined && !call.isOn('Force')) {
    const message = `An item with the specified name ${path} already exists.`;
    const type = 'System.IO.IOException';
    call.writeError(cmdletError('DirectoryExist', message, { type, category: 'ResourceExists', target: path }));
    return;
  }
  if (attempt(call, 'CreateDirectoryIOError', path, () => files.makeDirectory(path))) writeFile(call, path);
}

function makeFile(call: CmdletCall, path: string): void {
  const { session } = call;
  const { files } = session.world;
  const value: Value = call.get('Value') ?? null;
  const text = value === null ? '' : toNetText(value, undefined, session);
  const isDone = attempt(call, 'NewItemIOError', path, () => {
    if (call.isOn('Force')) files.makeDirectory(posix.dirname(path));
    files.writeBytes(path, new TextEncoder().encode(text), call.isOn('Force') ? 'truncate' : 'create');
  });
  if (isDone) writeFile(call, path);
}

export const setItem: CmdletDescription = {
  name: 'Set-Item',
  typeName: 'Microsoft.PowerShell.Commands.SetItemCommand',
  module: management,
  defaultSet: 'Path',
  supportsShouldProcess: true,
  parameters: [
    ...pathParameters({ fromPipeline: false }),
    {
      name: 'Value',
      type: 'object',
      position: 1,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      allowNull: true,
    },
    force,
    passThru,
    ...filterParameters,
  ],
  start: (call) => ({
    process() {
      const { session, scope } = call;
      for (const path of pathsOf(call).paths) {
        const { drive: driveName, path: rest } = splitDrive(path);
        const drive = driveNamed(driveName);
        const name = rest.replace(/^[/\\]/, '');
        if (drive === undefined) {
          if (driveName !== 'file') call.writeError(driveNotFound(driveName));
          else notSupported(call);
          continue;
        }
        if (!call.shouldProcess(`Item: ${name} Value: ${session.text(call.get('Value'))}`, 'Set Item')) continue;
        attemptChange(call, () => drive.set(session, scope, name, call.get('Value') ?? null, call.isOn('Force')));
        const item = call.isOn('PassThru') ? drive.find(session, scope, name) : undefined;
        if (item !== undefined) call.write(item.value);
      }
    },
  }),
};

export function notSupported(call: CmdletCall): never {
  const message = 'Provider operation stopped because the provider does not support this operation.';
  const type = 'System.Management.Automation.PSNotSupportedException';
  return call.fail(cmdletError('NotSupported', message, { type, category: 'NotImplemented' }));
}

export const clearItem: CmdletDescription = {
  name: 'Clear-Item',
  typeName: 'Microsoft.PowerShell.Commands.ClearItemCommand',
  module: management,
  defaultSet: 'Path',
  supportsShouldProcess: true,
  parameters: [...pathParameters(), ...filterParameters, force],
  start: (call) => ({
    process() {
      const { session, scope } = call;
      const { paths, isLiteral } = pathsOf(call);
      for (const item of paths.flatMap((path) => resolveItems(call, path, isLiteral))) {
        if (item.kind === 'file') notSupported(call);
        else attemptChange(call, () => item.drive.set(session, scope, item.item.name, null, call.isOn('Force')));
      }
    },
  }),
};
