import { siblingModule } from '@joinery/runtime/module-file';

/** The entry of the process in which connector scripts run: the option `program` of the engine. */
export const connectorProgram: URL = siblingModule(import.meta.url, './script-process/main');

/** Settings of the engine that the static members of the object model answer with: absolute paths. */
export interface ConnectorFolders {
  /** `[MAUtils]::MAFolder` */
  readonly MAFolder: string;
  /** `[Utils]::ExtensionsDirectory` */
  readonly ExtensionsDirectory: string;
  /** `[Utils]::WorkingDirectory` */
  readonly WorkingDirectory: string;
}

export {
  attributeValue,
  entriesValue,
  readEntries,
  type ScriptChange,
  type ScriptEntry,
} from './hand-over/entries.ts';
export { type PasswordEntry, passwordEntryValue, passwordOptionsValue } from './hand-over/password.ts';
export {
  readCustomData,
  readExportResults,
  readHierarchyNodes,
  readImportPage,
  readPartitions,
  readValidation,
  type ScriptPage,
  type ScriptResult,
  type ScriptValidation,
} from './hand-over/results.ts';
export { readSchema, schemaValue } from './hand-over/schema.ts';
export {
  closeExportStep,
  closeImportStep,
  configParameterPage,
  configParametersValue,
  getImportEntriesStep,
  hierarchyNodeValue,
  openExportStep,
  openImportStep,
  partitionValue,
  type ScriptParameter,
} from './hand-over/steps.ts';
