import { posix } from 'node:path';
import { cmdletError } from '../../commands/cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../../commands/description.ts';
import { resolveNative } from '../../commands/items/paths.ts';
import { textsOf } from '../../commands/items-of.ts';
import type { ErrorCategory } from '../../errors/category.ts';
import { ModuleInfo } from '../../runtime/module-info.ts';
import { describeUnloaded } from '../available-modules.ts';
import { compareVersions, type Manifest, ManifestProblem, moduleNameOf, readManifest } from '../manifest.ts';
import { findModuleFile } from '../module-path.ts';

export const testModuleManifest: CmdletDescription = {
  name: 'Test-ModuleManifest',
  typeName: 'Microsoft.PowerShell.Commands.TestModuleManifestCommand',
  module: 'Microsoft.PowerShell.Core',
  parameters: [
    {
      name: 'Path',
      type: 'string',
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
  ],
  start: (call) => ({
    process() {
      const [path = ''] = textsOf(call.get('Path'));
      testManifest(call, path);
    },
  }),
};

function testManifest(call: CmdletCall, path: string): void {
  const { session } = call;
  const native = resolveNative(session, path);
  const write = (id: string, type: string, category: ErrorCategory, message: string): void =>
    call.writeError(cmdletError(id, message, { type, category, target: native }));
  if (session.world.files.stat(native)?.kind !== 'file') {
    const message = `The specified module '${path}' was not loaded because no valid module file was found in any module directory.`;
    write('Modules_ModuleNotFound', 'System.IO.FileNotFoundException', 'ResourceUnavailable', message);
    return;
  }
  if (posix.extname(native).toLowerCase() !== '.psd1') {
    const message = `The module manifest path '${native}' is not valid. The value of the Path argument must resolve to a single file that has a '.psd1' extension. Change the value of the Path argument to point to a valid psd1 file, and then try again.`;
    write('Modules_InvalidModuleManifestPath', 'System.InvalidOperationException', 'InvalidArgument', message);
    return;
  }
  let manifest: Manifest;
  try {
    manifest = readManifest(session, native, call.streams);
  } catch (error) {
    if (!(error instanceof ManifestProblem)) throw error;
    call.writeError(error.record);
    // One that could be read at all is still described.
    const isRead = !/elements that are not permitted|did not result in a valid/.test(error.record.exception.message);
    if (isRead) call.write(new ModuleInfo(moduleNameOf(native), native, posix.dirname(native)));
    return;
  }
  checkFiles(session, manifest, native, write);
  call.write(describeUnloaded(session, native, manifest));
}

/** The files that a manifest names are there. */
function checkFiles(
  session: CmdletCall['session'],
  manifest: Manifest,
  native: string,
  write: (id: string, type: string, category: ErrorCategory, message: string) => void,
): void {
  const editions = manifest.list('CompatiblePSEditions') ?? [];
  if (editions.length > 0 && compareVersions(manifest.texts('PowerShellVersion') || '0', '5.1') < 0) {
    const message = `The module manifest '${native}' is specified with the CompatiblePSEditions key which is supported only on PowerShell version '5.1' or higher. Update the value of the PowerShellVersion key to '5.1' or higher, and try again.`;
    write('Modules_InvalidPowerShellVersionInModuleManifest', 'System.ArgumentException', 'InvalidArgument', message);
  }
  const base = posix.dirname(native);
  const root = manifest.rootModule;
  if (root !== undefined && findModuleFile(session, root, base) === undefined) {
    const message = `The module manifest '${root}' could not be processed because it is not a valid PowerShell module manifest file. Remove the elements that are not permitted: ${native}`;
    write('Modules_InvalidRootModuleInModuleManifest', 'System.ArgumentException', 'InvalidArgument', message);
  }
  const missing = (id: string, field: string, name: string): void =>
    write(
      id,
      'System.IO.DirectoryNotFoundException',
      'ObjectNotFound',
      `The specified ${field} entry '${name}' in the module manifest '${native}' is invalid. Try again after updating this entry with valid values.`,
    );
  for (const { name } of manifest.nestedModules) {
    if (findModuleFile(session, name, base) === undefined)
      missing('Modules_InvalidNestedModuleinModuleManifest', 'NestedModule', name);
  }
  for (const name of manifest.list('FileList') ?? []) {
    if (session.world.files.stat(posix.resolve(base, name)) === undefined)
      missing('Modules_InvalidFilePathinModuleManifest', 'FileList', name);
  }
}
