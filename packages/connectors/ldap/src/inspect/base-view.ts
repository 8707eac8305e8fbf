import type { Connection } from '../connection/connection.ts';
import type { ServerProfile } from '../detection/profile.ts';
import { kindDefinition } from '../detection/recognise.ts';
import { limitSetting } from '../import/server-limits.ts';
import { equals, everything } from '../protocol/filter/build.ts';
import { resultCode, resultCodeName } from '../protocol/result-code.ts';
import type { BaseView } from './inspection.ts';

/** How many names of people are asked for: one more than the limits that servers come with (LDAP sheet 4.2). */
export const PROBED = 5_001;

/**
 * What the account sees below an entry, and whether a search of it meets a limit of the server, which is the most common failure of a
 * first day (LDAP sheet 4.2). Active Directory's limit is one of pages and no hindrance.
 */
export async function viewBase(
  connection: Connection,
  profile: ServerProfile,
  dn: string,
  signal: AbortSignal,
): Promise<BaseView> {
  const view = (state: BaseView['state'], people: number, advice?: string): BaseView => ({ dn, state, people, advice });
  let there = 0;
  const base = await connection.search(
    { base: dn, scope: 'base', filter: everything, attributes: ['1.1'] },
    { onEntry: () => (there += 1) },
    signal,
  );
  if (base.code === resultCode.noSuchObject || base.code === resultCode.invalidDnSyntax) {
    return view('missing', 0, `There is no entry ${dn}, or the account may not see it.`);
  }
  if (base.code !== resultCode.success) {
    return view('unreadable', 0, `${dn} cannot be read: ${resultCodeName(base.code)}.`);
  }
  let people = 0;
  const { personClass } = kindDefinition(profile.kind);
  const { code } = await connection.search(
    { base: dn, scope: 'sub', filter: equals('objectClass', personClass), attributes: ['1.1'], sizeLimit: PROBED },
    { onEntry: () => (people += 1) },
    signal,
  );
  const atLimit = code === resultCode.sizeLimitExceeded && people < PROBED && !pagesAreTheLimit(profile);
  if (atLimit || code === resultCode.adminLimitExceeded) {
    const limit = atLimit ? 'size' : 'lookThrough';
    return view('limited', people, `A search ends after ${people} entries. ${limitSetting(profile.kind, limit)}`);
  }
  if (there === 0 && people === 0) {
    return view('unreadable', 0, `The account sees nothing below ${dn}, not even that entry.`);
  }
  return view(people === 0 ? 'empty' : 'readable', people);
}

function pagesAreTheLimit({ kind }: ServerProfile): boolean {
  return kind === 'ActiveDirectory' || kind === 'ADLDS' || kind === 'ActiveDirectoryGlobalCatalog' || kind === 'Samba';
}
