import type { FunctionDefinition } from '../definition.ts';

export const guid: FunctionDefinition = {
  name: 'Guid',
  summary: 'A new GUID, in lower case with hyphens.',
  parameters: [],
  result: 'String',
  volatile: true,
  bind: () => (scope) => scope.context.random.uuid().toLowerCase(),
};
