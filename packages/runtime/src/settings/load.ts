import { dirname, resolve } from 'node:path';
import { type Problem, problem } from '@joinery/problems';
import { suggestion } from '../nearest.ts';
import {
  environmentName,
  environmentPrefix,
  optionName,
  type SettingDefinition,
  type Settings,
  type SettingsTable,
} from './definition.ts';
import { readSettingsFile } from './file.ts';
import { describeType, type LoadedValue, type RawValue, readValue } from './value.ts';

export interface SettingsSources {
  /** A YAML file of names and values. */
  readonly file?: string;
  /** True where a file that does not exist means "all defaults"; a file that a person named must exist. */
  readonly fileMayBeMissing?: boolean;
  /** Usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** From the command line, by setting name (`logLevel`), as text or already typed; `undefined` counts as not given. */
  readonly overrides?: Readonly<Record<string, RawValue | undefined>>;
  /** What relative paths outside the file are relative to. Default: the working directory. */
  readonly workingDirectory?: string;
}

/**
 * Loads a table's settings; command line before environment before file before default.
 * A name that the table does not have is refused wherever it stands, so that a slip never silently means "default".
 *
 * @throws RUNTIME_SETTING_UNKNOWN (with the nearest name), RUNTIME_SETTING_INVALID, RUNTIME_SETTING_MISSING,
 * RUNTIME_SETTINGS_UNREADABLE, RUNTIME_SETTINGS_NEWER; each with its place: `file:line:column`, the environment name or the option.
 * No error quotes the value of a secret.
 */
export function loadSettings<T extends SettingsTable>(table: T, sources: SettingsSources): Settings<T> {
  const workingDirectory = sources.workingDirectory ?? process.cwd();
  const loaded = new Map<string, LoadedValue>();
  // From the weakest source to the strongest; a stronger one replaces what it names.
  for (const definition of table.definitions) {
    if (definition.default === undefined) continue;
    // A default path is relative as a path on the command line is.
    loaded.set(
      definition.name,
      definition.type === 'path' && typeof definition.default === 'string'
        ? resolve(workingDirectory, definition.default)
        : definition.default,
    );
  }
  loadFile(table, sources, loaded);
  loadEnvironment(table, sources.env, workingDirectory, loaded);
  loadOverrides(table, sources.overrides ?? {}, workingDirectory, loaded);
  for (const { name } of table.definitions) {
    if (loaded.has(name)) continue;
    throw problem('RUNTIME_SETTING_MISSING', `The setting "${name}" is not set and has no default.`, {
      ...(sources.file === undefined ? {} : { place: sources.file }),
      fix: `Set ${name} in the settings file, or ${environmentName(table, name)} in the environment.`,
    });
  }
  const settings: unknown = Object.freeze(Object.fromEntries(loaded));
  if (isLoaded(table, settings)) return settings;
  throw problem('RUNTIME_INTERNAL', 'The settings table contradicts its own defaults.');
}

function loadFile(table: SettingsTable, sources: SettingsSources, loaded: Map<string, LoadedValue>): void {
  if (sources.file === undefined) return;
  const folder = dirname(resolve(sources.workingDirectory ?? process.cwd(), sources.file));
  for (const { name, raw, namePlace, valuePlace } of readSettingsFile(
    sources.file,
    sources.fileMayBeMissing ?? false,
  )) {
    if (name === 'version') {
      checkVersion(table, raw, valuePlace);
      continue;
    }
    const definition = table.definitions.find((other) => other.name === name);
    if (definition === undefined) throw unknownName(name, namesOf(table), namePlace);
    if (raw === undefined) throw invalidValue(definition, undefined, valuePlace);
    loaded.set(name, valueFor(definition, raw, folder, valuePlace));
  }
}

function loadEnvironment(
  table: SettingsTable,
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
  loaded: Map<string, LoadedValue>,
): void {
  const byEnvironmentName = new Map(
    table.definitions.map((definition) => [environmentName(table, definition.name), definition]),
  );
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith(environmentPrefix(table)) || byEnvironmentName.has(variable)) continue;
    throw unknownName(variable, byEnvironmentName.keys(), variable);
  }
  for (const [derived, definition] of byEnvironmentName) {
    for (const variable of [derived, definition.environmentAlias]) {
      const text = variable === undefined ? undefined : env[variable];
      // An empty variable is how shells and unit files unset one.
      if (variable === undefined || text === undefined || text === '') continue;
      loaded.set(definition.name, valueFor(definition, text, folder, variable));
      break;
    }
  }
}

function loadOverrides(
  table: SettingsTable,
  overrides: Readonly<Record<string, RawValue | undefined>>,
  folder: string,
  loaded: Map<string, LoadedValue>,
): void {
  for (const [name, raw] of Object.entries(overrides)) {
    if (raw === undefined) continue;
    const definition = table.definitions.find((other) => other.name === name);
    if (definition === undefined) throw unknownName(name, namesOf(table), optionName(name));
    loaded.set(name, valueFor(definition, raw, folder, optionName(name)));
  }
}

function valueFor(definition: SettingDefinition, raw: RawValue, folder: string, place: string): LoadedValue {
  const result = readValue(definition, raw, folder);
  if ('expected' in result) throw invalidValue(definition, raw, place);
  return result.value;
}

function invalidValue(definition: SettingDefinition, raw: RawValue | undefined, place: string): Problem {
  const shown = definition.secret === true || raw === undefined ? '' : `, not ${JSON.stringify(raw)}`;
  return problem(
    'RUNTIME_SETTING_INVALID',
    `The setting "${definition.name}" takes ${describeType(definition)}${shown}.`,
    { place },
  );
}

function unknownName(name: string, candidates: Iterable<string>, place: string): Problem {
  return problem('RUNTIME_SETTING_UNKNOWN', `There is no setting "${name}".${suggestion(name, candidates)}`, { place });
}

function checkVersion(table: SettingsTable, raw: RawValue | undefined, place: string): void {
  if (typeof raw !== 'number' || !Number.isSafeInteger(raw) || raw < 1) {
    throw problem('RUNTIME_SETTING_INVALID', 'The version of a settings file is a whole number from 1.', { place });
  }
  if (raw > table.version) {
    throw problem('RUNTIME_SETTINGS_NEWER', `The file has version ${raw}; this program reads up to ${table.version}.`, {
      place,
    });
  }
}

function namesOf(table: SettingsTable): string[] {
  return table.definitions.map(({ name }) => name);
}

/** Proves for each definition that its property is there and has the type its declaration says; this is what the static type rests on. */
function isLoaded<T extends SettingsTable>(table: T, settings: unknown): settings is Settings<T> {
  if (typeof settings !== 'object' || settings === null) return false;
  const values = new Map<string, unknown>(Object.entries(settings));
  return table.definitions.every((definition) => isValueOf(definition, values.get(definition.name)));
}

function isValueOf(definition: SettingDefinition, value: unknown): boolean {
  if (value === null) return definition.default === null;
  switch (definition.type) {
    case 'string':
    case 'path':
      return typeof value === 'string';
    case 'choice':
      return typeof value === 'string' && definition.choices.includes(value);
    case 'integer':
    case 'duration':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
  }
}
