import { anchorAttributes, byName, nameKey } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { readSchemaFile } from './schema-file.ts';
import type { CsvSettings } from './settings.ts';

/**
 * Completes settings with what the schema file says about their object type, where there is one. The parameter Anchor chooses the anchor unless
 * the schema file locks it; the parameter MultiValued gives separators to columns that the schema file calls multi-valued.
 * @throws CSV_SCHEMA_INVALID when the file does not fit the settings, and what reading it throws
 */
export async function withSchemaFile(settings: CsvSettings, signal: AbortSignal): Promise<CsvSettings> {
  const { schemaFile } = settings;
  if (schemaFile === undefined) return settings;
  const refuse = (detail: string): never => {
    throw problem('CSV_SCHEMA_INVALID', detail, { place: schemaFile });
  };
  const types = await readSchemaFile(schemaFile, signal);
  const names = types.map(({ name }) => name);
  const hint = suggestion(settings.objectType, names);
  const declared =
    byName(types, settings.objectType) ?? refuse(`There is no object type "${settings.objectType}".${hint}`);
  const own = anchorAttributes(declared).map(({ name }) => name);
  const anchors = settings.anchors.length === 0 ? own : settings.anchors;
  if (anchors.length === 0) refuse(`"${declared.name}" has no anchor: give the parameter Anchor.`);
  const key = (list: readonly string[]): string => JSON.stringify(list.map(nameKey).toSorted());
  if (declared.lockAnchorDefinition && own.length > 0 && key(own) !== key(anchors)) {
    refuse(`The anchor of "${declared.name}" is fixed to ${own.map((name) => `"${name}"`).join(', ')}.`);
  }
  for (const name of anchors) {
    const attribute = byName(declared.attributes, name);
    if (attribute === undefined) refuse(`"${declared.name}" has no attribute "${name}", which is the anchor.`);
    else if (attribute.isMultiValued) refuse(`"${name}" holds several values and cannot be an anchor.`);
  }
  for (const { column } of settings.separators.values()) {
    const isMultiValued = byName(declared.attributes, column)?.isMultiValued === true;
    if (!isMultiValued)
      refuse(`"${column}" has a separator and is not a multi-valued attribute of "${declared.name}".`);
  }
  return { ...settings, anchors, declared };
}
