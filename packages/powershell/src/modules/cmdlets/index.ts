import type { CmdletDescription } from '../../commands/description.ts';
import { exportModuleMember } from './export-module-member.ts';
import { getModule } from './get-module.ts';
import { importLocalizedData } from './import-localized-data.ts';
import { importModuleCmdlet } from './import-module.ts';
import { importPowerShellDataFile } from './import-power-shell-data-file.ts';
import { newModuleCmdlet } from './new-module.ts';
import { newModuleManifest } from './new-module-manifest.ts';
import { removeModuleCmdlet } from './remove-module.ts';
import { testModuleManifest } from './test-module-manifest.ts';

export const moduleCmdlets: readonly CmdletDescription[] = [
  importModuleCmdlet,
  exportModuleMember,
  newModuleCmdlet,
  getModule,
  removeModuleCmdlet,
  newModuleManifest,
  testModuleManifest,
  importPowerShellDataFile,
  importLocalizedData,
];
