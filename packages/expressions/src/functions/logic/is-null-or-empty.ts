import { isEmpty } from '../../values/value.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `IsNullOrEmpty([displayName])`. The article heads it IsNullorEmpty once, a slip. */
export const isNullOrEmpty: FunctionDefinition = {
  name: 'IsNullOrEmpty',
  summary: 'True when the attribute is absent or an empty text.',
  parameters: [{ name: 'Expression', type: 'Any' }],
  result: 'Boolean',
  bind(call) {
    const value = call.value('Expression');
    return (scope) => isEmpty(value(scope));
  },
};
