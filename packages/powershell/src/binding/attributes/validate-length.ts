import { baseOf } from '../../conversion/base.ts';
import type { ParameterAttribute } from '../attribute.ts';
import { invalid } from './invalid.ts';
import { perElement } from './per-element.ts';

/** `[ValidateLength(2, 4)]` */
export function validateLength(least: number, most: number): ParameterAttribute {
  return perElement('ValidateLength', (element) => {
    const text = baseOf(element);
    if (typeof text !== 'string') {
      throw invalid(
        'ValidateLengthNotString',
        'The ValidateLength attribute cannot be applied to a parameter that is not a string or string[] parameter. Make the parameter a string or string[] parameter.',
      );
    }
    if (text.length < least) {
      throw invalid(
        'ValidateLengthMinLengthFailure',
        `The character length (${text.length}) of the argument is too short. Specify an argument with a length that is greater than or equal to "${least}", and then try the command again.`,
      );
    }
    if (text.length <= most) return;
    throw invalid(
      'ValidateLengthMaxLengthFailure',
      `The character length of the ${text.length} argument is too long. Shorten the character length of the argument so it is fewer than or equal to "${most}" characters, and then try the command again.`,
    );
  });
}
