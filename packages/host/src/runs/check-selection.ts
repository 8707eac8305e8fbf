import { byName, nameKey, type Schema } from '@joinery/connector';
import { problem } from '@joinery/problems';
import type { Shape } from '../object/shape.ts';

/** A selected attribute that the target does not have would read as empty everywhere. @throws HOST_SELECTION_OUTDATED */
export function checkSelection(schema: Schema, shape: Shape): void {
  const place = shape.file.name;
  for (const { name: objectType, attributes } of shape.schema.types) {
    const type = byName(schema.types, objectType);
    if (type === undefined) {
      throw problem('HOST_SELECTION_OUTDATED', `The target has no object type "${objectType}".`, { place });
    }
    const known = new Set(type.attributes.map(({ name }) => nameKey(name)));
    const missing = attributes.filter(({ name }) => !known.has(nameKey(name))).map(({ name }) => name);
    if (missing.length > 0) {
      throw problem(
        'HOST_SELECTION_OUTDATED',
        `The target has no attribute ${missing.map((name) => `"${name}"`).join(', ')}.`,
        { place },
      );
    }
  }
}

/** What the target will ask of a new object and the selection leaves out, a sentence for each type. */
export function selectionWarnings(schema: Schema, shape: Shape): readonly string[] {
  return shape.schema.types.flatMap(({ name: objectType, attributes }) => {
    const selected = new Set(attributes.map(({ name }) => nameKey(name)));
    const mandatory = byName(schema.types, objectType)?.mandatoryAttributes ?? [];
    const missing = mandatory.filter((name) => !selected.has(nameKey(name))).map((name) => `"${name}"`);
    if (missing.length === 0) return [];
    return [
      `A new "${objectType}" must have ${missing.join(', ')} in the target: select what its distinguished name does not bring.`,
    ];
  });
}
