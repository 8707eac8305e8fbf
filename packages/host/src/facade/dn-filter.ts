import { type AttributePath, fold, type ListQuery, type Predicate } from '@joinery/scim';
import { spelledDn } from '../object/dn-form.ts';
import type { ObjectShape } from '../object/shape.ts';
import { DN_ATTRIBUTE, DN_QUERY_ATTRIBUTE } from '../object/virtual-attributes.ts';

/** A query whose equalities with DNs are in the spelling of the space, however the caller has spelled them. */
export function withSpelledDns(type: ObjectShape, query: ListQuery): ListQuery {
  const { predicate } = query;
  return type.dnStyle !== 'Ldap' || predicate === undefined ? query : { ...query, predicate: spelled(type, predicate) };
}

function spelled(type: ObjectShape, predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return { ...predicate, operands: predicate.operands.map((each) => spelled(type, each)) };
    case 'not':
      return { ...predicate, operand: spelled(type, predicate.operand) };
    case 'element':
      return { ...predicate, where: spelled(type, predicate.where) };
    case 'compare': {
      const { operand, operator, path } = predicate;
      if (operator !== 'eq' || operand.type !== 'string' || !holdsDn(type, path)) return predicate;
      const dn = spelledDn(type.dnStyle, operand.key) ?? operand.key;
      return { ...predicate, operand: { ...operand, key: operand.folded ? fold(dn) : dn } };
    }
    default:
      return predicate;
  }
}

/** The DN itself, and references that callers see in the target's words. */
function holdsDn({ urn, attributes }: ObjectShape, { steps: [schema, name] }: AttributePath): boolean {
  if (schema !== urn) return false;
  if (name === DN_ATTRIBUTE || name === DN_QUERY_ATTRIBUTE) return true;
  return attributes.some((each) => each.name === name && each.type === 'Reference' && each.refersTo === undefined);
}
