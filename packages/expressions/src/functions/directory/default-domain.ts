import type { FunctionDefinition } from '../definition.ts';

/** Missing from the article's list, used in its examples for API-driven jobs. */
export const defaultDomain: FunctionDefinition = {
  name: 'DefaultDomain',
  summary: "The tenant's default domain.",
  parameters: [],
  result: 'String',
  bind: (call) => (scope) => {
    const domain = scope.context.defaultDomain;
    if (domain === undefined) throw call.fault('EXPRESSION_DEFAULT_DOMAIN_MISSING', 'No default domain is known.');
    return domain;
  },
};
