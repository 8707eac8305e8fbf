import type { FunctionDefinition } from '../definition.ts';

export const convertToBase64: FunctionDefinition = {
  name: 'ConvertToBase64',
  summary: 'The text as base64 of its UTF-16 (little-endian) bytes.',
  parameters: [{ name: 'source', type: 'String' }],
  result: 'String',
  bind(call) {
    const source = call.text('source');
    return (scope) => {
      const text = source(scope);
      return text === null ? null : Buffer.from(text, 'utf16le').toString('base64');
    };
  },
};
