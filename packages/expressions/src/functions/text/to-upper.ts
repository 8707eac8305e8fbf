import { toUpper as upperCase } from '../../values/letter-case.ts';
import type { FunctionDefinition } from '../definition.ts';
import { bindCulture, checkCulture } from './culture.ts';

/** `ToUpper([userPrincipalName])`; without a culture by the rules of the invariant one. */
export const toUpper: FunctionDefinition = {
  name: 'ToUpper',
  summary: 'The text in upper case.',
  parameters: [
    { name: 'source', type: 'String' },
    { name: 'culture', type: 'String', optional: true },
  ],
  result: 'String',
  check: checkCulture,
  bind(call) {
    const source = call.text('source');
    const culture = bindCulture(call);
    return (scope) => {
      const text = source(scope);
      return text === null ? null : upperCase(text, culture(scope));
    };
  },
};
