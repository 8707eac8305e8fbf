import type { AttributeChange, ValueChange } from '@joinery/connector';
import type { Described } from './attribute-description.ts';
import type { Slot } from './entry-plan.ts';
import { FrequentValues } from './frequent-values.ts';
import { added, changeOf, valueOfOctets, valueOfText } from './values.ts';

/** An attribute of which the server sent only a part (LDAP sheet 4.5, behaviour L35). */
export interface Remainder {
  readonly slot: Slot;
  /** Number of the first value that is missing. */
  readonly from: number;
  /** Where the values go. */
  readonly into: ValueChange[];
}

/** The values of one entry by attribute, whatever descriptions they came under. Used again for the next entry. */
export class EntryValues {
  readonly #found: (AttributeChange | undefined)[];
  readonly #frequent: readonly FrequentValues[];
  /** Slots that have values of a subtype only. */
  readonly #fromSubtype = new Set<number>();
  /** Where the range begins that a slot's values came under. */
  readonly #ranges = new Map<number, number>();
  #remainders: Remainder[] = [];

  constructor(slots: readonly Slot[]) {
    this.#found = slots.map(() => undefined);
    this.#frequent = slots.map(() => new FrequentValues());
  }

  of({ index }: Slot): AttributeChange | undefined {
    return this.#found[index];
  }

  /** Number of the first value, where the values came under a range. */
  beginOf({ index }: Slot): number | undefined {
    return this.#ranges.get(index);
  }

  get remainders(): readonly Remainder[] {
    return this.#remainders;
  }

  clear(): void {
    this.#found.fill(undefined);
    if (this.#fromSubtype.size > 0) this.#fromSubtype.clear();
    if (this.#remainders.length > 0) this.#remainders = [];
    if (this.#ranges.size > 0) this.#ranges.clear();
  }

  /** Takes values that were met before, by their octets. @returns false where they were not */
  takeKnown({ index }: Slot, { isPlain }: Described, bytes: Buffer, start: number, end: number): boolean {
    if (!isPlain || this.#found[index] !== undefined) return false;
    const known = this.#frequent[index]?.find(bytes, start, end);
    if (known === undefined) return false;
    this.#found[index] = known;
    return true;
  }

  takeTexts(slot: Slot, described: Described, values: readonly string[]): void {
    const { form, index, name } = slot;
    const [first] = values;
    if (first === undefined || values.length > 1 || !described.isPlain || this.#found[index] !== undefined) {
      const all = values.map((text) => added(valueOfText(form, text)));
      this.#take(slot, described, all);
      return;
    }
    const frequent = this.#frequent[index];
    // What is kept for the whole run must not be a part of the text of the entry that it came with, or it keeps all of that.
    const text = frequent?.learning === true ? Buffer.from(first).toString() : first;
    // A list that is made with its value holds no room for more, which would be half the memory of an entry.
    const change = changeOf(name, [added(form === 'text' ? text : valueOfText(form, text))]);
    this.#found[index] = change;
    frequent?.keep(change);
  }

  takeOctets(slot: Slot, described: Described, values: readonly Uint8Array[]): void {
    this.#take(
      slot,
      described,
      values.map((octets) => added(valueOfOctets(slot.form, octets))),
    );
  }

  #take(slot: Slot, { isSubtype, beginsAt, continuesAt }: Described, values: ValueChange[]): void {
    const { index, name } = slot;
    const before = this.#found[index];
    // Beside `member;range=0-1499` Active Directory sends an empty `member`.
    if (values.length === 0 || (isSubtype && before !== undefined)) return;
    const isFirst = before === undefined || this.#fromSubtype.delete(index);
    if (isSubtype) this.#fromSubtype.add(index);
    const into = isFirst ? values : [...before.valueChanges, ...values];
    this.#found[index] = changeOf(name, into);
    if (beginsAt !== undefined) this.#ranges.set(index, beginsAt);
    if (continuesAt !== undefined) this.#remainders.push({ slot, from: continuesAt, into });
  }
}
