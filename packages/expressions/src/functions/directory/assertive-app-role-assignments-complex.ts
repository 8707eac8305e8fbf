import type { FunctionDefinition } from '../definition.ts';
import { bindRoles, roleParameters } from './roles.ts';

/** The target has exactly these roles afterwards. */
export const assertiveAppRoleAssignmentsComplex: FunctionDefinition = {
  name: 'AssertiveAppRoleAssignmentsComplex',
  summary: 'All assigned roles, in place of those the target has.',
  parameters: roleParameters,
  result: 'List',
  bind: bindRoles,
};
