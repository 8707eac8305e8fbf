import type { LdapContext } from '../context.ts';
import { allOf, anyOf, equals } from '../protocol/filter/build.ts';
import { parseFilter } from '../protocol/filter/parse.ts';
import type { Filter } from '../protocol/filter.ts';
import type { EntryPlan } from './entry-plan.ts';

/**
 * What an import searches for: the selected object classes, by equality, so that a page costs little (LDAP sheet 4.3), and the
 * administrator's own condition. Never an empty set: ApacheDS would close the connection (behaviour L16).
 * @throws LDAP_FILTER_INVALID for a condition that is no filter
 */
export function importFilter({ settings }: Pick<LdapContext, 'settings'>, { types }: EntryPlan): Filter {
  const ofType = anyOf(types.map(({ name }) => equals('objectClass', name)));
  return settings.importFilter === '' ? ofType : allOf([ofType, parseFilter(settings.importFilter)]);
}
