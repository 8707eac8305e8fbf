import { problem } from '@joinery/problems';
import { type AttributePath, resolvePath } from '../schema/attribute-path.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { CompareNode, FilterLiteral, FilterNode, PresentNode, ValuePathNode } from './ast.ts';
import { bindComparison } from './bind-comparison.ts';
import { allOf, always, anyOf, negate, never, type Predicate } from './predicate.ts';

/**
 * Resolves a filter against a resource type.
 * An attribute that the type does not have counts as absent: no match, and no error (RFC 7644 3.4.2.2; Entra's connection
 * test filters on `PLACEHOLDER`). A complex attribute without a sub-attribute stands for its `value`.
 * @throws SCIM_FILTER_UNSUPPORTED when operator or value do not suit the type of the attribute: an empty answer would be
 * read as "no such user" and make a duplicate
 */
export function bindFilter(node: FilterNode, type: ResourceType): Predicate {
  return bindNode(node, { type, within: undefined });
}

/** Resolves the filter in the brackets of a value path; paths are relative to an element of `within`. */
export function bindElementFilter(node: FilterNode, type: ResourceType, within: AttributePath): Predicate {
  return bindNode(node, { type, within });
}

interface Scope {
  readonly type: ResourceType;
  /** The attribute whose element is spoken of; undefined at the root. */
  readonly within: AttributePath | undefined;
}

function bindNode(node: FilterNode, scope: Scope): Predicate {
  switch (node.kind) {
    case 'and':
      return allOf(node.operands.map((operand) => bindNode(operand, scope)));
    case 'or':
      return anyOf(node.operands.map((operand) => bindNode(operand, scope)));
    case 'not':
      return negate(bindNode(node.operand, scope));
    case 'present':
      return bindPresent(node, scope);
    case 'compare':
      return bindCompare(node, scope);
    case 'valuePath':
      return bindValuePath(node, scope);
  }
}

function bindPresent(node: PresentNode, scope: Scope): Predicate {
  const extension = scope.within === undefined ? resolvePath(node.path, scope.type) : undefined;
  if (extension?.kind === 'extension') {
    const attributes = scope.type.schemaOf(extension.urn)?.attributes ?? [];
    return anyOf(attributes.map((path) => present(path, scope.type)));
  }
  const path = resolve(node.path, scope);
  return path === undefined ? never : present(path, scope.type);
}

/** `pr` of a complex attribute: one of its sub-attributes has a value. */
function present(path: AttributePath, type: ResourceType): Predicate {
  if (path.leaf.type !== 'complex') return { kind: 'present', path };
  return anyOf(
    path.leaf.subAttributes.flatMap((sub): Predicate[] => {
      const inner = type.sub(path, sub.name);
      return inner === undefined ? [] : [{ kind: 'present', path: inner }];
    }),
  );
}

function bindCompare(node: CompareNode, scope: Scope): Predicate {
  const named = resolve(node.path, scope);
  if (named === undefined) return absent(node.operator, node.value);
  if (node.value.kind === 'null') return bindNull(node, named, scope);
  const path = named.leaf.type === 'complex' ? scope.type.sub(named, 'value') : named;
  if (path === undefined) {
    throw unsupported(node.path, `compare one of its sub-attributes, such as ${node.path}.${firstSub(named)}`);
  }
  const { profile } = scope.type;
  if (node.operator !== 'ne') return orAbsent(bindComparison(path, node.operator, node.value, profile));
  const different = negate(orAbsent(bindComparison(path, 'eq', node.value, profile)));
  const list = scope.within === undefined ? multiValuedPart(path) : undefined;
  if (list === undefined) return different;
  // `ne` is true when any value differs (RFC 7644 3.4.2.2) and, in the value sense, when there is none (dialect sheet 3.2).
  const none = negate({ kind: 'element', path: list, where: always });
  return anyOf([none, { kind: 'element', path: list, where: different }]);
}

/** A resource without `active` counts as active (dialect sheet 13a.4), so that `active eq true` finds it. */
function orAbsent(comparison: Predicate): Predicate {
  if (comparison.kind !== 'compare' || comparison.path.text !== 'active') return comparison;
  const { operand } = comparison;
  if (operand.type !== 'boolean' || !operand.key) return comparison;
  return negate({ ...comparison, operand: { type: 'boolean', key: false } });
}

/** `eq null` is "unassigned", `ne null` is "assigned" (RFC 7643 2.5); null has no order and no parts. */
function bindNull(node: CompareNode, path: AttributePath, scope: Scope): Predicate {
  const assigned = present(path, scope.type);
  if (node.operator === 'eq') return negate(assigned);
  if (node.operator === 'ne') return assigned;
  throw unsupported(node.path, 'null can only be compared with eq and ne');
}

/** A comparison with an attribute that does not exist: the outcome of comparing with no value. */
function absent(operator: CompareNode['operator'], value: FilterLiteral): Predicate {
  const isNull = value.kind === 'null';
  if (operator === 'eq') return isNull ? always : never;
  if (operator === 'ne') return isNull ? never : always;
  return never;
}

function bindValuePath(node: ValuePathNode, scope: Scope): Predicate {
  if (scope.within !== undefined) throw unsupported(node.path, 'brackets cannot stand within brackets');
  const path = resolve(node.path, scope);
  if (path === undefined) return never;
  if (path.leaf.type !== 'complex' && !path.leaf.multiValued) {
    throw unsupported(node.path, 'brackets need a multi-valued or complex attribute');
  }
  const inner: Scope = { type: scope.type, within: path };
  const parts = [bindNode(node.filter, inner)];
  if (node.condition !== undefined) parts.push(bindNode(node.condition, inner));
  const where = allOf(parts);
  return multiValuedPart(path) === undefined
    ? allOf([present(path, scope.type), where])
    : { kind: 'element', path, where };
}

function resolve(text: string, scope: Scope): AttributePath | undefined {
  const path = find(text, scope);
  // No store has it, as it begins with the address of the request; an empty answer would be taken for the truth.
  if (path?.text === 'meta.location') throw unsupported(text, 'compare the id instead');
  return path;
}

function find(text: string, { type, within }: Scope): AttributePath | undefined {
  if (within !== undefined) {
    const sub = type.sub(within, text);
    return sub === undefined && within.leaf.type !== 'complex' && text.toLowerCase() === 'value' ? within : sub;
  }
  const resolved = resolvePath(text, type);
  if (resolved.kind === 'attribute') return resolved.path;
  if (resolved.kind === 'unknown') return undefined;
  throw unsupported(text, 'it names a whole schema');
}

/** The part of the path that holds several values: the attribute, or a multi-valued sub-attribute. */
function multiValuedPart(path: AttributePath): AttributePath | undefined {
  if (path.leaf.multiValued) return path;
  return path.parent?.leaf.multiValued === true ? path.parent : undefined;
}

function firstSub(path: AttributePath): string {
  return path.leaf.subAttributes[0]?.name ?? 'value';
}

function unsupported(path: string, sentence: string): Error {
  return problem('SCIM_FILTER_UNSUPPORTED', `'${path}' cannot be compared like this: ${sentence}.`, {
    place: 'filter',
  });
}
