import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import type { Session } from '../../runtime/session.ts';
import type { Value } from '../../values/value.ts';
import type { ParameterAttribute } from '../attribute.ts';
import { invalid } from './invalid.ts';

const nullValue =
  'The argument is null. Provide a valid value for the argument, and then try running the command again.';
const nullCollection =
  'The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.';

/** A validation that looks at each element of a collection, and at other values themselves. */
export function perElement(typeName: string, check: (element: Value, session: Session) => void): ParameterAttribute {
  const one = (element: Value, session: Session): void => {
    if (baseOf(element) === null) throw invalid('ArgumentIsEmpty', nullValue);
    check(element, session);
  };
  return {
    typeName: `System.Management.Automation.${typeName}Attribute`,
    kind: 'validation',
    apply: (value, session) => {
      if (baseOf(value) === null) throw invalid('ArgumentIsEmpty', nullCollection);
      const items = enumerable(value, session);
      if (items === undefined) one(value, session);
      else for (const item of items) one(item, session);
      return value;
    },
  };
}
