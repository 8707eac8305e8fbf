/** What every setting declares. Name, sentence and recommendation end up in `--help`, the JSON Schema and the docs page. */
interface CommonDefinition {
  /** camelCase; a duration's name does not repeat its unit. Environment and command-line names are derived from it. */
  readonly name: string;
  /** What it sets, in one sentence. */
  readonly sentence: string;
  /** When to choose something else than the default. */
  readonly recommendation?: string;
  /** A secret is never printed, and there is no command-line option for it: process arguments are readable by others. */
  readonly secret?: boolean;
  /** True when a change takes effect at the next start only. */
  readonly restart: boolean;
  /** An environment name that the field already knows, e.g. `DATABASE_URL`; read when the derived `JOINERY_…` one is not set. */
  readonly environmentAlias?: string;
}

/**
 * A default is a value, or `null` for "not set" (the loaded value is then `null`).
 * Without a `default` the setting is required.
 */
export type SettingDefinition =
  | (CommonDefinition & { readonly type: 'string'; readonly default?: string | null })
  | (CommonDefinition & {
      readonly type: 'integer';
      readonly default?: number | null;
      readonly minimum?: number;
      readonly maximum?: number;
      /** What is counted, for the docs: `bytes`, `connections`. */
      readonly unit?: string;
    })
  | (CommonDefinition & { readonly type: 'boolean'; readonly default?: boolean | null })
  | (CommonDefinition & {
      /** Loaded as a number of `unit`; written as that number or with a unit of its own (`90s`, `2 min`, `1h`). */
      readonly type: 'duration';
      readonly unit: DurationUnit;
      readonly default?: number | null;
      readonly minimum?: number;
      readonly maximum?: number;
    })
  /** Loaded absolute: relative to the settings file when written there, otherwise to the working directory. */
  | (CommonDefinition & { readonly type: 'path'; readonly default?: string | null })
  | (CommonDefinition & {
      readonly type: 'choice';
      readonly choices: readonly string[];
      readonly default?: string | null;
    })
  /** Strings; comma-separated in the environment and on the command line. */
  | (CommonDefinition & { readonly type: 'list'; readonly default?: readonly string[] | null });

export type DurationUnit = 'milliseconds' | 'seconds' | 'minutes' | 'hours' | 'days';

export type SettingType = SettingDefinition['type'];

/** The settings of one program half, e.g. `host`. */
export interface SettingsTable<D extends readonly SettingDefinition[] = readonly SettingDefinition[]> {
  /** Lower-case word; environment names begin with `JOINERY_<AREA>_`. */
  readonly area: string;
  /** Version of the file's form; a file may say `version: 1`, and a newer one is refused (design decision 13). */
  readonly version: number;
  readonly definitions: D;
}

type ValueOfType<D extends SettingDefinition> = D extends { type: 'integer' | 'duration' }
  ? number
  : D extends { type: 'boolean' }
    ? boolean
    : D extends { type: 'list' }
      ? readonly string[]
      : D extends { type: 'choice'; choices: readonly (infer C)[] }
        ? C
        : string;

/** The loaded value of one definition: `null` joins in only where the default is `null`. */
export type SettingValue<D extends SettingDefinition> = D extends { default: null }
  ? ValueOfType<D> | null
  : ValueOfType<D>;

/** What {@link loadSettings} answers: one read-only property per definition. */
export type Settings<T extends SettingsTable> = {
  readonly [D in T['definitions'][number] as D['name']]: SettingValue<D>;
};

const tables = new WeakSet<object>();

/**
 * Declares the settings of one half of the product. The value types of {@link Settings} follow from this declaration, and so do the validator,
 * `--help`, the JSON Schema, the environment names and the docs page.
 * @param area e.g. `host`, which makes the environment names `JOINERY_HOST_…`
 */
export function defineSettings<const D extends readonly SettingDefinition[]>(
  area: string,
  definitions: D,
): SettingsTable<D> {
  const table: SettingsTable<D> = { area, version: 1, definitions };
  tables.add(table);
  return table;
}

/** Recognises a table among what a module exports; the tables come from {@link defineSettings} alone. */
export function isSettingsTable(value: unknown): value is SettingsTable {
  return typeof value === 'object' && value !== null && tables.has(value);
}

/** `logLevel` of area `host` is `JOINERY_HOST_LOG_LEVEL` in the environment. */
export function environmentName(table: SettingsTable, name: string): string {
  return `${environmentPrefix(table)}${words(name).join('_').toUpperCase()}`;
}

/** What every environment name of this table begins with. */
export function environmentPrefix(table: SettingsTable): string {
  return `JOINERY_${table.area.toUpperCase()}_`;
}

/** `logLevel` is `--log-level` on the command line. */
export function optionName(name: string): string {
  return `--${words(name).join('-').toLowerCase()}`;
}

function words(name: string): string[] {
  return name.split(/(?=[A-Z])/);
}
