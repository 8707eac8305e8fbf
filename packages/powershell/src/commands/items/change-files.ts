import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import type { DriveInfo } from '../../types/automation/drive-info.ts';
import { FileItem } from '../../types/io/file-item.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletParameter } from '../description.ts';

export const management = 'Microsoft.PowerShell.Management';
export const passThru: CmdletParameter = { name: 'PassThru', type: 'switch' };

/** The ids of errors that a cmdlet has for what the system refuses. */
export interface FailureIds {
  readonly denied: string;
  readonly other: string;
}

/** Runs a change of files; what the system refuses is an error of the call that does not end it. */
export function attempt(call: CmdletCall, { denied, other }: FailureIds, path: string, change: () => void): boolean {
  try {
    change();
    return true;
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const { exception } = error;
    const isDenied = exception.type.name === 'System.UnauthorizedAccessException';
    const [id, category] = isDenied ? ([denied, 'PermissionDenied'] as const) : ([other, 'WriteError'] as const);
    call.writeError(new ErrorRecord(exception, id, category, path));
    return false;
  }
}

/** Writes what is at a path now. */
export function writeFile(call: CmdletCall, path: string, drive: DriveInfo): void {
  const status = call.session.world.files.stat(path);
  if (status !== undefined) call.write(new FileItem(path, status, { drive }));
}

export function notSupported(
  call: CmdletCall,
  message = 'Provider operation stopped because the provider does not support this operation.',
): never {
  const type = 'System.Management.Automation.PSNotSupportedException';
  return call.fail(cmdletError('NotSupported', message, { type, category: 'NotImplemented' }));
}
