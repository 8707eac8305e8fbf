import type { Session } from '../../runtime/session.ts';
import { PathInfo } from '../../types/automation/path-info.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { pathNotFound, resolveItems } from './resolve-items.ts';

const management = 'Microsoft.PowerShell.Management';
const passThru = { name: 'PassThru', type: 'switch' } as const;

/** The locations that `Push-Location` put aside, by folded name of the stack, and those that `Set-Location` left. */
interface Locations {
  readonly stacks: Map<string, string[]>;
  readonly left: string[];
  readonly undone: string[];
}

const locations = new WeakMap<Session, Locations>();

function locationsOf(session: Session): Locations {
  let known = locations.get(session);
  if (known === undefined) {
    known = { stacks: new Map(), left: [], undone: [] };
    locations.set(session, known);
  }
  return known;
}

function stackOf(call: CmdletCall): string[] {
  const [name = 'default'] = textsOf(call.get('StackName'));
  const { stacks } = locationsOf(call.session);
  const known = stacks.get(name.toLowerCase()) ?? [];
  stacks.set(name.toLowerCase(), known);
  return known;
}

/** Goes to a folder; false where it is none, which was written as an error. */
function go(call: CmdletCall, path: string): boolean {
  const [found] = resolveItems(call, path, call.has('LiteralPath'));
  if (found?.kind === 'file' && found.status.kind === 'directory') {
    call.session.location = found.path;
    if (call.isOn('PassThru')) call.write(new PathInfo(found.path));
    return true;
  }
  if (found !== undefined) call.writeError(pathNotFound(path));
  return false;
}

export const getLocation: CmdletDescription = {
  name: 'Get-Location',
  typeName: 'Microsoft.PowerShell.Commands.GetLocationCommand',
  module: management,
  defaultSet: 'Location',
  parameters: [
    { name: 'PSProvider', type: 'string[]', sets: ['Location'], fromPipelineByPropertyName: true },
    { name: 'PSDrive', type: 'string[]', sets: ['Location'], fromPipelineByPropertyName: true },
    { name: 'Stack', type: 'switch', sets: ['Stack'] },
    { name: 'StackName', type: 'string[]', sets: ['Stack'], fromPipelineByPropertyName: true },
  ],
  start: (call) => ({
    process() {
      if (call.parameterSet !== 'Stack') call.write(new PathInfo(call.session.location));
      else for (const path of [...stackOf(call)].reverse()) call.write(new PathInfo(path));
    },
  }),
};

export const setLocation: CmdletDescription = {
  name: 'Set-Location',
  typeName: 'Microsoft.PowerShell.Commands.SetLocationCommand',
  module: management,
  defaultSet: 'Path',
  parameters: [
    { name: 'Path', type: 'string', sets: ['Path'], position: 0, fromPipeline: true, fromPipelineByPropertyName: true },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: ['LiteralPath'],
      mandatory: true,
      fromPipelineByPropertyName: true,
    },
    passThru,
    { name: 'StackName', type: 'string', sets: ['Stack'], fromPipelineByPropertyName: true },
  ],
  start: (call) => ({
    process() {
      const [path = '~'] = textsOf(call.get('LiteralPath') ?? call.get('Path'));
      const { left, undone } = locationsOf(call.session);
      const here = call.session.location;
      if (path === '-' || path === '+') {
        const [from, to] = path === '-' ? [left, undone] : [undone, left];
        const next = from.pop();
        if (next === undefined) {
          const message = `There is no location history left to navigate ${path === '-' ? 'backwards' : 'forwards'}.`;
          call.fail(cmdletError('InvalidOperation', message));
        } else if (go(call, next)) to.push(here);
      } else if (go(call, path)) {
        left.push(here);
        undone.length = 0;
      }
    },
  }),
};

export const pushLocation: CmdletDescription = {
  name: 'Push-Location',
  typeName: 'Microsoft.PowerShell.Commands.PushLocationCommand',
  module: management,
  defaultSet: 'Path',
  parameters: [
    { name: 'Path', type: 'string', sets: ['Path'], position: 0, fromPipeline: true, fromPipelineByPropertyName: true },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: ['LiteralPath'],
      fromPipelineByPropertyName: true,
    },
    passThru,
    { name: 'StackName', type: 'string', fromPipelineByPropertyName: true },
  ],
  start: (call) => ({
    process() {
      const [path] = textsOf(call.get('LiteralPath') ?? call.get('Path'));
      const here = call.session.location;
      if (path === undefined || go(call, path)) stackOf(call).push(here);
    },
  }),
};

export const popLocation: CmdletDescription = {
  name: 'Pop-Location',
  typeName: 'Microsoft.PowerShell.Commands.PopLocationCommand',
  module: management,
  parameters: [passThru, { name: 'StackName', type: 'string', fromPipelineByPropertyName: true }],
  start: (call) => ({
    process() {
      const path = stackOf(call).pop();
      if (path !== undefined) go(call, path);
    },
  }),
};
