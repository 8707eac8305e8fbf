import type { FunctionDefinition } from '../definition.ts';

/** `IsString([displayName])`. Lists, numbers, booleans, dates and references are none. */
export const isString: FunctionDefinition = {
  name: 'IsString',
  summary: 'True when the value is a text.',
  parameters: [{ name: 'Expression', type: 'Any' }],
  result: 'Boolean',
  bind(call) {
    const value = call.value('Expression');
    return (scope) => typeof value(scope) === 'string';
  },
};
