import type { AttributePlan } from '../protocol/entry-decoder.ts';
import type { DirectorySchema } from '../schema/directory-schema.ts';
import type { EntryPlan, Slot, ValueForm } from './entry-plan.ts';

/** What cannot be read from text. */
const comesAsOctets: ReadonlySet<ValueForm> = new Set(['binary', 'microsoft', 'plain', 'sid']);

/** What an attribute description of an entry stands for. */
export interface Described extends AttributePlan {
  /** Undefined where only the object's class or state is read from it. */
  readonly slot: Slot | undefined;
  readonly isObjectClass: boolean;
  /** True for the attribute that tells whether the account is disabled. */
  readonly isDisabling: boolean;
  /** The attribute's own values, all of them. */
  readonly isPlain: boolean;
  /** The description has options beyond `binary` and a range, such as `lang-fr`: a subtype, taken where the attribute itself has no value. */
  readonly isSubtype: boolean;
  /** Of `member;range=1500-2999`: the number of its first value (behaviour L35). */
  readonly beginsAt: number | undefined;
  /** Of `member;range=0-1499`: where the rest begins; undefined where there is none. */
  readonly continuesAt: number | undefined;
}

/**
 * Finds what a description stands for: names and OIDs in any letter case, with options (LDAP sheet 3.7).
 * @returns undefined for what was not asked for
 */
export function describe(plan: EntryPlan, schema: DirectorySchema, description: string): Described | undefined {
  const [name = '', ...options] = description.toLowerCase().split(';');
  const definition = schema.attributeType(name);
  const keys = [name, ...(definition?.names ?? []).map((each) => each.toLowerCase())];
  const slot = plan.slots.find((each) => keys.some((key) => each.keys.has(key)));
  const isObjectClass = keys.includes('objectclass');
  const method = plan.disableMethod?.toLowerCase();
  const isDisabling = method !== undefined && keys.includes(method);
  if (slot === undefined && !isObjectClass && !isDisabling) return undefined;
  const range = options.find((option) => option.startsWith('range='));
  const [, first, last] = /^range=(\d+)-(\d+|\*)$/.exec(range ?? '') ?? [];
  const isSubtype = options.some((option) => option !== 'binary' && option !== range);
  return {
    form: slot !== undefined && comesAsOctets.has(slot.form) ? 'octets' : 'text',
    slot,
    isObjectClass,
    isDisabling,
    isPlain: !isSubtype && range === undefined,
    isSubtype,
    beginsAt: first === undefined ? undefined : Number(first),
    continuesAt: last === undefined || last === '*' ? undefined : Number(last) + 1,
  };
}
