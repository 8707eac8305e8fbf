import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { Session } from '../../runtime/session.ts';
import { visibleDrives } from '../../runtime/visible-drives.ts';
import type { DriveInfo } from '../../types/automation/drive-info.ts';
import { locationOf, PathInfo } from '../../types/automation/path-info.ts';
import { fileSystem, findProvider } from '../../types/automation/provider-info.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { drivesMatching } from './drive-cmdlets.ts';
import { itemName, nativeOf, type PlacedPath, placePath, providerNotFound } from './paths.ts';
import { accessError, glob, pathNotFound, unescaped } from './resolve-items.ts';

const management = 'Microsoft.PowerShell.Management';
const passThru = { name: 'PassThru', type: 'switch' } as const;

/** A location: a drive, and where in it. */
interface Place {
  readonly drive: DriveInfo;
  readonly at: string;
}

/** The locations that `Push-Location` put aside, by folded name of the stack, and those that `Set-Location` left. */
interface Locations {
  readonly stacks: Map<string, Place[]>;
  readonly left: Place[];
  readonly undone: Place[];
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

function stackName(call: CmdletCall): string {
  const [name = ''] = textsOf(call.get('StackName'));
  return name === '' ? 'default' : name.toLowerCase();
}

function here({ drive }: Session): Place {
  return { drive, at: drive.at };
}

function goTo(call: CmdletCall, { drive, at }: Place): void {
  const { session } = call;
  drive.at = at;
  session.drive = drive;
  if (call.isOn('PassThru')) call.write(locationOf(drive));
}

/** Goes to a folder or a drive; false where it is none, which was written as an error. */
function go(call: CmdletCall, path: string): boolean {
  try {
    const place = placeOf(call, path);
    if (place !== undefined) goTo(call, place);
    return place !== undefined;
  } catch (error) {
    if (error instanceof NetFailure) call.writeError(accessError(error, path));
    else if (error instanceof Thrown) call.writeError(error.record);
    else throw error;
    return false;
  }
}

function placeOf(call: CmdletCall, path: string): Place | undefined {
  const { session } = call;
  const isLiteral = call.has('LiteralPath');
  const isPattern = !isLiteral && WildcardPattern.has(path);
  const placed = placePath(session, path, isPattern ? 'pattern' : 'literal');
  if (placed.drive.provider !== fileSystem) {
    if (itemName(placed) === '') return { drive: placed.drive, at: '' };
    call.writeError(pathNotFound(path));
    return undefined;
  }
  if (isPattern) return onlyFolder(call, placed, path);
  const plain = isLiteral ? placed : unescaped(placed);
  const status = session.world.files.stat(nativeOf(plain));
  if (status?.kind === 'directory') return { drive: plain.drive, at: within(plain.inside) };
  const isShownWhole = status === undefined && !isLiteral;
  call.writeError(pathNotFound(isShownWhole ? plain.drive.showNative(nativeOf(plain)) : path));
  return undefined;
}

function onlyFolder(call: CmdletCall, placed: PlacedPath, path: string): Place | undefined {
  const folders = glob(call.session, placed, true).filter(({ status }) => status.kind === 'directory');
  const [folder, second] = folders;
  if (second !== undefined) {
    const message = `Cannot set the location because path '${path}' resolved to multiple containers. You can only set the location to a single container at a time.`;
    return call.fail(argumentError('Argument', message, 'path'));
  }
  if (folder === undefined) {
    call.writeError(pathNotFound(path));
    return undefined;
  }
  const { drive } = placed;
  return { drive, at: within(folder.path.slice(drive.root.length)) };
}

function within(inside: string): string {
  return inside.replace(/^\/+|\/+$/g, '');
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
      const { session, scope } = call;
      if (call.parameterSet === 'Stack') {
        const names = call.has('StackName') ? textsOf(call.get('StackName')) : ['default'];
        for (const name of names) writeStack(call, name);
      } else if (call.has('PSDrive')) {
        for (const name of textsOf(call.get('PSDrive'))) {
          const drives = drivesMatching(call, name);
          for (const drive of drives) call.write(locationOf(drive));
        }
      } else if (call.has('PSProvider')) {
        for (const name of textsOf(call.get('PSProvider'))) {
          const provider = findProvider(name);
          if (provider === undefined) call.writeError(providerNotFound(name).record);
          const drive =
            provider === fileSystem ? session.fileDrive : visibleDrives(scope).find((one) => one.provider === provider);
          if (drive !== undefined) call.write(locationOf(drive));
        }
      } else call.write(locationOf(session.drive));
    },
  }),
};

function writeStack(call: CmdletCall, name: string): void {
  const stack = locationsOf(call.session).stacks.get(name.toLowerCase());
  if (stack === undefined && name !== 'default') {
    const message =
      'Cannot process argument because the value of argument "stackName" is not valid. Change the value of the "stackName" argument and run the operation again.';
    call.fail(argumentError('Argument', message, 'stackName'));
    return;
  }
  for (const { drive, at } of [...(stack ?? [])].reverse()) {
    call.write(new PathInfo(drive, drive.show(`/${at}`), drive.provider === fileSystem ? `${drive.root}/${at}` : at));
  }
}

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
      const from = here(call.session);
      if (path === '-' || path === '+') {
        const [places, back] = path === '-' ? [left, undone] : [undone, left];
        const next = places.pop();
        if (next === undefined) {
          const message = `There is no location history left to navigate ${path === '-' ? 'backwards' : 'forwards'}.`;
          call.fail(cmdletError('System.InvalidOperationException', message, { category: 'NotSpecified' }));
          return;
        }
        back.push(from);
        goTo(call, next);
      } else if (go(call, path)) {
        left.push(from);
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
      const from = here(call.session);
      if (path !== undefined && !go(call, path)) return;
      const { stacks } = locationsOf(call.session);
      const name = stackName(call);
      const stack = stacks.get(name) ?? [];
      stack.push(from);
      stacks.set(name, stack);
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
      const { stacks } = locationsOf(call.session);
      const name = stackName(call);
      const stack = stacks.get(name);
      const place = stack?.pop();
      if (stack?.length === 0) stacks.delete(name);
      if (place !== undefined) goTo(call, place);
      else if (name !== 'default') {
        const message = `Cannot find location stack '${name}'. It does not exist or it is not a container.`;
        call.fail(argumentError('Argument', message, 'stackName'));
      }
    },
  }),
};
