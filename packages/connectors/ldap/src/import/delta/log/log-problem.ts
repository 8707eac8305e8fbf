import { isProblem, type Problem, problem } from '@joinery/problems';

/** Makes a fault of the log out of a fault of reading it, before anything of it was seen (LDAP sheet 4.7, behaviour L40). */
export function logProblem(error: unknown, logDn: string, records: number): unknown {
  const isHidden =
    isProblem(error, 'LDAP_BASE_MISSING') ||
    (records === 0 && (isProblem(error, 'LDAP_SEARCH_REFUSED') || isProblem(error, 'LDAP_SEARCH_LIMITED')));
  return isHidden ? logUnreadable(logDn, error) : error;
}

export function logUnreadable(logDn: string, cause?: unknown): Problem {
  const why = isProblem(cause) ? ` ${cause.detail}` : '';
  return problem('LDAP_CHANGES_UNREADABLE', `The changes below "${logDn}" cannot be read.${why}`, { place: logDn });
}
