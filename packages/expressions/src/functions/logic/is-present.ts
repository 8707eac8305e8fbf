import { isEmpty } from '../../values/value.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `IsPresent([displayName])`. The opposite of IsNullOrEmpty (vector I3). */
export const isPresent: FunctionDefinition = {
  name: 'IsPresent',
  summary: 'True when the attribute has a value.',
  parameters: [{ name: 'Expression', type: 'Any' }],
  result: 'Boolean',
  bind(call) {
    const value = call.value('Expression');
    return (scope) => !isEmpty(value(scope));
  },
};
