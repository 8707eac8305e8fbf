import { posix } from 'node:path';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { attempt, management, notSupported, passThru, writeFile } from './change-items.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { resolveNative } from './paths.ts';
import { type FoundFile, itemFilter, pathsOf, resolveItems } from './resolve-items.ts';

function transfer(name: 'Copy-Item' | 'Move-Item', typeName: string): CmdletDescription {
  const isCopy = name === 'Copy-Item';
  return {
    name,
    typeName,
    module: management,
    defaultSet: 'Path',
    supportsShouldProcess: true,
    parameters: [
      ...pathParameters(),
      { name: 'Destination', type: 'string', position: 1, fromPipelineByPropertyName: true },
      ...(isCopy
        ? ([
            { name: 'Container', type: 'switch' },
            { name: 'Recurse', type: 'switch' },
          ] as const)
        : []),
      force,
      ...filterParameters,
      passThru,
    ],
    start: (call) => ({
      process() {
        const { session } = call;
        const { files } = session.world;
        const { paths, isLiteral } = pathsOf(call);
        const given = call.has('Destination') ? session.text(call.get('Destination')) : '.';
        const isWanted = itemFilter(call);
        for (const item of paths.flatMap((path) => resolveItems(call, path, isLiteral)).filter(isWanted)) {
          if (item.kind === 'item') {
            notSupported(call);
            continue;
          }
          const target = resolveNative(session, given);
          const isInto = files.stat(target)?.kind === 'directory';
          const to = isInto ? posix.join(target, posix.basename(item.path)) : target;
          if (!call.shouldProcess(`Item: ${item.path} Destination: ${to}`, isCopy ? 'Copy File' : 'Move File'))
            continue;
          const isDone = attempt(
            call,
            isCopy ? 'CopyFileInfoItemIOError' : 'MoveFileInfoItemIOError',
            item.path,
            () => {
              if (isCopy) copy(call, item, to, call.isOn('Recurse'));
              else move(call, item.path, to);
            },
          );
          if (isDone && call.isOn('PassThru')) writeFile(call, to);
        }
      },
    }),
  };
}

function copy(call: CmdletCall, from: FoundFile, to: string, recurse: boolean): void {
  const { files } = call.session.world;
  if (from.status.kind === 'file') {
    files.copy(from.path, to);
    return;
  }
  files.makeDirectory(to);
  if (!recurse) return;
  for (const name of files.list(from.path)) {
    const path = posix.join(from.path, name);
    const status = files.stat(path);
    if (status !== undefined) copy(call, { kind: 'file', path, status }, posix.join(to, name), true);
  }
}

function move(call: CmdletCall, from: string, to: string): void {
  const { files } = call.session.world;
  if (files.stat(to) !== undefined) {
    if (!call.isOn('Force')) {
      call.writeError(
        cmdletError('MoveFileInfoItemIOError', `The file '${to}' already exists.`, {
          type: 'System.IO.IOException',
          category: 'WriteError',
          target: from,
        }),
      );
      return;
    }
    files.remove(to, false);
  }
  files.rename(from, to);
}

export const copyItem = transfer('Copy-Item', 'Microsoft.PowerShell.Commands.CopyItemCommand');
export const moveItem = transfer('Move-Item', 'Microsoft.PowerShell.Commands.MoveItemCommand');

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
      const { session } = call;
      const { paths } = pathsOf(call);
      const name = session.text(call.get('NewName'));
      for (const item of paths.flatMap((path) => resolveItems(call, path, true))) {
        if (item.kind === 'item') {
          notSupported(call);
          continue;
        }
        const to = posix.join(posix.dirname(item.path), posix.basename(name));
        if (!call.shouldProcess(`Item: ${item.path} Destination: ${to}`, 'Rename File')) continue;
        if (session.world.files.stat(to) !== undefined) {
          const message = `The file '${to}' already exists.`;
          const type = 'System.IO.IOException';
          call.writeError(
            cmdletError('RenameItemIOError', message, { type, category: 'WriteError', target: item.path }),
          );
        } else if (attempt(call, 'RenameItemIOError', item.path, () => session.world.files.rename(item.path, to))) {
          if (call.isOn('PassThru')) writeFile(call, to);
        }
      }
    },
  }),
};
