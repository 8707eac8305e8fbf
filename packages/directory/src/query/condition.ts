import { problem } from '@joinery/problems';
import { bindFilter, type CompareNode, type FilterNode, predicateToSql } from '@joinery/scim';
import { type SQL, sql } from 'drizzle-orm';
import { parseObjectId } from '../object-id.ts';
import type { Searchable } from './searchable.ts';

/**
 * A filter as a condition over the collection's columns, every value a bound parameter.
 * @throws DIRECTORY_QUERY_UNSUPPORTED for a property or operator that the collection cannot be searched by
 */
export function searchCondition(filter: FilterNode, { type, properties }: Searchable): SQL {
  checkNode(filter, properties);
  const condition = predicateToSql(bindFilter(filter, type), 'postgres', (path) => {
    const property = properties.get(path.text.toLowerCase());
    return property === undefined ? undefined : { kind: 'column', column: property.column };
  });
  return withParameters(condition.sql, condition.params);
}

function checkNode(node: FilterNode, properties: Searchable['properties']): void {
  switch (node.kind) {
    case 'and':
    case 'or':
      for (const operand of node.operands) checkNode(operand, properties);
      return;
    case 'not':
      checkNode(node.operand, properties);
      return;
    case 'compare':
      checkComparison(node, properties);
      return;
    default:
      throw unsupported(`A filter over '${node.path}' of this form is not supported.`);
  }
}

function checkComparison({ path, operator, value }: CompareNode, properties: Searchable['properties']): void {
  const property = properties.get(path.toLowerCase());
  if (property === undefined) {
    const names = [...properties.values()].map(({ name }) => name).join(', ');
    throw unsupported(`The collection cannot be filtered by '${path.slice(0, 100)}', only by ${names}.`);
  }
  if (!property.operators.includes(operator)) {
    throw unsupported(
      `'${property.name}' cannot be compared with this operator, only with ${property.operators.join(', ')}.`,
    );
  }
  if (property.objectId && parseObjectId(value.text) === undefined) {
    throw unsupported(`'${value.text.slice(0, 100)}' is not an id.`);
  }
}

/** A condition's numbered placeholders as parameters of the larger statement. */
export function withParameters(text: string, params: readonly unknown[]): SQL {
  const parts = text.split(/\$(\d+)/);
  return sql.join(parts.map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql`${params[Number(part) - 1]}`)));
}

function unsupported(detail: string): Error {
  return problem('DIRECTORY_QUERY_UNSUPPORTED', detail, { place: '$filter' });
}
