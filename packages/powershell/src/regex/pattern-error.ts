import { netFailure } from '../errors/raise.ts';

/** What .NET says of a pattern that is none. `offset` is how far it had read. */
export function patternError(pattern: string, offset: number, error: string, why: string): Error {
  return netFailure(
    'System.Text.RegularExpressions.RegexParseException',
    `Invalid pattern '${pattern}' at offset ${offset}. ${why}`,
    { details: { Offset: offset, Error: error } },
  );
}
