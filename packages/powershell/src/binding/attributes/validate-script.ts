import { toNetText } from '../../conversion/text.ts';
import { isTrue } from '../../conversion/truth.ts';
import type { ScriptBlock } from '../../values/script-block.ts';
import type { ParameterAttribute } from '../attribute.ts';
import { fill, invalid } from './invalid.ts';
import { perElement } from './per-element.ts';

/** `[ValidateScript({ $_ -gt 3 }, ErrorMessage = '…')]` */
export function validateScript(block: ScriptBlock, errorMessage = ''): ParameterAttribute {
  return perElement('ValidateScript', (element, context) => {
    if (isTrue(context.invoke(block, [], element))) return;
    const text = toNetText(element, undefined, context);
    throw invalid(
      'ValidateScriptFailure',
      errorMessage === ''
        ? `The "${block.text}" validation script for the argument with value "${text}" did not return a result of True. Determine why the validation script failed, and then try the command again.`
        : fill(errorMessage, text, block.text),
    );
  });
}
