import { toNetText } from '../../conversion/text.ts';
import type { ParameterAttribute } from '../attribute.ts';
import { fill, invalid } from './invalid.ts';
import { perElement } from './per-element.ts';

/** `[ValidatePattern('^\w+$', Options = 'None', ErrorMessage = '…')]`; case does not matter unless `Options` says so. */
export function validatePattern(
  pattern: string,
  { matches, errorMessage = '' }: { matches: (text: string) => boolean; errorMessage?: string },
): ParameterAttribute {
  return perElement('ValidatePattern', (element, context) => {
    const text = toNetText(element, undefined, context);
    if (matches(text)) return;
    throw invalid(
      'ValidatePatternFailure',
      errorMessage === ''
        ? `The argument "${text}" does not match the "${pattern}" pattern. Supply an argument that matches "${pattern}" and try the command again.`
        : fill(errorMessage, text, pattern),
    );
  });
}
