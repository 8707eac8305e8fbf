import { isEmpty } from '../../values/value.ts';
import type { FunctionDefinition } from '../definition.ts';

/** Takes the attribute out of the flow where there is no value: neither a default nor a clearing null is written. */
export const ignoreFlowIfNullOrEmpty: FunctionDefinition = {
  name: 'IgnoreFlowIfNullOrEmpty',
  summary: 'The value, or no change of the target where there is none.',
  parameters: [{ name: 'Expression', type: 'Any' }],
  result: 'Any',
  bind(call) {
    const source = call.value('Expression');
    return (scope) => {
      const value = source(scope);
      if (!isEmpty(value)) return value;
      scope.dropped = true;
      return null;
    };
  },
};
