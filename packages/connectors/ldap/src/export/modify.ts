import { isDeepStrictEqual } from 'node:util';
import { permissiveModify } from '../protocol/control/without-value.ts';
import type { Modification } from '../protocol/request.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import { type Address, onEntry, presentValues, sameEntry, type Written } from './identity.ts';
import type { EntryTask } from './outcome.ts';
import {
  filledAttributes,
  leavingPlaceholder,
  neverEmptied,
  placeholderAttributes,
  withoutPlaceholder,
} from './placeholder-member.ts';
import { asWholeLists, maySayDone, stillToDo } from './settled-values.ts';
import type { Turn } from './turn.ts';

export interface Modified extends Written {
  /** What was sent, as it was first. */
  readonly sent: readonly Modification[];
}

const success: LdapResult = {
  code: resultCode.success,
  matchedDn: '',
  diagnosticMessage: '',
  referrals: [],
  controls: [],
};

/** How often an entry is read again that somebody else changes at the same moment. */
const ATTEMPTS = 4;

/**
 * Sends the modifications of one entry in one request (L52), and what the rules of the kind of server make of them. Where they were made
 * of values that were read and have changed meanwhile, they are made again.
 * @param dn the entry's name
 * @param known true: the entry has just been written under this name, so that it need not be looked for
 */
export async function modify(
  task: EntryTask,
  turn: Turn,
  dn: string,
  mapped: readonly Modification[],
  known: boolean,
): Promise<Modified> {
  const { entry } = task;
  let hasRead = false;
  const ruled = (): Promise<readonly Modification[]> =>
    turn.scope.rules.modify(entry, mapped, (attributes) => {
      hasRead = true;
      return presentValues(turn, entry, dn, attributes, known);
    });
  let modifications = await ruled();
  for (let attempt = 1; ; attempt += 1) {
    const modified = await send(task, turn, dn, modifications, known);
    if (modified.result.code === resultCode.success || !hasRead || attempt === ATTEMPTS) return modified;
    const again = await ruled();
    if (isDeepStrictEqual(again, modifications)) return modified;
    modifications = again;
  }
}

async function send(
  { entry, type }: EntryTask,
  turn: Turn,
  dn: string,
  modifications: readonly Modification[],
  known: boolean,
): Promise<Modified> {
  if (modifications.length === 0) return { result: success, dn, sent: [] };
  const { context } = turn.scope;
  const required = placeholderAttributes(context, type.name);
  const write = (address: Address): Promise<LdapResult> =>
    required.size === 0
      ? modifyValues(turn, address, modifications)
      : modifyGroup(turn, address, modifications, required);
  const written = known ? await sameEntry(turn, entry, dn, write) : await onEntry(turn, entry, dn, write);
  return { ...written, sent: modifications };
}

/** A group that must not be empty: the placeholder goes when somebody comes, and comes when the last one goes. */
async function modifyGroup(
  turn: Turn,
  address: Address,
  modifications: readonly Modification[],
  required: ReadonlySet<string>,
): Promise<LdapResult> {
  const { placeholderMember } = turn.scope.context.settings;
  const kept = neverEmptied(modifications, required, placeholderMember);
  const filled: string[] = [];
  for (const attribute of filledAttributes(kept, required)) {
    // Not left to permissive modify: OpenLDAP's takes values that are there, but none that are gone (measured).
    if ((await turn.hasValue(address.dn, attribute, placeholderMember)) === true) filled.push(attribute);
  }
  const result = await modifyValues(turn, address, withoutPlaceholder(kept, filled, placeholderMember));
  if (result.code !== resultCode.objectClassViolation) return result;
  const leaving = leavingPlaceholder(kept, required, placeholderMember);
  return leaving.length === kept.length ? result : modifyValues(turn, address, leaving);
}

/** One modify; where values are there or gone already, what is left of it (L54). */
async function modifyValues(
  turn: Turn,
  { dn, controls }: Address,
  modifications: readonly Modification[],
): Promise<LdapResult> {
  const send = (rest: readonly Modification[]): Promise<LdapResult> => {
    const permissive = turn.scope.supports(permissiveModify.oid) ? [permissiveModify] : [];
    return turn.write({ operation: 'modify', dn, modifications: rest }, [...controls, ...permissive]);
  };
  const result = await send(modifications);
  if (result.code === resultCode.inappropriateMatching) {
    const whole = await asWholeLists(turn, dn, modifications);
    return whole === undefined ? result : send(whole);
  }
  if (!maySayDone(result)) return result;
  const rest = await stillToDo(turn, dn, modifications);
  if (rest === undefined) return result;
  return rest.length === 0 ? { ...result, code: resultCode.success } : send(rest);
}
