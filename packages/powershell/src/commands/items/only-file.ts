import { WildcardPattern } from '../../operators/wildcard.ts';
import { fileSystem } from '../../types/automation/provider-info.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { placePath, resolveNative } from './paths.ts';
import { glob } from './resolve-items.ts';

/**
 * The native path of the one file that `-Path` of a cmdlet that opens files means (`Import-Csv`, `Out-File`,
 * `Import-PowerShellDataFile` …): wildcards are resolved and must match exactly one file; a plain path need not exist.
 * Ends the cmdlet for a pattern that matches none or several; throws `Thrown` for a drive that is not there or has no files.
 */
export function onlyFile(call: CmdletCall, path: string): string {
  const { session } = call;
  if (!WildcardPattern.has(path)) return resolveNative(session, WildcardPattern.unescape(path));
  const placed = placePath(session, path, 'pattern');
  // Says which provider has no files.
  if (placed.drive.provider !== fileSystem) return resolveNative(session, path);
  const [found, second] = glob(session, placed, true).map((file) => file.path);
  if (second !== undefined) {
    const message =
      'Cannot perform operation because operation "ReportMultipleFilesNotSupported" is not valid. Remove operation "ReportMultipleFilesNotSupported", or investigate why it is not valid.';
    const type = 'System.Management.Automation.PSInvalidOperationException';
    return call.fail(
      cmdletError('ReadWriteMultipleFilesNotSupported', message, { type, category: 'InvalidArgument', target: path }),
    );
  }
  if (found !== undefined) return found;
  const type = 'System.IO.FileNotFoundException';
  return call.fail(
    cmdletError('FileOpenFailure', 'Unable to find the specified file.', { type, category: 'OpenError', target: path }),
  );
}
