import type { FunctionDefinition } from '../definition.ts';
import { bindRoles, roleParameters } from './roles.ts';

/** The target only gains roles: ones taken away in the source stay there. The compiled expression says `additive`. */
export const appRoleAssignmentsComplex: FunctionDefinition = {
  name: 'AppRoleAssignmentsComplex',
  summary: 'All assigned roles, added to those the target already has.',
  parameters: roleParameters,
  result: 'List',
  bind: bindRoles,
};
