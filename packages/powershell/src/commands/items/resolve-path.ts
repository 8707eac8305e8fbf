import { posix } from 'node:path';
import { PathInfo } from '../../types/automation/path-info.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { force, pathParameters } from './path-parameters.ts';
import { nativeOf, placePath, splitDrive } from './paths.ts';
import { type Item, pathNotFound, pathsOf, resolveItems, shownPath } from './resolve-items.ts';

/** What `Resolve-Path` gives for an item. */
export function pathInfoOf(item: Item): PathInfo {
  return new PathInfo(item.drive, shownPath(item), item.kind === 'file' ? item.path : item.item.name);
}

const basePath: CmdletParameter = { name: 'RelativeBasePath', type: 'string', fromPipelineByPropertyName: true };

export const resolvePath: CmdletDescription = {
  name: 'Resolve-Path',
  typeName: 'Microsoft.PowerShell.Commands.ResolvePathCommand',
  module: 'Microsoft.PowerShell.Management',
  defaultSet: 'Path',
  parameters: [...pathParameters(), { name: 'Relative', type: 'switch' }, basePath, force],
  start: (call) => ({
    process() {
      const base = baseOf(call);
      if (base === undefined) return;
      const { paths, isLiteral } = pathsOf(call);
      for (const path of paths) {
        const isRelative = call.has('RelativeBasePath') && splitDrive(path).drive === '' && !/^[/\\~]/.test(path);
        const full = isRelative ? posix.join(base, path.replaceAll('\\', '/')) : path;
        for (const item of resolveItems(call, full, isLiteral)) {
          if (item.kind === 'file' && call.isOn('Relative')) call.write(relativeTo(base, item.path));
          else call.write(pathInfoOf(item));
        }
      }
    },
  }),
};

/** The folder that relative paths begin at; `undefined` after the error of one that is not there. */
function baseOf(call: CmdletCall): string | undefined {
  const { session } = call;
  const [given] = textsOf(call.get('RelativeBasePath'));
  if (given === undefined) return session.location;
  const native = nativeOf(placePath(session, given));
  if (session.world.files.stat(native) !== undefined) return native;
  call.writeError(pathNotFound(native));
  return undefined;
}

/** A path that leads upwards ends with the name of what it leads to. */
function relativeTo(from: string, path: string): string {
  const relative = posix.relative(from, path);
  if (!/^(\.\.(\/|$))*$/.test(relative)) return relative.startsWith('..') ? relative : `./${relative}`;
  return posix.join(relative, '..', posix.basename(path));
}

export const convertPath: CmdletDescription = {
  name: 'Convert-Path',
  typeName: 'Microsoft.PowerShell.Commands.ConvertPathCommand',
  module: 'Microsoft.PowerShell.Management',
  defaultSet: 'Path',
  parameters: [...pathParameters(), force],
  start: (call) => ({
    process() {
      const { paths, isLiteral } = pathsOf(call);
      for (const item of paths.flatMap((path) => resolveItems(call, path, isLiteral))) {
        call.write(item.kind === 'file' ? item.path : item.item.name);
      }
    },
  }),
};
