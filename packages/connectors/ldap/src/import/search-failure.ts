import { type Problem, problem } from '@joinery/problems';
import type { LdapContext } from '../context.ts';
import { scrub } from '../export/scrub.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCodeName } from '../protocol/result-code.ts';
import { type Limit, limitSetting } from './server-limits.ts';

const success = 0;
const referral = 10;
const noSuchObject = 32;

const limitsByCode: ReadonlyMap<number, Limit> = new Map([
  [3, 'time'],
  [4, 'size'],
  [11, 'lookThrough'],
]);

const limitNames: Readonly<Record<Limit, string>> = {
  time: 'time limit',
  size: 'size limit',
  lookThrough: 'limit on entries that a search may look at',
};

/**
 * Lets a search through only when the server says that this was everything: whoever takes a part for the whole deletes people
 * (LDAP sheet 4.1, behaviours L24, L28, L33).
 * @param base where the search began
 * @param found how many entries had come
 * @throws LDAP_SEARCH_LIMITED with the setting of the server to change, LDAP_REFERRAL with the URL, LDAP_BASE_MISSING, LDAP_SEARCH_REFUSED
 */
export function assertComplete(
  { profile }: Pick<LdapContext, 'profile'>,
  result: LdapResult,
  base: string,
  found: number,
): void {
  if (result.code !== success) throw searchProblem(profile.kind, result, base, found);
}

function searchProblem(kind: LdapContext['profile']['kind'], result: LdapResult, base: string, found: number): Problem {
  const { code, referrals } = result;
  const said = inServersWords(result);
  const limit = limitsByCode.get(code);
  if (limit !== undefined) {
    const detail = `After ${found} entries below "${base}" the server stopped at its ${limitNames[limit]}, with ${resultCodeName(code)}.${said}`;
    return problem('LDAP_SEARCH_LIMITED', detail, { place: base, fix: limitSetting(kind, limit) });
  }
  if (code === referral) {
    const where = referrals.length === 0 ? 'nowhere' : referrals.join(', ');
    return problem('LDAP_REFERRAL', `For "${base}" the server refers to ${where}.${said}`, { place: base });
  }
  if (code === noSuchObject) {
    return problem('LDAP_BASE_MISSING', `There is no entry "${base}", or the account may not see it.${said}`, {
      place: base,
    });
  }
  const detail = `The search below "${base}" ended after ${found} entries with ${resultCodeName(code)}.${said}`;
  return problem('LDAP_SEARCH_REFUSED', detail, { place: base });
}

function inServersWords({ diagnosticMessage }: LdapResult): string {
  const words = scrub(diagnosticMessage);
  return words === '' ? '' : ` The server says: ${words}`;
}
