import { toItems } from '../../values/value.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `IsNothing([displayName])`. In the published function list, not in the article; read as IsNull. */
export const isNothing: FunctionDefinition = {
  name: 'IsNothing',
  summary: 'True when the attribute is absent.',
  parameters: [{ name: 'source', type: 'Any' }],
  result: 'Boolean',
  bind(call) {
    const value = call.value('source');
    return (scope) => toItems(value(scope)).length === 0;
  },
};
