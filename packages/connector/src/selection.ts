import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { byName, nameKey } from './name.ts';
import { anchorAttributes, type Schema, type SchemaType } from './schema.ts';

/**
 * What the administrator selected on the pages *Object Types* and *Select Attributes*.
 * Names are compared without regard to case. An attribute name means the same in every type (ECMA sheet 2.2), so the lists are flat.
 */
export interface SchemaSelection {
  /** Object types; all when absent. */
  readonly types?: readonly string[];
  /** Attributes; all when absent. Anchors are selected whether named or not: without them no object could be told from another. */
  readonly attributes?: readonly string[];
  /** Anchors of types whose anchor is not locked; the connector's own when absent. */
  readonly anchors?: readonly string[];
}

/**
 * The effective schema that runs get: selected types and attributes in the connector's order, with the chosen anchors.
 * @throws CONNECTOR_SELECTION_INVALID with every finding
 */
export function selectSchema(schema: Schema, selection: SchemaSelection): Schema {
  const findings: string[] = [];
  const typeNames = schema.types.map((type) => type.name);
  const types = selection.types === undefined ? schema.types : selected(schema.types, selection.types);
  for (const name of selection.types ?? []) {
    if (byName(schema.types, name) === undefined) {
      findings.push(`There is no object type "${name}".${suggestion(name, typeNames)}`);
    }
  }
  if (selection.types?.length === 0) findings.push('No object type is selected.');

  const attributeNames = types.flatMap((type) => type.attributes.map((attribute) => attribute.name));
  for (const name of new Set([...(selection.attributes ?? []), ...(selection.anchors ?? [])])) {
    if (types.length > 0 && !attributeNames.some((known) => nameKey(known) === nameKey(name))) {
      findings.push(`There is no attribute "${name}".${suggestion(name, attributeNames)}`);
    }
  }

  const effective = types.map((type) => selectType(type, selection, findings));
  if (findings.length > 0) throw problem('CONNECTOR_SELECTION_INVALID', findings.join(' '));
  return { types: effective };
}

function selectType(type: SchemaType, selection: SchemaSelection, findings: string[]): SchemaType {
  const own = anchorAttributes(type).map((attribute) => nameKey(attribute.name));
  const chosen = selection.anchors
    ?.map(nameKey)
    .filter((key) => type.attributes.some((attribute) => nameKey(attribute.name) === key));
  const anchors = new Set(chosen ?? own);
  if (chosen !== undefined && type.lockAnchorDefinition && !sameSet(anchors, new Set(own))) {
    findings.push(`The anchor of "${type.name}" is fixed by the connector.`);
  }
  if (anchors.size === 0) findings.push(`No anchor is chosen for "${type.name}".`);

  const wanted = selection.attributes === undefined ? undefined : new Set(selection.attributes.map(nameKey));
  const attributes = type.attributes
    .filter(
      (attribute) =>
        wanted === undefined || wanted.has(nameKey(attribute.name)) || anchors.has(nameKey(attribute.name)),
    )
    .map((attribute) => ({ ...attribute, isAnchor: anchors.has(nameKey(attribute.name)) }));
  for (const attribute of attributes) {
    if (attribute.isAnchor && attribute.isMultiValued) {
      findings.push(`"${attribute.name}" holds several values and cannot be an anchor.`);
    }
  }
  return { ...type, attributes };
}

function selected(types: readonly SchemaType[], names: readonly string[]): readonly SchemaType[] {
  const keys = new Set(names.map(nameKey));
  return types.filter((type) => keys.has(nameKey(type.name)));
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}
