import { anchorAttributes, byName, nameKey, type SchemaType } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { readSchemaFile } from './schema-file.ts';
import type { CsvSettings } from './settings.ts';

/**
 * Completes settings with what the schema file says about their object types, where there is one. The parameters choose an anchor unless
 * the schema file locks it; the parameter MultiValued gives separators to columns that the schema file calls multi-valued.
 * @throws CSV_SCHEMA_INVALID when the file does not fit the settings, and what reading it throws
 */
export async function withSchemaFile(
  objectTypes: readonly CsvSettings[],
  signal: AbortSignal,
): Promise<readonly CsvSettings[]> {
  const [first] = objectTypes;
  if (first?.schemaFile === undefined) return objectTypes;
  const { schemaFile, separators } = first;
  const refuse: Refuse = (detail) => {
    throw problem('CSV_SCHEMA_INVALID', detail, { place: schemaFile });
  };
  const types = await readSchemaFile(schemaFile, signal);
  const complete = objectTypes.map((settings) => withDeclared(settings, types, refuse));
  for (const { column } of separators.values()) {
    const attributes = complete.map(({ declared }) => byName(declared.attributes, column));
    if (!attributes.some((attribute) => attribute?.isMultiValued === true)) {
      refuse(`"${column}" has a separator and is no multi-valued attribute.`);
    }
  }
  return complete;
}

type Refuse = (detail: string) => never;

function withDeclared(
  settings: CsvSettings,
  types: readonly SchemaType[],
  refuse: Refuse,
): CsvSettings & { readonly declared: SchemaType } {
  const names = types.map(({ name }) => name);
  const hint = suggestion(settings.objectType, names);
  const declared =
    byName(types, settings.objectType) ?? refuse(`There is no object type "${settings.objectType}".${hint}`);
  const own = anchorAttributes(declared).map(({ name }) => name);
  const anchors = settings.anchors.length === 0 ? own : settings.anchors;
  if (anchors.length === 0) refuse(`"${declared.name}" has no anchor: name it in the parameters.`);
  const key = (list: readonly string[]): string => JSON.stringify(list.map(nameKey).toSorted());
  if (declared.lockAnchorDefinition && own.length > 0 && key(own) !== key(anchors)) {
    refuse(`The anchor of "${declared.name}" is fixed to ${own.map((name) => `"${name}"`).join(', ')}.`);
  }
  for (const name of anchors) {
    const attribute = byName(declared.attributes, name);
    if (attribute === undefined) refuse(`"${declared.name}" has no attribute "${name}", which is the anchor.`);
    else if (attribute.isMultiValued) refuse(`"${name}" holds several values and cannot be an anchor.`);
  }
  return { ...settings, anchors, declared };
}
