import { roleName } from '../../values/print.ts';
import type { FunctionDefinition } from '../definition.ts';
import { bindRoles, roleParameters } from './roles.ts';

/**
 * `SingleAppRoleAssignment([appRoleAssignments])`. With several assignments the original leaves the choice open; here it is
 * the first name in code point order, so that two cycles never disagree.
 */
export const singleAppRoleAssignment: FunctionDefinition = {
  name: 'SingleAppRoleAssignment',
  summary: 'The name of the one role that is assigned.',
  parameters: roleParameters,
  result: 'String',
  bind(call) {
    const roles = bindRoles(call);
    return (scope) => roles(scope).map(roleName).sort()[0] ?? null;
  },
};
