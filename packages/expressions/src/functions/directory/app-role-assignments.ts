import { roleName } from '../../values/print.ts';
import type { FunctionDefinition } from '../definition.ts';
import { bindRoles, roleParameters } from './roles.ts';

/** In the published function list, not in the article. */
export const appRoleAssignments: FunctionDefinition = {
  name: 'AppRoleAssignments',
  summary: 'The names of the roles that are assigned.',
  parameters: roleParameters,
  result: 'List',
  bind(call) {
    const roles = bindRoles(call);
    return (scope) => {
      const names = roles(scope).map(roleName);
      return names.length === 0 ? null : names;
    };
  },
};
