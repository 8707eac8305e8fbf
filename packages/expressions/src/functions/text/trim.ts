import type { FunctionDefinition } from '../definition.ts';

/** Documented for cloud sync only; app provisioning takes it, too. */
export const trim: FunctionDefinition = {
  name: 'Trim',
  summary: 'Removes white space from both ends of a text.',
  parameters: [{ name: 'source', aliases: ['value'], type: 'String' }],
  result: 'String',
  bind(call) {
    const source = call.text('source');
    return (scope) => source(scope)?.trim() ?? null;
  },
};
