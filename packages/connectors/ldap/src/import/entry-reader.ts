import {
  type AnchorAttribute,
  type AttributeChange,
  type AttributeValue,
  type CSEntryChange,
  canonicalDn,
  dnKey,
  type ValueChange,
} from '@joinery/connector';
import type { LdapContext } from '../context.ts';
import { EntryDecoder } from '../protocol/entry-decoder.ts';
import { isAccountDisabled } from './account-disabled.ts';
import { type Described, describe } from './attribute-description.ts';
import type { EntryPart, EntryPlan, PlannedType, Slot } from './entry-plan.ts';
import { notInRdnFirst } from './naming-values.ts';
import { normalObjectClasses, objectTypeIndex } from './object-classes.ts';
import { valueOfOctets, valueOfText } from './values.ts';

/** An attribute of which the server sent only a part (LDAP sheet 4.5, behaviour L35). */
export interface Remainder {
  readonly slot: Slot;
  /** Number of the first value that is missing. */
  readonly from: number;
  /** Where the values go. */
  readonly into: ValueChange[];
}

/** What an entry's object classes make of it. */
interface Classes {
  /** -1: of no selected type. */
  readonly type: number;
  readonly values: readonly ValueChange[];
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
  readonly #sink = {
    text: (described: Described, values: string[]): void => this.#takeTexts(described, values),
    octets: (described: Described, values: Uint8Array[]): void => this.#takeOctets(described, values),
  };
  // Of the entry that is read: its values by slot, and which of them came under a subtype only.
  readonly #found: (ValueChange[] | undefined)[];
  readonly #fromSubtype = new Set<number>();
  #classes: Classes | undefined;
  #disabling: readonly string[] = [];
  #remainders: Remainder[] = [];

  constructor(context: Pick<LdapContext, 'schema' | 'random'>, plan: EntryPlan) {
    this.#plan = plan;
    this.#context = context;
    this.#decoder = new EntryDecoder((description) => describe(plan, context.schema, description));
    this.#typeNames = plan.types.map(({ name }) => name);
    this.#found = plan.slots.map(() => undefined);
  }

  /** The attributes of the entry that was read last of which the server holds more values. */
  get remainders(): readonly Remainder[] {
    return this.#remainders;
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

  /** Adds the next values of an attribute to an entry that was read before. @returns what is missing still */
  readMore(bytes: Buffer, start: number, end: number, { slot, into }: Remainder): Remainder | undefined {
    this.#begin();
    this.#found[slot.index] = into;
    this.#decoder.decode(bytes, start, end, this.#sink);
    return this.#remainders.find((each) => each.slot === slot);
  }

  #begin(): void {
    this.#found.fill(undefined);
    this.#classes = undefined;
    this.#disabling = [];
    if (this.#fromSubtype.size > 0) this.#fromSubtype.clear();
    if (this.#remainders.length > 0) this.#remainders = [];
  }

  #takeTexts(described: Described, values: readonly string[]): void {
    const { slot, isObjectClass, isDisabling } = described;
    if (isObjectClass) this.#classes = this.#classesOf(values);
    if (isDisabling) this.#disabling = values;
    const into = slot === undefined ? undefined : this.#placeFor(slot, described, values.length);
    if (slot === undefined || into === undefined) return;
    const { form } = slot;
    for (const text of values) into.push(added(form === 'text' ? text : valueOfText(form, text)));
  }

  #takeOctets(described: Described, values: readonly Uint8Array[]): void {
    const { slot } = described;
    const into = slot === undefined ? undefined : this.#placeFor(slot, described, values.length);
    if (slot === undefined || into === undefined) return;
    for (const octets of values) into.push(added(valueOfOctets(slot.form, octets)));
  }

  /** Where so many values of a description go; undefined where they are not taken. */
  #placeFor(slot: Slot, { isSubtype, continuesAt }: Described, count: number): ValueChange[] | undefined {
    // Beside `member;range=0-1499` Active Directory sends an empty `member`.
    if (count === 0) return undefined;
    const { index } = slot;
    let values = this.#found[index];
    if (isSubtype) {
      if (values !== undefined) return undefined;
      this.#fromSubtype.add(index);
    } else if (values !== undefined && this.#fromSubtype.delete(index)) values = undefined;
    if (values === undefined) {
      values = [];
      this.#found[index] = values;
    }
    if (continuesAt !== undefined) this.#remainders.push({ slot, from: continuesAt, into: values });
    return values;
  }

  #classesOf(written: readonly string[]): Classes {
    const key = written.join('\n');
    const known = this.#classLists.get(key);
    if (known !== undefined) return known;
    const { schema } = this.#context;
    const type = objectTypeIndex(schema, this.#typeNames, written);
    const classes = { type, values: normalObjectClasses(schema, written).map(added) };
    if (this.#classLists.size < MOST_CLASS_LISTS) this.#classLists.set(key, classes);
    return classes;
  }

  #entry(dn: string): CSEntryChange | undefined {
    const type = this.#plan.types[this.#classes === undefined ? 0 : this.#classes.type];
    if (type === undefined) return undefined;
    const anchorAttributes: AnchorAttribute[] = [];
    const attributeChanges: AttributeChange[] = [];
    for (const part of type.parts) {
      const { name, isAnchor } = part;
      const valueChanges = this.#valuesOf(part, dn);
      const first = valueChanges?.[0];
      if (valueChanges === undefined || first === undefined) continue;
      if (isAnchor) anchorAttributes.push({ name, value: first.value });
      else attributeChanges.push({ name, modificationType: 'Add', valueChanges });
    }
    const entry: CSEntryChange = {
      identifier: this.#context.random.uuid(),
      objectType: type.name,
      objectModificationType: 'Add',
      dn,
      anchorAttributes,
      attributeChanges,
    };
    if (this.#classes === undefined) {
      return unusable(entry, 'ImportErrorMissingObjectClass', 'The entry came without "objectClass"');
    }
    const missing = missingAnchor(type, anchorAttributes);
    if (missing === undefined) return entry;
    return unusable(entry, 'ImportErrorInvalidAttributeValue', `The entry came without its anchor "${missing}"`);
  }

  #valuesOf({ from }: EntryPart, dn: string): readonly ValueChange[] | undefined {
    if (typeof from === 'object') {
      const values = this.#found[from.index];
      return values === undefined || values.length < 2 ? values : notInRdnFirst(dn, from, values);
    }
    switch (from) {
      case 'objectClass':
        return this.#classes?.values;
      case 'dn':
        return [added(dnKey(dn) ?? dn)];
      case 'accountDisabled': {
        const { disableMethod } = this.#plan;
        const value = disableMethod === undefined ? undefined : isAccountDisabled(disableMethod, this.#disabling);
        return value === undefined ? undefined : [added(value)];
      }
    }
  }
}

function added(value: AttributeValue): ValueChange {
  return { value, modificationType: 'Add' };
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
