import type { FunctionDefinition } from '../definition.ts';

/** Removes U+0020 and no other white space. */
export const stripSpaces: FunctionDefinition = {
  name: 'StripSpaces',
  summary: 'Removes every space from a text.',
  parameters: [{ name: 'source', type: 'String' }],
  result: 'String',
  bind(call) {
    const source = call.text('source');
    return (scope) => source(scope)?.replaceAll(' ', '') ?? null;
  },
};
