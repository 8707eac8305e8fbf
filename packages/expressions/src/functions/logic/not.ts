import type { FunctionDefinition } from '../definition.ts';

/**
 * `Not([IsSoftDeleted])`: False for True, True for anything else, null included (the article taken literally, vector M3).
 * The result is a boolean that prints as `True`/`False`; targets with a Boolean attribute need no conversion.
 */
export const not: FunctionDefinition = {
  name: 'Not',
  summary: 'The opposite of a boolean.',
  parameters: [{ name: 'source', type: 'String' }],
  result: 'Boolean',
  bind(call) {
    const source = call.text('source');
    return (scope) => source(scope)?.toLowerCase() !== 'true';
  },
};
