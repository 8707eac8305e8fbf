import { posix } from 'node:path';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { attemptChange } from '../variables/set-variable.ts';
import { attempt, management } from './change-files.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { type FoundFile, isHidden, itemFilter, pathsOf, resolveItems } from './resolve-items.ts';

const ids = { denied: 'RemoveFileSystemItemUnAuthorizedAccess', other: 'RemoveFileSystemItemIOError' };

export const removeItem: CmdletDescription = {
  name: 'Remove-Item',
  typeName: 'Microsoft.PowerShell.Commands.RemoveItemCommand',
  module: management,
  defaultSet: 'Path',
  supportsShouldProcess: true,
  parameters: [...pathParameters(), ...filterParameters, { name: 'Recurse', type: 'switch' }, force],
  start: (call) => ({
    process() {
      const { paths, isLiteral } = pathsOf(call);
      for (const path of paths) removePath(call, path, isLiteral);
    },
  }),
};

function removePath(call: CmdletCall, path: string, isLiteral: boolean): void {
  const { session, scope } = call;
  const isWanted = itemFilter(call);
  const isPattern = !isLiteral && WildcardPattern.has(path);
  for (const item of resolveItems(call, path, isLiteral)) {
    if (item.kind === 'item') {
      const { drive, items, item: found } = item;
      if (!isWanted(item)) continue;
      if (!call.shouldProcess(`Item: ${found.name}`, `Remove ${drive.provider.name}`)) continue;
      attemptChange(call, () => items.remove(session, scope, found.name, call.isOn('Force')));
    } else if (isWanted(item)) removeWhole(call, item);
    else if (!isPattern && item.status.kind === 'directory' && call.isOn('Recurse')) removeWanted(call, item, isWanted);
  }
}

/** What of a folder's items has a wanted name: the folder itself has none. */
function removeWanted(call: CmdletCall, folder: FoundFile, isWanted: (file: FoundFile) => boolean): void {
  for (const item of itemsOf(call, folder)) {
    if (isWanted(item)) removeWhole(call, item);
    else if (item.status.kind === 'directory' && !item.status.isLink) removeWanted(call, item, isWanted);
  }
}

function itemsOf(call: CmdletCall, { path, drive }: FoundFile): FoundFile[] {
  const { files } = call.session.world;
  return files.list(path).flatMap((name): FoundFile[] => {
    call.session.budget.step();
    const inside = posix.join(path, name);
    const status = files.stat(inside);
    return status === undefined ? [] : [{ kind: 'file', path: inside, status, drive }];
  });
}

function removeWhole(call: CmdletCall, item: FoundFile): void {
  const { path, status } = item;
  const { files } = call.session.world;
  const isFolder = status.kind === 'directory' && !status.isLink;
  if (isFolder && `${call.session.location}/`.startsWith(`${path}/`)) {
    const message = `Cannot remove the item at '${path}' because it is in use.`;
    const type = 'System.Management.Automation.PSInvalidOperationException';
    call.writeError(cmdletError('InvalidOperation', message, { type, target: path }));
    return;
  }
  if (!call.shouldProcess(path, isFolder ? 'Remove Directory' : 'Remove File')) return;
  if (!isFolder) {
    removeFile(call, item);
  } else if (files.list(path).length === 0) {
    attempt(call, ids, path, () => files.remove(path, false));
  } else if (!call.isOn('Recurse')) {
    // PowerShell asks; without anyone to answer the item stays.
    const message = `The item at ${path} has children and the Recurse parameter was not specified. Nobody is there to be asked, so it is not removed.`;
    call.writeError(cmdletError('RemoveFileSystemItemIOError', message, { category: 'WriteError', target: path }));
  } else if (call.isOn('Force')) {
    attempt(call, ids, path, () => files.remove(path, true));
  } else removeFolder(call, item);
}

/** Item by item, since what is hidden or read-only stays without `-Force`, and the folder with it. */
function removeFolder(call: CmdletCall, folder: FoundFile): void {
  const { files } = call.session.world;
  for (const item of itemsOf(call, folder)) {
    if (item.status.kind === 'directory' && !item.status.isLink) removeFolder(call, item);
    else removeFile(call, item);
  }
  if (files.list(folder.path).length === 0) {
    attempt(call, ids, folder.path, () => files.remove(folder.path, false));
    return;
  }
  const message = `Directory ${folder.path} cannot be removed because it is not empty.`;
  const type = 'System.IO.IOException';
  call.writeError(cmdletError('DirectoryNotEmpty', message, { type, category: 'WriteError', target: folder.path }));
}

function removeFile(call: CmdletCall, { path, status }: FoundFile): void {
  if ((isHidden(path) || status.readOnly) && !call.isOn('Force')) {
    const message =
      'You do not have sufficient access rights to perform this operation or the item is hidden, system, or read only.';
    const type = 'System.IO.IOException';
    call.writeError(cmdletError(ids.denied, message, { type, category: 'PermissionDenied', target: path }));
    return;
  }
  attempt(call, ids, path, () => call.session.world.files.remove(path, false));
}
