import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { Scope } from '../../runtime/scope.ts';
import { visibleDrives } from '../../runtime/visible-drives.ts';
import { DriveInfo } from '../../types/automation/drive-info.ts';
import { fileSystem, findProvider, providers } from '../../types/automation/provider-info.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { scopeNamed } from '../variables/variable-access.ts';
import { driveNotFound, providerNotFound, resolveNative } from './paths.ts';

const management = 'Microsoft.PowerShell.Management';
const scopeParameter: CmdletParameter = { name: 'Scope', type: 'string', fromPipelineByPropertyName: true };

export const newPSDrive: CmdletDescription = {
  name: 'New-PSDrive',
  typeName: 'Microsoft.PowerShell.Commands.NewPSDriveCommand',
  module: management,
  supportsShouldProcess: true,
  parameters: [
    { name: 'Name', type: 'string', mandatory: true, position: 0, fromPipelineByPropertyName: true },
    { name: 'PSProvider', type: 'string', mandatory: true, position: 1, fromPipelineByPropertyName: true },
    {
      name: 'Root',
      type: 'string',
      mandatory: true,
      position: 2,
      fromPipelineByPropertyName: true,
      allowEmptyString: true,
    },
    { name: 'Description', type: 'string', fromPipelineByPropertyName: true },
    scopeParameter,
    {
      name: 'Persist',
      type: 'switch',
      coverage: { state: 'approximated', why: 'drives live as long as the run: the switch is without effect' },
    },
  ],
  leftOut: { Credential: 'shares of the network are not mounted: grant a folder instead' },
  start: (call) => ({
    process() {
      const text = (parameter: string) => textsOf(call.get(parameter))[0] ?? '';
      const [name, providerName, root] = [text('Name'), text('PSProvider'), text('Root')];
      const provider = findProvider(providerName);
      if (provider === undefined) {
        call.writeError(providerNotFound(providerName).record);
        return;
      }
      const scope = call.has('Scope') ? scopeNamed(call) : call.scope;
      if (!call.shouldProcess(`Name: ${name} Provider: ${provider.fullName} Root: ${root}`, 'New drive')) return;
      if (/[;~/\\.:]/.test(name) || name === '') {
        const message =
          'Cannot process the drive name because the drive name contains one or more of the following characters that are not valid: ; ~ / \\ . :';
        call.writeError(argumentError('Argument', message, 'name'));
        return;
      }
      const native = provider === fileSystem ? rootFolder(call, root) : root;
      if (native === undefined) return;
      const drive = new DriveInfo(name, provider, native, text('Description'));
      if (addDrive(call, scope, drive)) call.write(drive);
    },
  }),
};

/** The folder that a drive is to begin at; `undefined` after the error of one that is none. */
function rootFolder(call: CmdletCall, root: string): string | undefined {
  const { session } = call;
  try {
    const native = resolveNative(session, root);
    const status = session.world.files.stat(native);
    if (status?.kind === 'directory') return native;
    const message = `The specified drive root "${status === undefined ? root : native}" either does not exist, or it is not a folder.`;
    const type = 'System.IO.IOException';
    call.writeError(cmdletError('DriveRootError', message, { type, category: 'ReadError', target: root }));
  } catch (error) {
    if (error instanceof Thrown) call.writeError(error.record);
    else if (error instanceof NetFailure) {
      const { message } = error.exception;
      const type = error.exception.type.name;
      call.writeError(cmdletError('DriveRootError', message, { type, category: 'PermissionDenied', target: root }));
    } else throw error;
  }
  return undefined;
}

function addDrive(call: CmdletCall, scope: Scope, drive: DriveInfo): boolean {
  const folded = drive.name.toLowerCase();
  scope.drives ??= new Map();
  if (!scope.drives.has(folded)) {
    scope.drives.set(folded, drive);
    return true;
  }
  const message = `A drive with the name '${drive.name}' already exists.`;
  const type = 'System.Management.Automation.SessionStateException';
  call.writeError(cmdletError('DriveAlreadyExists', message, { type, category: 'ResourceExists', target: drive.name }));
  return false;
}

/** The drives of a name that `-Scope` leaves in question. */
function drivesInQuestion(call: CmdletCall): readonly DriveInfo[] {
  if (!call.has('Scope')) return visibleDrives(call.scope);
  return [...(scopeNamed(call).drives?.values() ?? [])];
}

/** The drives that a name or pattern means; the error of a name that is none's is written. */
export function drivesMatching(call: CmdletCall, name: string, isLiteral = false): readonly DriveInfo[] {
  const isPattern = !isLiteral && WildcardPattern.has(name);
  const pattern = isPattern ? new WildcardPattern(name) : undefined;
  const folded = name.toLowerCase();
  const found = drivesInQuestion(call).filter((drive) =>
    pattern === undefined ? drive.name.toLowerCase() === folded : pattern.matches(drive.name),
  );
  if (found.length === 0 && !isPattern) {
    const message = `Cannot find drive. A drive with the name '${name}' does not exist.`;
    const type = 'System.Management.Automation.DriveNotFoundException';
    call.writeError(
      cmdletError('GetLocationNoMatchingDrive', message, { type, category: 'ObjectNotFound', target: name }),
    );
  }
  return found;
}

const nameSets: readonly CmdletParameter[] = [
  { name: 'Name', type: 'string[]', sets: ['Name'], position: 0, fromPipelineByPropertyName: true },
  { name: 'LiteralName', type: 'string[]', sets: ['LiteralName'], mandatory: true, position: 0 },
];

export const getPSDrive: CmdletDescription = {
  name: 'Get-PSDrive',
  typeName: 'Microsoft.PowerShell.Commands.GetPSDriveCommand',
  module: management,
  defaultSet: 'Name',
  parameters: [...nameSets, scopeParameter, { name: 'PSProvider', type: 'string[]', fromPipelineByPropertyName: true }],
  start: (call) => ({
    process() {
      const isLiteral = call.has('LiteralName');
      const given = textsOf(call.get(isLiteral ? 'LiteralName' : 'Name'));
      const names = given.length === 0 ? ['*'] : given;
      const wanted = textsOf(call.get('PSProvider'));
      for (const name of wanted) {
        if (findProvider(name) !== undefined) continue;
        const { record } = providerNotFound(name);
        const type = record.exception.type.name;
        const message = record.exception.message;
        call.writeError(
          cmdletError('GetLocationNoMatchingDrive', message, { type, category: 'ObjectNotFound', target: name }),
        );
      }
      const kinds = new Set(wanted.map(findProvider));
      for (const name of names) {
        for (const drive of drivesMatching(call, name, isLiteral)) {
          if (wanted.length === 0 || kinds.has(drive.provider)) call.write(drive);
        }
      }
    },
  }),
};

export const removePSDrive: CmdletDescription = {
  name: 'Remove-PSDrive',
  typeName: 'Microsoft.PowerShell.Commands.RemovePSDriveCommand',
  module: management,
  defaultSet: 'Name',
  supportsShouldProcess: true,
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      sets: ['Name'],
      mandatory: true,
      position: 0,
      fromPipelineByPropertyName: true,
      allowNull: true,
    },
    {
      name: 'LiteralName',
      type: 'string[]',
      sets: ['LiteralName'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'PSProvider', type: 'string[]', fromPipelineByPropertyName: true },
    scopeParameter,
    { name: 'Force', type: 'switch' },
  ],
  start: (call) => ({
    process() {
      const kinds = textsOf(call.get('PSProvider')).map(findProvider);
      for (const name of textsOf(call.get('LiteralName') ?? call.get('Name'))) {
        const drive = drivesInQuestion(call).find((one) => one.name.toLowerCase() === name.toLowerCase());
        if (drive === undefined || (kinds.length > 0 && !kinds.includes(drive.provider))) {
          call.writeError(driveNotFound(name).record);
        } else remove(call, drive);
      }
    },
  }),
};

function remove(call: CmdletCall, drive: DriveInfo): void {
  const { session } = call;
  if (
    !call.shouldProcess(`Name: ${drive.name} Provider: ${drive.provider.fullName} Root: ${drive.root}`, 'Remove Drive')
  )
    return;
  const isCurrent = session.drive === drive || session.fileDrive === drive;
  if (isCurrent && !call.isOn('Force')) {
    const message = `Cannot remove drive '${drive.name}' because it is in use.`;
    const type = 'System.Management.Automation.PSInvalidOperationException';
    call.writeError(cmdletError('InvalidOperation', message, { type, target: drive.name }));
    return;
  }
  const folded = drive.name.toLowerCase();
  for (let scope: Scope | undefined = call.scope; scope !== undefined; scope = scope.parent) {
    if (scope.drives?.get(folded) === drive) scope.drives.delete(folded);
  }
}

export const getPSProvider: CmdletDescription = {
  name: 'Get-PSProvider',
  typeName: 'Microsoft.PowerShell.Commands.GetPSProviderCommand',
  module: management,
  parameters: [
    { name: 'PSProvider', type: 'string[]', position: 0, fromPipeline: true, fromPipelineByPropertyName: true },
  ],
  start: (call) => ({
    process() {
      const names = call.has('PSProvider') ? textsOf(call.get('PSProvider')) : ['*'];
      for (const name of names) {
        const pattern = new WildcardPattern(name);
        const found = providers.filter((one) => pattern.matches(one.name) || findProvider(name) === one);
        for (const provider of found) call.write(provider);
        if (found.length === 0 && !WildcardPattern.has(name)) call.writeError(providerNotFound(name).record);
      }
    },
  }),
};
