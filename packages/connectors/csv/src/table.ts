import { byName, nameKey, type Schema, type SchemaAttribute, type SchemaType } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { usualSeparator } from './cell-values.ts';
import type { Header } from './header.ts';
import type { CsvSettings } from './settings.ts';

/** A selected attribute and the column that holds it. */
export interface Column {
  readonly attribute: SchemaAttribute;
  readonly index: number;
  /** What stands between the values of a multi-valued attribute. */
  readonly separator: string | undefined;
}

/** How the rows of one file and the objects of one run correspond. */
export interface Table {
  readonly settings: CsvSettings;
  readonly header: Header;
  readonly type: SchemaType;
  /** In schema order, which is the order of their identity. */
  readonly anchors: readonly Column[];
  /** The selected attributes, anchors included, in schema order. */
  readonly columns: readonly Column[];
}

/**
 * Binds the schema of a run to the header of the file.
 * @throws CSV_HEADER_INVALID when a selected column is gone, CONNECTOR_SELECTION_INVALID when the schema is not this connector's
 */
export function bindTable(settings: CsvSettings, header: Header, schema: Schema): Table {
  const type = byName(schema.types, settings.objectType);
  if (type === undefined) {
    throw problem('CONNECTOR_SELECTION_INVALID', `The object type "${settings.objectType}" is not selected.`);
  }
  const columns = type.attributes.map((attribute): Column => {
    const index = header.columns.findIndex((name) => nameKey(name) === nameKey(attribute.name));
    if (index === -1) {
      throw problem('CSV_HEADER_INVALID', `The file has no column "${attribute.name}" any more, which is selected.`, {
        place: `${settings.path}:1:1`,
      });
    }
    const separator = settings.separators.get(nameKey(attribute.name))?.separator ?? usualSeparator;
    return { attribute, index, separator: attribute.isMultiValued ? separator : undefined };
  });
  const anchors = columns.filter(({ attribute }) => attribute.isAnchor);
  if (anchors.length !== header.anchors.size || !anchors.every(({ index }) => header.anchors.has(index))) {
    const names = settings.anchors.map((name) => `"${name}"`).join(', ');
    throw problem('CONNECTOR_SELECTION_INVALID', `${names} is not selected as the anchor of "${type.name}".`);
  }
  return { settings, header, type, anchors, columns };
}
