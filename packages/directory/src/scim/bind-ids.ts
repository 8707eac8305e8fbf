import { problem } from '@joinery/problems';
import { type AttributePath, never, type Predicate } from '@joinery/scim';
import { parseObjectId } from '../object-id.ts';

/** The text of the path that stands for the same attribute with its ids as ids, not as text: an index serves it. */
export function byIndex(text: string): string {
  return `${text} by index`;
}

/** Collections of references that are kept in rows of their own; only the references themselves can be compared. */
const references: ReadonlySet<string> = new Set(['groups', 'members']);

/**
 * The predicate for the database, whose ids are not text: an equality with an id becomes one of ids, and one with a text that no id
 * can be becomes false.
 * @throws SCIM_FILTER_UNSUPPORTED for a comparison with what is kept beside a reference: an empty answer would be taken for the truth
 */
export function bindIds(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return { kind: predicate.kind, operands: predicate.operands.map(bindIds) };
    case 'not':
      return { kind: 'not', operand: bindIds(predicate.operand) };
    case 'element':
      return { ...predicate, where: bindIds(predicate.where) };
    case 'compare':
      return bindCompare(predicate);
    default:
      return predicate;
  }
}

function bindCompare(compare: Extract<Predicate, { readonly kind: 'compare' }>): Predicate {
  const { path, operator, operand } = compare;
  if (references.has(path.parent?.text ?? '') && path.leaf.name !== 'value') {
    throw problem('SCIM_FILTER_UNSUPPORTED', `'${path.text}' cannot be searched by, only its value can.`, {
      place: 'filter',
    });
  }
  if (operator !== 'eq' || !(path.text === 'id' || path.text === 'groups.value')) return compare;
  const id = String(operand.key);
  return parseObjectId(id) === id ? { ...compare, path: indexed(path) } : never;
}

function indexed(path: AttributePath): AttributePath {
  const { parent } = path;
  if (parent === undefined) return { ...path, text: byIndex(path.text) };
  return { ...path, parent: { ...parent, text: byIndex(parent.text) } };
}
