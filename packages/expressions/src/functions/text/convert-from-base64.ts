import type { FunctionDefinition } from '../definition.ts';

const encodings: ReadonlyMap<string, string> = new Map([
  ['Unicode', 'utf-16le'],
  ['ASCII', 'ascii'],
  ['UTF8', 'utf-8'],
]);

/** Documented for cloud sync: `ConvertFromBase64("SGVsbG8=", UTF8)`; without an encoding UTF-16, as ConvertToBase64 writes. */
export const convertFromBase64: FunctionDefinition = {
  name: 'ConvertFromBase64',
  summary: 'The text whose bytes a base64 text holds.',
  parameters: [
    { name: 'source', type: 'String' },
    { name: 'encoding', type: 'Keyword', optional: true },
  ],
  result: 'String',
  check(call) {
    const encoding = call.constant('encoding');
    if (call.has('encoding') && !encodings.has(encoding ?? '')) {
      call.error('EXPRESSION_ARGUMENT_INVALID', 'The encoding must be Unicode, ASCII or UTF8.', 'encoding');
    }
  },
  bind(call) {
    const source = call.text('source');
    const decoder = new TextDecoder(encodings.get(call.constant('encoding') ?? 'Unicode'));
    return (scope) => {
      const text = source(scope);
      if (text === null) return null;
      const compact = text.replaceAll(/\s/g, '');
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) throw call.unreadable('source', text, 'base64');
      return decoder.decode(Buffer.from(compact, 'base64'));
    };
  },
};
