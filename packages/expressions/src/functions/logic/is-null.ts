import { toItems } from '../../values/value.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `IsNull([displayName])`. An empty list is an absent attribute; an empty text is not. */
export const isNull: FunctionDefinition = {
  name: 'IsNull',
  summary: 'True when the attribute is absent.',
  parameters: [{ name: 'Expression', type: 'Any' }],
  result: 'Boolean',
  bind(call) {
    const value = call.value('Expression');
    return (scope) => toItems(value(scope)).length === 0;
  },
};
