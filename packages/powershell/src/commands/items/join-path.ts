import { findDrive } from '../../runtime/visible-drives.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { driveNotFound, splitDrive } from './paths.ts';
import { resolveItems, shownPath } from './resolve-items.ts';

function child(name: string, more: Partial<CmdletParameter>): CmdletParameter {
  return {
    name,
    type: 'string[]',
    fromPipelineByPropertyName: true,
    allowNull: true,
    allowEmptyString: true,
    allowEmptyCollection: true,
    ...more,
  };
}

export const joinPath: CmdletDescription = {
  name: 'Join-Path',
  typeName: 'Microsoft.PowerShell.Commands.JoinPathCommand',
  module: 'Microsoft.PowerShell.Management',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      aliases: ['PSPath'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    child('ChildPath', { mandatory: true, position: 1 }),
    child('AdditionalChildPath', { position: 2, fromRemainingArguments: true }),
    { name: 'Resolve', type: 'switch' },
  ],
  start: (call) => ({
    process() {
      const first = textsOf(call.get('ChildPath'));
      const children = [...(first.length === 0 ? [''] : first), ...textsOf(call.get('AdditionalChildPath'))];
      for (const path of textsOf(call.get('Path'))) {
        const start = startOf(call, path);
        if (start === undefined) continue;
        const joined = children.reduce(join, start);
        if (!call.isOn('Resolve')) call.write(joined);
        else for (const item of resolveItems(call, joined, false)) call.write(shownPath(item));
      }
    },
  }),
};

/** The path with its drive named as the drive is; `undefined` after the error of one that is not there. */
function startOf(call: CmdletCall, path: string): string | undefined {
  const { drive: name, path: rest } = splitDrive(path);
  if (name === '' || rest.startsWith(':')) return path;
  const drive = findDrive(call.scope, name);
  if (drive !== undefined) return rest === '' ? `${drive.name}:/` : `${drive.name}:${rest}`;
  call.writeError(driveNotFound(name).record);
  return undefined;
}

/** One separator between the two; backslashes become slashes. */
function join(parent: string, added: string): string {
  const start = parent.replaceAll('\\', '/');
  const end = added.replaceAll('\\', '/');
  if (start === '') return end;
  if (end.startsWith('/')) return start.endsWith('/') ? start + end.slice(1) : start + end;
  return start.endsWith('/') ? start + end : `${start}/${end}`;
}
