import { environmentName, optionName, type SettingDefinition, type SettingsTable } from './definition.ts';
import { describeType } from './value.ts';

/** One command-line option, as the command-line parser wants it. */
export interface SettingOption {
  /** The property to set in `overrides`. */
  readonly name: string;
  /** `--log-level <choice>` */
  readonly flags: string;
  readonly description: string;
}

/** The options of a table. Secrets have none: process arguments are readable by every account of the machine. */
export function settingOptions(table: SettingsTable): readonly SettingOption[] {
  return table.definitions
    .filter(({ secret }) => secret !== true)
    .map((definition) => ({
      name: definition.name,
      flags: `${optionName(definition.name)} <${definition.type}>`,
      description: `${definition.sentence} (${defaultWords(definition)}; ${environmentName(table, definition.name)})`,
    }));
}

/** `--help` lines: the flags in one column, the sentence in the next. */
export function settingsHelp(table: SettingsTable): readonly string[] {
  const options = settingOptions(table);
  const width = Math.max(0, ...options.map(({ flags }) => flags.length));
  return options.map(({ flags, description }) => `  ${flags.padEnd(width)}  ${description}`);
}

/** JSON Schema (2020-12) of the settings file, for editors. */
export function settingsJsonSchema(table: SettingsTable): Readonly<Record<string, unknown>> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Joinery ${table.area} settings`,
    type: 'object',
    additionalProperties: false,
    properties: {
      version: { type: 'integer', minimum: 1, maximum: table.version, description: 'The version of this file’s form.' },
      ...Object.fromEntries(table.definitions.map((definition) => [definition.name, jsonSchemaOf(definition)])),
    },
  };
}

function jsonSchemaOf(definition: SettingDefinition): Readonly<Record<string, unknown>> {
  const known = {
    description: definition.sentence,
    ...(definition.default === undefined || definition.secret === true ? {} : { default: definition.default }),
    ...(definition.secret === true ? { writeOnly: true } : {}),
  };
  const orNull = (type: string): unknown => (definition.default === null ? [type, 'null'] : type);
  switch (definition.type) {
    case 'string':
    case 'path':
      return { type: orNull('string'), ...known };
    case 'boolean':
      return { type: orNull('boolean'), ...known };
    case 'choice':
      return { enum: definition.default === null ? [...definition.choices, null] : definition.choices, ...known };
    case 'list':
      return { type: orNull('array'), items: { type: 'string' }, ...known };
    case 'integer':
      return { type: orNull('integer'), ...bounds(definition), ...known };
    case 'duration':
      return {
        anyOf: [
          { type: orNull('integer'), ...bounds({ minimum: 0, ...definition }) },
          { type: 'string', pattern: '^[0-9]+ *(ms|s|min|m|h|d)$' },
        ],
        ...known,
      };
  }
}

function bounds({ minimum, maximum }: { minimum?: number; maximum?: number }): Readonly<Record<string, number>> {
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}

/** The table's chapter of the docs page: one heading and one row per setting. */
export function settingsMarkdown(table: SettingsTable): string {
  const rows = table.definitions.map((definition) => {
    const notes = [
      definition.sentence,
      ...(definition.recommendation === undefined ? [] : [definition.recommendation]),
      ...(definition.secret === true ? ['Secret: never printed, and there is no option for it.'] : []),
      ...(definition.restart ? ['Takes effect at the next start.'] : []),
    ].join(' ');
    const environment = [environmentName(table, definition.name), definition.environmentAlias]
      .filter((name) => name !== undefined)
      .map((name) => `\`${name}\``)
      .join(' or ');
    const cells = [`\`${definition.name}\``, describeType(definition), defaultWords(definition), environment, notes];
    return `| ${cells.map(escapeCell).join(' | ')} |`;
  });
  return [
    `## ${table.area}`,
    '',
    '| Setting | Takes | Default | Environment | What it does |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function defaultWords(definition: SettingDefinition): string {
  if (definition.default === undefined) return 'required';
  if (definition.default === null) return 'not set';
  if (Array.isArray(definition.default))
    return definition.default.length === 0 ? 'default none' : `default ${definition.default.join(', ')}`;
  const unit = definition.type === 'duration' ? ` ${definition.unit}` : '';
  return definition.default === '' ? 'default empty' : `default ${String(definition.default)}${unit}`;
}

function escapeCell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');
}
