import { typeOf } from '../../conversion/base.ts';
import { tryConvert } from '../../conversion/convert.ts';
import { languageCompare } from '../../operators/compare.ts';
import { notConvertible } from '../../types/net-type.ts';
import type { Value } from '../../values/value.ts';
import type { ParameterAttribute } from '../attribute.ts';
import { invalid } from './invalid.ts';
import { perElement } from './per-element.ts';

/** `[ValidateRange(1, 10)]`: an argument of another type is converted to that of the limits first. */
export function validateRange(least: Value, most: Value): ParameterAttribute {
  const type = least === null || least === undefined ? undefined : typeOf(least);
  return perElement('ValidateRange', (element, session) => {
    const converted = type === undefined ? element : tryConvert(element, type, session);
    if (converted === notConvertible) {
      const given = element === null || element === undefined ? '' : lastPart(typeOf(element).name);
      const wanted = type === undefined ? '' : lastPart(type.name);
      throw invalid(
        'ValidationRangeElementType',
        `The argument cannot be validated because its type "${given}" is not the same type (${wanted}) as the maximum and minimum limits of the parameter. Make sure the argument is of type ${wanted} and then try the command again.`,
      );
    }
    const text = session.text(converted);
    if (languageCompare(converted, least, true, session) < 0) {
      const limit = session.text(least);
      throw invalid(
        'ValidateRangeTooSmall',
        `The ${text} argument is less than the minimum allowed range of ${limit}. Supply an argument that is greater than or equal to ${limit} and then try the command again.`,
      );
    }
    if (languageCompare(converted, most, true, session) <= 0) return;
    const limit = session.text(most);
    throw invalid(
      'ValidateRangeTooBig',
      `The ${text} argument is greater than the maximum allowed range of ${limit}. Supply an argument that is less than or equal to ${limit} and then try the command again.`,
    );
  });
}

const kinds: ReadonlyMap<
  string,
  { readonly words: string; readonly holds: (order: number) => boolean; readonly id: string }
> = new Map([
  ['positive', { words: 'greater than', holds: (order) => order > 0, id: 'ValidateRangePositiveFailure' }],
  [
    'nonnegative',
    { words: 'greater than or equal to', holds: (order) => order >= 0, id: 'ValidateRangeNonNegativeFailure' },
  ],
  ['negative', { words: 'less than', holds: (order) => order < 0, id: 'ValidateRangeNegativeFailure' }],
  [
    'nonpositive',
    { words: 'less than or equal to', holds: (order) => order <= 0, id: 'ValidateRangeNonPositiveFailure' },
  ],
]);

/** `[ValidateRange('Positive')]` and its kind; `undefined` for a name that is no kind. */
export function validateRangeKind(name: string): ParameterAttribute | undefined {
  const kind = kinds.get(name.toLowerCase());
  if (kind === undefined) return undefined;
  return perElement('ValidateRange', (element, session) => {
    if (kind.holds(languageCompare(element, 0, true, session))) return;
    throw invalid(
      kind.id,
      `The argument "${session.text(element)}" cannot be validated because its value is not ${kind.words} zero.`,
    );
  });
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
