import { posix } from 'node:path';
import { netFailure } from '../../errors/raise.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { attemptChange } from '../variables/set-variable.ts';
import { attempt, management, notSupported, passThru, writeFile } from './change-files.ts';
import { destinationOf } from './copy-item.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { nativeOf } from './paths.ts';
import { itemsOfProvider } from './provider-items.ts';
import { type FoundFile, type FoundItem, itemFilter, pathsOf, resolveItems } from './resolve-items.ts';

const fileIds = { denied: 'MoveFileInfoItemUnauthorizedAccessError', other: 'MoveFileInfoItemIOError' };
const folderIds = { denied: 'MoveDirectoryItemUnauthorizedAccessError', other: 'MoveDirectoryItemIOError' };
const renameIds = { denied: 'RenameItemUnauthorizedAccessError', other: 'RenameItemIOError' };

export const moveItem: CmdletDescription = {
  name: 'Move-Item',
  typeName: 'Microsoft.PowerShell.Commands.MoveItemCommand',
  module: management,
  defaultSet: 'Path',
  supportsShouldProcess: true,
  parameters: [
    ...pathParameters(),
    { name: 'Destination', type: 'string', position: 1, fromPipelineByPropertyName: true },
    force,
    ...filterParameters,
    passThru,
  ],
  start: (call) => ({
    process() {
      const { paths, isLiteral } = pathsOf(call);
      const destination = destinationOf(call);
      if (destination === undefined) return;
      const isWanted = itemFilter(call);
      for (const item of paths.flatMap((path) => resolveItems(call, path, isLiteral)).filter(isWanted)) {
        if (item.kind === 'item') noNavigation(call);
        else if (itemsOfProvider(destination.drive.provider) !== undefined) notSupported(call);
        else {
          const target = nativeOf(destination);
          const isInto = call.session.world.files.stat(target)?.kind === 'directory';
          const to = isInto ? posix.join(target, posix.basename(item.path)) : target;
          if (move(call, item, to) && call.isOn('PassThru')) writeFile(call, to, destination.drive);
        }
      }
    },
  }),
};

function noNavigation(call: CmdletCall): never {
  const message =
    'Cannot retrieve the dynamic parameters for the cmdlet. The NavigationCmdletProvider methods are not supported by this provider.';
  const type = 'System.Management.Automation.ParameterBindingException';
  return call.fail(cmdletError('GetDynamicParametersException', message, { type, category: 'InvalidArgument' }));
}

function move(call: CmdletCall, { path, status }: FoundFile, to: string): boolean {
  const { files } = call.session.world;
  const isFolder = status.kind === 'directory';
  if (!call.shouldProcess(`Item: ${path} Destination: ${to}`, isFolder ? 'Move Directory' : 'Move File')) return false;
  const refuse = (id: string, message: string, category: 'WriteError' | 'InvalidArgument'): false => {
    const type = 'System.IO.IOException';
    call.writeError(cmdletError(id, message, { type, category, target: path }));
    return false;
  };
  if (isFolder && `${to}/`.startsWith(`${path}/`)) {
    const message = `Destination path cannot be a subdirectory of the source or the source itself: ${to}.`;
    return refuse('MoveItemArgumentError', message, 'InvalidArgument');
  }
  const there = files.stat(to);
  const ids = isFolder ? folderIds : fileIds;
  if (there !== undefined && path !== to && (!call.isOn('Force') || there.kind === 'directory')) {
    return refuse(ids.other, `The file '${to}' already exists.`, 'WriteError');
  }
  return attempt(call, ids, path, () => {
    if (files.stat(posix.dirname(to)) === undefined) {
      throw netFailure('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${to}'.`);
    }
    files.rename(path, to);
  });
}

export const renameItem: CmdletDescription = {
  name: 'Rename-Item',
  typeName: 'Microsoft.PowerShell.Commands.RenameItemCommand',
  module: management,
  defaultSet: 'ByPath',
  supportsShouldProcess: true,
  parameters: [
    {
      name: 'Path',
      type: 'string',
      sets: ['ByPath'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: ['ByLiteralPath'],
      mandatory: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'NewName', type: 'string', mandatory: true, position: 1, fromPipelineByPropertyName: true },
    force,
    passThru,
  ],
  start: (call) => ({
    process() {
      const { paths } = pathsOf(call);
      const name = call.session.text(call.get('NewName'));
      for (const item of paths.flatMap((path) => resolveItems(call, path, true))) {
        if (item.kind === 'item') renameNamed(call, item, name);
        else renameFile(call, item, name);
      }
    },
  }),
};

function renameNamed(call: CmdletCall, { items, item }: FoundItem, name: string): void {
  const { session, scope } = call;
  if (!call.shouldProcess(`Item: ${item.name} Destination: ${name}`, 'Rename Item')) return;
  attemptChange(call, () => {
    items.set(session, scope, name, item.content, call.isOn('Force'));
    items.remove(session, scope, item.name, call.isOn('Force'));
  });
  const renamed = call.isOn('PassThru') ? items.find(session, scope, name) : undefined;
  if (renamed !== undefined) call.write(renamed.value);
}

/** Into another folder nothing is renamed. */
function renameFile(call: CmdletCall, { path, drive, status }: FoundFile, name: string): void {
  const { files } = call.session.world;
  const slashed = name.replaceAll('\\', '/');
  const to = posix.resolve(posix.dirname(path), posix.basename(slashed));
  if (slashed.includes('/') && posix.resolve(call.session.location, slashed) !== to) {
    const message = 'Cannot rename the specified target, because it represents a path or device name.';
    call.fail(argumentError('Argument', message, 'newName'));
  }
  const isFolder = status.kind === 'directory';
  if (!call.shouldProcess(`Item: ${path} Destination: ${to}`, isFolder ? 'Rename Directory' : 'Rename File')) return;
  if (files.stat(to) !== undefined) {
    const message = `The file '${to}' already exists.`;
    const type = 'System.IO.IOException';
    call.writeError(cmdletError('RenameItemIOError', message, { type, category: 'WriteError', target: path }));
  } else if (attempt(call, renameIds, path, () => files.rename(path, to)) && call.isOn('PassThru')) {
    writeFile(call, to, drive);
  }
}
