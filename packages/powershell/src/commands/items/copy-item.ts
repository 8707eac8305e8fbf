import { posix } from 'node:path';
import { NetFailure, netFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { attemptChange } from '../variables/set-variable.ts';
import { attempt, management, notSupported, passThru, writeFile } from './change-files.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { itemName, nativeOf, type PlacedPath, placePath } from './paths.ts';
import { itemsOfProvider } from './provider-items.ts';
import {
  accessError,
  type FoundFile,
  type FoundItem,
  type Item,
  itemFilter,
  pathsOf,
  resolveItems,
} from './resolve-items.ts';

const ids = { denied: 'CopyFileInfoItemUnauthorizedAccessError', other: 'CopyFileInfoItemIOError' };

/** `-Destination` of `Copy-Item` and `Move-Item`; `undefined` after the error of a drive that is not there. */
export function destinationOf(call: CmdletCall): PlacedPath | undefined {
  const [given = '.'] = textsOf(call.get('Destination'));
  try {
    return placePath(call.session, given);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    call.writeError(error.record);
    return undefined;
  }
}

export const copyItem: CmdletDescription = {
  name: 'Copy-Item',
  typeName: 'Microsoft.PowerShell.Commands.CopyItemCommand',
  module: management,
  defaultSet: 'Path',
  supportsShouldProcess: true,
  parameters: [
    ...pathParameters(),
    { name: 'Destination', type: 'string', position: 1, fromPipelineByPropertyName: true },
    {
      name: 'Container',
      type: 'switch',
      coverage: {
        state: 'approximated',
        why: 'folders are always copied as folders: `-Container:$false` is without effect',
      },
    },
    force,
    ...filterParameters,
    { name: 'Recurse', type: 'switch' },
    passThru,
  ],
  leftOut: {
    FromSession: 'there are no remote sessions',
    ToSession: 'there are no remote sessions',
  },
  start: (call) => ({
    process() {
      const { paths, isLiteral } = pathsOf(call);
      const destination = destinationOf(call);
      if (destination === undefined) return;
      const isWanted = itemFilter(call);
      for (const path of paths) {
        const isPattern = !isLiteral && WildcardPattern.has(path);
        // What is in a folder that was itself chosen comes along.
        const isWantedInside = isPattern && call.has('Include') ? () => true : isWanted;
        for (const item of resolveItems(call, path, isLiteral)) {
          if (item.kind === 'item') copyNamed(call, item, destination);
          else if ((!isPattern && item.status.kind === 'directory') || isWanted(item)) {
            copyFound(call, item, destination, isWantedInside);
          }
        }
      }
    },
  }),
};

function copyNamed(call: CmdletCall, { drive, items, item }: FoundItem, destination: PlacedPath): void {
  if (drive.provider !== destination.drive.provider) notSupported(call);
  const name = itemName(destination);
  if (!call.shouldProcess(`Item: ${item.name} Destination: ${name}`, 'Copy Item')) return;
  attemptChange(call, () => items.set(call.session, call.scope, name, item.content, call.isOn('Force')));
}

function copyFound(
  call: CmdletCall,
  item: FoundFile,
  destination: PlacedPath,
  isWanted: (item: Item) => boolean,
): void {
  if (itemsOfProvider(destination.drive.provider) !== undefined) notSupported(call);
  const { files } = call.session.world;
  const target = nativeOf(destination);
  try {
    const there = files.stat(target)?.kind;
    const isFolder = item.status.kind === 'directory';
    if (isFolder && there === 'file') {
      const message = 'Container cannot be copied onto existing leaf item.';
      call.writeError(argumentError('CopyContainerItemToLeafError', message, 'destination', { target: item.path }));
      return;
    }
    // What is to be a folder, and is none, is no name for a file either.
    const isOdd = there === undefined && !isFolder && destination.inside.endsWith('/');
    const to = there === 'directory' ? posix.join(target, posix.basename(item.path)) : isOdd ? `${target}/` : target;
    if (!call.shouldProcess(`Item: ${item.path} Destination: ${to}`, isFolder ? 'Copy Directory' : 'Copy File')) return;
    if (isFolder) copyFolder(call, item, to, isWanted);
    else copyFile(call, item, to, destination.drive);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    call.writeError(accessError(error, target));
  }
}

function copyFile(call: CmdletCall, { path, drive }: FoundFile, to: string, toDrive = drive): void {
  if (path === to) {
    const message = `Cannot overwrite the item ${path} with itself.`;
    const type = 'System.IO.IOException';
    call.writeError(cmdletError('CopyError', message, { type, category: 'WriteError', target: path }));
    return;
  }
  const { files } = call.session.world;
  const isDone = attempt(call, ids, path, () => {
    if (to.endsWith('/'))
      throw netFailure('System.UnauthorizedAccessException', `Access to the path '${to}' is denied.`);
    if (files.stat(posix.dirname(to)) === undefined) {
      throw netFailure('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${to}'.`);
    }
    files.copy(path, to);
  });
  if (isDone && call.isOn('PassThru')) writeFile(call, to, toDrive);
}

function copyFolder(call: CmdletCall, from: FoundFile, to: string, isWanted: (item: Item) => boolean): void {
  const { session } = call;
  const { files } = session.world;
  if (`${to}/`.startsWith(`${from.path}/`)) {
    const message = `Destination path cannot be a subdirectory of the source or the source itself: ${to}.`;
    const type = 'System.IO.IOException';
    call.writeError(cmdletError('CopyError', message, { type, category: 'WriteError', target: from.path }));
    return;
  }
  const made = { denied: 'CopyDirectoryInfoItemUnauthorizedAccessError', other: 'CopyDirectoryInfoItemIOError' };
  if (!attempt(call, made, to, () => files.makeDirectory(to)) || !call.isOn('Recurse')) return;
  for (const name of files.list(from.path)) {
    session.budget.step();
    const path = posix.join(from.path, name);
    const status = files.stat(path);
    if (status === undefined) continue;
    const item: FoundFile = { kind: 'file', path, status, drive: from.drive };
    if (status.kind === 'directory') copyFolder(call, item, posix.join(to, name), isWanted);
    else if (isWanted(item)) copyFile(call, item, posix.join(to, name));
  }
}
