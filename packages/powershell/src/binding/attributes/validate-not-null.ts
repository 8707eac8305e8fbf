import { baseOf, typeOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import type { Session } from '../../runtime/session.ts';
import { isValueType } from '../../types/assignable.ts';
import { Dictionary } from '../../values/dictionary.ts';
import type { Value } from '../../values/value.ts';
import type { ParameterAttribute } from '../attribute.ts';
import { collectionKind } from '../collection-kind.ts';
import { invalid } from './invalid.ts';

const collection =
  'The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.';

/** `[ValidateNotNull()]` */
export const validateNotNull: ParameterAttribute = {
  typeName: 'System.Management.Automation.ValidateNotNullAttribute',
  kind: 'validation',
  apply: (value, session) => {
    if (baseOf(value) === null) {
      throw invalid(
        'ArgumentIsNull',
        'The argument is null. Provide a valid value for the argument, and then try running the command again.',
      );
    }
    for (const item of itemsToCheck(value, session)?.items ?? []) {
      if (baseOf(item) === null) {
        throw invalid(
          'ArgumentIsNull',
          'The argument has a null value, or an element of the argument collection contains a null value. Provide a collection that does not contain any null values, and then try the command again.',
        );
      }
    }
    return value;
  },
};

/** `[ValidateNotNullOrEmpty()]` */
export const validateNotNullOrEmpty: ParameterAttribute = notNullOr('ValidateNotNullOrEmpty', (text) =>
  text === '' ? { one: nullOrEmpty, many: collection, id: 'ArgumentIsEmpty' } : undefined,
);

const nullOrEmpty =
  'The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.';

/** `[ValidateNotNullOrWhiteSpace()]` */
export const validateNotNullOrWhiteSpace: ParameterAttribute = notNullOr('ValidateNotNullOrWhiteSpace', (text) =>
  text.trim() === ''
    ? {
        one: 'The argument is null, empty, or consists of only white-space characters. Provide an argument that contains non white-space characters, and then try the command again.',
        many: 'An element of the argument collection is null, empty, or consists of only white-space characters. Supply a collection that does not contain any those values and then try the command again.',
        id: 'ArgumentIsEmptyOrWhiteSpace',
      }
    : undefined,
);

interface Refusal {
  readonly one: string;
  readonly many: string;
  readonly id: string;
}

function notNullOr(name: string, refuse: (text: string) => Refusal | undefined): ParameterAttribute {
  return {
    typeName: `System.Management.Automation.${name}Attribute`,
    kind: 'validation',
    apply: (value, session) => {
      const base = baseOf(value);
      if (base === null) throw invalid('ArgumentIsNull', nullOrEmpty);
      if (typeof base === 'string') {
        const refused = refuse(base);
        if (refused !== undefined) throw invalid(refused.id, refused.one);
        return value;
      }
      if (base instanceof Dictionary) {
        if (base.size === 0) throw invalid('ArgumentIsEmpty', collection);
        return value;
      }
      const found = itemsToCheck(value, session);
      if (found === undefined) return value;
      let isEmpty = true;
      for (const item of found.items) {
        isEmpty = false;
        if (found.areValues) break;
        const element = baseOf(item);
        if (element === null) throw invalid('ArgumentIsNull', collection);
        const refused = typeof element === 'string' ? refuse(element) : undefined;
        if (refused !== undefined) throw invalid('ArgumentCollectionContainsEmpty', refused.many);
      }
      if (isEmpty) throw invalid('ArgumentIsEmpty', collection);
      return value;
    },
  };
}

/** The items of a collection, and whether they are of a type that is never null; `undefined` for other values. */
function itemsToCheck(
  value: Value,
  session: Session,
): { readonly items: Iterable<Value>; readonly areValues: boolean } | undefined {
  const base = baseOf(value);
  if (typeof base !== 'object' || base === null) return undefined;
  const { kind, element } = collectionKind(typeOf(base));
  if (kind === 'none') return undefined;
  return { items: enumerable(value, session) ?? [], areValues: element !== undefined && isValueType(element) };
}
