import { toNetText } from '../../conversion/text.ts';
import type { ParameterAttribute } from '../attribute.ts';
import { fill, invalid } from './invalid.ts';
import { perElement } from './per-element.ts';

/** `[ValidateSet('a', 'b', IgnoreCase = $true, ErrorMessage = '…')]` */
export function validateSet(
  values: readonly string[],
  { ignoreCase = true, errorMessage = '' }: { ignoreCase?: boolean; errorMessage?: string } = {},
): ParameterAttribute {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const known = new Set(values.map(fold));
  const list = values.join(',');
  return perElement('ValidateSet', (element, context) => {
    const text = toNetText(element, undefined, context);
    if (known.has(fold(text))) return;
    throw invalid(
      'ValidateSetFailure',
      errorMessage === ''
        ? `The argument "${text}" does not belong to the set "${list}" specified by the ValidateSet attribute. Supply an argument that is in the set and then try the command again.`
        : fill(errorMessage, text, list),
    );
  });
}
