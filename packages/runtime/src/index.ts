export { type Clock, ManualClock, systemClock } from './clock.ts';
export { pause, withDeadline } from './deadline.ts';
export { armFailPoint, checkArmedFailPoint, defineFailPoints, failPointNames } from './fail-point.ts';
export { type FileContent, syncFolder, type WriteFileOptions, writeFileDurably } from './file/durable.ts';
export { type FolderLock, lockFolder } from './file/folder-lock.ts';
export { systemErrorCode, writeFault } from './file/system-error.ts';
export { type LogFields, type Logger, silentLogger } from './logger.ts';
export { packageAsset, siblingModule } from './module-file.ts';
export { editDistance, nearest, suggestion } from './nearest.ts';
export { type Random, seededRandom, systemRandom } from './random.ts';
export {
  type DurationUnit,
  defineSettings,
  environmentName,
  environmentPrefix,
  optionName,
  type SettingDefinition,
  type Settings,
  type SettingsTable,
  type SettingType,
  type SettingValue,
} from './settings/definition.ts';
export {
  type SettingOption,
  settingOptions,
  settingsHelp,
  settingsJsonSchema,
  settingsMarkdown,
} from './settings/describe.ts';
export { loadSettings, type SettingsSources } from './settings/load.ts';
