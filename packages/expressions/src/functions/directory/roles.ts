import type { Evaluator } from '../../evaluation/context.ts';
import { printValue } from '../../values/print.ts';
import { isRole, type RoleValue } from '../../values/value.ts';
import type { BoundCall } from '../bound-call.ts';
import type { Parameter } from '../definition.ts';

export const roleParameters: readonly Parameter[] = [{ name: 'source', type: 'List' }];

/** The assigned roles. A plain text counts as a role of that name: expression tests send `["Default Assignment"]`. */
export function bindRoles(call: BoundCall): Evaluator<readonly RoleValue[]> {
  const list = call.list('source');
  return (scope) =>
    list(scope).map((item) => {
      if (isRole(item)) return item;
      const name = printValue(item);
      return { kind: 'role', id: '', value: name, displayName: name };
    });
}
