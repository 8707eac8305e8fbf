import { type AnchorAttribute, type AttributeChange, type CSEntryChange, canonicalDn, dnKey } from '@joinery/connector';
import type { LdapContext } from '../context.ts';
import { EntryDecoder } from '../protocol/entry-decoder.ts';
import { isAccountDisabled } from './account-disabled.ts';
import { type Described, describe } from './attribute-description.ts';
import type { EntryPart, EntryPlan, PlannedType } from './entry-plan.ts';
import { EntryValues, type Remainder } from './entry-values.ts';
import { notInRdnFirst } from './naming-values.ts';
import { normalObjectClasses, objectTypeIndex } from './object-classes.ts';
import { added, changeOf } from './values.ts';

/** What an entry's object classes make of it. */
interface Classes {
  /** -1: of no selected type. */
  readonly type: number;
  readonly change: AttributeChange;
}

/** Lists of object classes that are kept; a directory has some dozens. */
const MOST_CLASS_LISTS = 1024;

/**
 * Reads entries straight from the octets of a SearchResultEntry (RFC 4511 4.5.2) to what the host takes, for the selected types of one
 * run. Values are never trimmed (behaviour L30); what is not selected is passed over unread.
 */
export class EntryReader {
  readonly #plan: EntryPlan;
  readonly #context: Pick<LdapContext, 'schema' | 'random'>;
  readonly #decoder: EntryDecoder<Described>;
  readonly #typeNames: readonly string[];
  readonly #classLists = new Map<string, Classes>();
  readonly #changes: AttributeChange[] = [];
  // Of the entry that is read.
  readonly #values: EntryValues;
  #classes: Classes | undefined;
  #disabling: readonly string[] = [];
  readonly #sink = {
    known: (described: Described, bytes: Buffer, start: number, end: number): boolean => {
      const { slot, isDisabling } = described;
      return slot !== undefined && !isDisabling && this.#values.takeKnown(slot, described, bytes, start, end);
    },
    text: (described: Described, values: readonly string[]): void => {
      const { slot, isObjectClass, isDisabling } = described;
      if (slot !== undefined) this.#values.takeTexts(slot, described, values);
      if (isObjectClass) this.#classes = this.#classesOf(values);
      if (isDisabling) this.#disabling = values;
    },
    octets: (described: Described, values: readonly Uint8Array[]): void => {
      if (described.slot !== undefined) this.#values.takeOctets(described.slot, described, values);
    },
  };

  constructor(context: Pick<LdapContext, 'schema' | 'random'>, plan: EntryPlan) {
    this.#plan = plan;
    this.#context = context;
    this.#decoder = new EntryDecoder((description) => describe(plan, context.schema, description));
    this.#typeNames = plan.types.map(({ name }) => name);
    this.#values = new EntryValues(plan.slots);
  }

  /** The attributes of the entry that was read last of which the server holds more values. */
  get remainders(): readonly Remainder[] {
    return this.#values.remainders;
  }

  /**
   * @param bytes `start` to `end` is the content of the SearchResultEntry; nothing of it is kept
   * @returns undefined for an entry that is of no selected type
   * @throws LDAP_PROTOCOL_INVALID
   */
  read(bytes: Buffer, start: number, end: number): CSEntryChange | undefined {
    this.#begin();
    const written = this.#decoder.decode(bytes, start, end, this.#sink);
    return this.#entry(canonicalDn(written) ?? written);
  }

  /**
   * Adds the next values of an attribute to an entry that was read before.
   * @returns the number of the first one, undefined where none came under a range; and what is missing still
   */
  readMore(
    bytes: Buffer,
    start: number,
    end: number,
    { slot, into }: Remainder,
  ): { readonly begin: number | undefined; readonly rest: Remainder | undefined } {
    this.#begin();
    this.#decoder.decode(bytes, start, end, this.#sink);
    for (const value of this.#values.of(slot)?.valueChanges ?? []) into.push(value);
    const next = this.#values.remainders.find((each) => each.slot === slot);
    return { begin: this.#values.beginOf(slot), rest: next === undefined ? undefined : { ...next, into } };
  }

  #begin(): void {
    this.#values.clear();
    this.#classes = undefined;
    this.#disabling = [];
  }

  #classesOf(written: readonly string[]): Classes {
    const key = written.join('\n');
    const known = this.#classLists.get(key);
    if (known !== undefined) return known;
    const { schema } = this.#context;
    const type = objectTypeIndex(schema, this.#typeNames, written);
    const classes = { type, change: changeOf('objectClass', normalObjectClasses(schema, written).map(added)) };
    if (this.#classLists.size < MOST_CLASS_LISTS) this.#classLists.set(key, classes);
    return classes;
  }

  #entry(dn: string): CSEntryChange | undefined {
    const type = this.#plan.types[this.#classes === undefined ? 0 : this.#classes.type];
    if (type === undefined) return undefined;
    const anchorAttributes: AnchorAttribute[] = [];
    const changes = this.#changes;
    changes.length = 0;
    for (const part of type.parts) {
      const change = this.#changeOf(part, dn);
      const value = part.isAnchor ? change?.valueChanges[0]?.value : undefined;
      if (value !== undefined) anchorAttributes.push({ name: part.name, value });
      else if (change !== undefined) changes.push(change);
    }
    const entry: CSEntryChange = {
      identifier: this.#context.random.uuid(),
      objectType: type.name,
      objectModificationType: 'Add',
      dn,
      anchorAttributes,
      // A copy is as long as it need be; a list that grew has room for half as many again.
      attributeChanges: changes.slice(),
    };
    if (this.#classes === undefined) {
      return unusable(entry, 'ImportErrorMissingObjectClass', 'The entry came without "objectClass"');
    }
    const missing = missingAnchor(type, anchorAttributes);
    if (missing === undefined) return entry;
    return unusable(entry, 'ImportErrorInvalidAttributeValue', `The entry came without its anchor "${missing}"`);
  }

  #changeOf({ from, name }: EntryPart, dn: string): AttributeChange | undefined {
    if (typeof from === 'object') {
      const change = this.#values.of(from);
      return change === undefined || change.valueChanges.length < 2 ? change : notInRdnFirst(dn, from, change);
    }
    switch (from) {
      case 'objectClass':
        return this.#classes?.change;
      case 'dn':
        return changeOf(name, [added(dnKey(dn) ?? dn)]);
      case 'accountDisabled': {
        const { disableMethod } = this.#plan;
        const value = disableMethod === undefined ? undefined : isAccountDisabled(disableMethod, this.#disabling);
        return value === undefined ? undefined : changeOf(name, [added(value)]);
      }
    }
  }
}

function missingAnchor({ parts }: PlannedType, anchors: readonly AnchorAttribute[]): string | undefined {
  return parts.find(({ name, isAnchor }) => isAnchor && !anchors.some((anchor) => anchor.name === name))?.name;
}

/** The host keeps the object that it knows by this anchor or name: an entry that cannot be used was not deleted. */
function unusable(
  entry: CSEntryChange,
  code: 'ImportErrorMissingObjectClass' | 'ImportErrorInvalidAttributeValue',
  what: string,
): CSEntryChange {
  return {
    ...entry,
    errorCodeImport: code,
    errorName: 'missingAttribute',
    errorDetail: `${what}: it has none, or the account of the connector may not read it.`,
  };
}
