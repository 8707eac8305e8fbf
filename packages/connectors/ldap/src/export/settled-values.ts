import type { Modification } from '../protocol/request.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import { microsoftSubCode } from './microsoft-sub-code.ts';
import type { Turn } from './turn.ts';

/** Values asked about at once: comparisons overlap on one connection. */
const atOnce = 16;

const goneAlready: ReadonlySet<string | undefined> = new Set(['00000561', '00002084', '00002085']);

/**
 * True for a refusal that may only say that a value is there or gone already: 20 and 16, and what Active Directory answers for
 * members of groups (68, and 53 with 00000561). Samba answers 53 without a number.
 */
export function maySayDone({ code, diagnosticMessage }: LdapResult): boolean {
  if (code === resultCode.noSuchAttribute || code === resultCode.attributeOrValueExists) return true;
  if (code === resultCode.entryAlreadyExists) return microsoftSubCode(diagnosticMessage) !== '00000524';
  if (code !== resultCode.unwillingToPerform) return false;
  return goneAlready.has(microsoftSubCode(diagnosticMessage)) || /doesn't exist for target/.test(diagnosticMessage);
}

/**
 * What is still to do of modifications that were refused so (LDAP sheet 5.1 "Idempotence", L54): without the values that the
 * entry has or lacks already. Each value is compared by the server itself, by its own matching rule and without reading a group
 * of a hundred thousand members.
 * @returns undefined where nothing was done already, so that the refusal stands
 */
export async function stillToDo(
  turn: Turn,
  dn: string,
  modifications: readonly Modification[],
): Promise<readonly Modification[] | undefined> {
  let dropped = false;
  const rest: Modification[] = [];
  for (const modification of modifications) {
    const { operation, type, values } = modification;
    if (operation !== 'add' && operation !== 'delete') {
      rest.push(modification);
      continue;
    }
    const kept: (typeof values)[number][] = [];
    for (let at = 0; at < values.length; at += atOnce) {
      const some = values.slice(at, at + atOnce);
      const has = await Promise.all(some.map((value) => turn.hasValue(dn, type, value)));
      kept.push(...some.filter((_, index) => has[index] !== (operation === 'add')));
    }
    dropped ||= kept.length < values.length;
    if (kept.length > 0) rest.push({ ...modification, values: kept });
  }
  return dropped ? rest : undefined;
}

/**
 * The same modifications with whole lists instead of deltas, for attributes whose values the server cannot compare (18): what
 * is there is read, and the attribute replaced by what it is to be.
 */
export async function asWholeLists(
  turn: Turn,
  dn: string,
  modifications: readonly Modification[],
): Promise<readonly Modification[] | undefined> {
  const { scope } = turn;
  const keys = new Map<string, string>();
  for (const { operation, type } of modifications) {
    const key = scope.attributeKey(type);
    const comparable = scope.context.schema.attributeType(type)?.equality !== undefined;
    if (!comparable && (operation === 'add' || operation === 'delete')) keys.set(key, type);
  }
  if (keys.size === 0) return undefined;
  const present = await turn.read(dn, [...keys.values()]);
  if (present === undefined) return undefined;
  const lists = new Map<string, Map<string, Uint8Array>>();
  for (const key of keys.keys()) lists.set(key, byOctets(present.values.get(key) ?? []));
  const others: Modification[] = [];
  for (const modification of modifications) {
    const list = lists.get(scope.attributeKey(modification.type));
    if (list === undefined) others.push(modification);
    else {
      if (modification.operation === 'replace') list.clear();
      for (const [octets, value] of byOctets(modification.values.map(bytesOf))) {
        if (modification.operation === 'delete') list.delete(octets);
        else list.set(octets, value);
      }
    }
  }
  const whole = [...lists].map(
    ([key, list]): Modification => ({ operation: 'replace', type: keys.get(key) ?? key, values: [...list.values()] }),
  );
  return [...others, ...whole];
}

function byOctets(values: readonly Uint8Array[]): Map<string, Uint8Array> {
  return new Map(values.map((value) => [Buffer.from(value).toString('base64'), value]));
}

function bytesOf(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
}
