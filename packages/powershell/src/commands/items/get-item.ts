import { posix } from 'node:path';
import { NetFailure } from '../../errors/raise.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { FileStatus } from '../../runtime/session.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { FileItem } from './file-item.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import {
  accessError,
  type FoundFile,
  type Item,
  itemFilter,
  nameOfItem,
  pathsOf,
  resolveItems,
} from './resolve-items.ts';

function writeItem(call: CmdletCall, item: Item): void {
  call.write(item.kind === 'file' ? new FileItem(item.path, item.status) : item.item.value);
}

export const getItem: CmdletDescription = {
  name: 'Get-Item',
  typeName: 'Microsoft.PowerShell.Commands.GetItemCommand',
  module: 'Microsoft.PowerShell.Management',
  defaultSet: 'Path',
  parameters: [...pathParameters(), ...filterParameters, force],
  start: (call) => ({
    process() {
      const { paths, isLiteral } = pathsOf(call);
      const isWanted = itemFilter(call);
      for (const path of paths) {
        for (const item of resolveItems(call, path, isLiteral)) if (isWanted(item)) writeItem(call, item);
      }
    },
  }),
};

export const getChildItem: CmdletDescription = {
  name: 'Get-ChildItem',
  typeName: 'Microsoft.PowerShell.Commands.GetChildItemCommand',
  module: 'Microsoft.PowerShell.Management',
  defaultSet: 'Items',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: ['Items'],
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['LiteralItems'],
      mandatory: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'Filter', type: 'string', position: 1 },
    { name: 'Include', type: 'string[]' },
    { name: 'Exclude', type: 'string[]' },
    { name: 'Recurse', type: 'switch', aliases: ['s', 'r'] },
    { name: 'Depth', type: 'uint' },
    force,
    { name: 'Name', type: 'switch' },
    { name: 'Directory', type: 'switch', aliases: ['ad'] },
    { name: 'File', type: 'switch', aliases: ['af'] },
    { name: 'Hidden', type: 'switch', aliases: ['ah', 'h'] },
    { name: 'ReadOnly', type: 'switch', aliases: ['ar'] },
    { name: 'FollowSymlink', type: 'switch' },
  ],
  start: (call) => ({
    process() {
      const given = pathsOf(call);
      const paths = given.paths.length === 0 ? ['.'] : given.paths;
      for (const path of paths) listPath(call, path, given.isLiteral);
    },
  }),
};

function listPath(call: CmdletCall, path: string, isLiteral: boolean): void {
  const isWanted = childFilter(call);
  const hasWildcard = !isLiteral && WildcardPattern.has(path);
  const recurse = call.isOn('Recurse') || call.has('Depth');
  const most = call.has('Depth') ? Number(call.session.text(call.get('Depth'))) : Number.POSITIVE_INFINITY;
  for (const item of resolveItems(call, path, isLiteral)) {
    if (item.kind === 'item') {
      if (isWanted(item)) show(call, item, item.item.name);
    } else if (item.status.kind === 'file' || (hasWildcard && !recurse)) {
      if (isWanted(item)) show(call, item, posix.basename(item.path));
    } else if (!call.has('Include') || recurse) {
      listFolder(call, item, recurse ? most : 0, '', isWanted);
    }
  }
}

/** A link that leads out of what is granted is an error of its own: the rest of its folder is listed. */
function statusOf(call: CmdletCall, path: string): FileStatus | undefined {
  try {
    return call.session.world.files.stat(path);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    call.writeError(accessError(error, path));
    return undefined;
  }
}

function listFolder(
  call: CmdletCall,
  folder: FoundFile,
  depth: number,
  prefix: string,
  isWanted: (item: Item) => boolean,
): void {
  const { files } = call.session.world;
  const inner: { readonly item: FoundFile; readonly name: string }[] = [];
  const found = files.list(folder.path).flatMap((name) => {
    call.session.budget.step();
    const path = posix.join(folder.path, name);
    const status = statusOf(call, path);
    return status === undefined ? [] : [{ item: { kind: 'file', path, status } as const, name: `${prefix}${name}` }];
  });
  // Folders come before files.
  for (const kind of ['directory', 'file'] as const) {
    for (const { item, name } of found) {
      if (item.status.kind !== kind) continue;
      if (kind === 'directory' && (!item.status.isLink || call.isOn('FollowSymlink'))) inner.push({ item, name });
      if (isWanted(item)) show(call, item, name);
    }
  }
  if (depth <= 0) return;
  for (const { item, name } of inner) listFolder(call, item, depth - 1, `${name}/`, isWanted);
}

function childFilter(call: CmdletCall): (item: Item) => boolean {
  const isNamed = itemFilter(call);
  const onlyFolders = call.isOn('Directory');
  const onlyFiles = call.isOn('File');
  return (item) => {
    if (!isNamed(item)) return false;
    if (item.kind === 'item') return true;
    const isFolder = item.status.kind === 'directory';
    if ((onlyFolders && !isFolder && !onlyFiles) || (onlyFiles && isFolder && !onlyFolders)) return false;
    const isHidden = nameOfItem(item).startsWith('.');
    if (call.isOn('Hidden')) return isHidden;
    if (call.isOn('ReadOnly') && !item.status.readOnly) return false;
    return !isHidden || call.isOn('Force');
  };
}

function show(call: CmdletCall, item: Item, name: string): void {
  if (call.isOn('Name')) call.write(name);
  else writeItem(call, item);
}
