import type { CSEntryChange } from '@joinery/connector';
import type { Control } from '../../protocol/control.ts';
import type { Filter } from '../../protocol/filter.ts';
import type { EntryPlan } from '../entry-plan.ts';
import { EntryReader } from '../entry-reader.ts';
import type { Remainder } from '../entry-values.ts';
import { readRemainder } from '../remainder.ts';
import { searchInPages } from '../search-pages.ts';
import type { Reading } from './delta-reader.ts';
import { departure } from './departure.ts';
import { EntryFacts, type Facts } from './entry-facts.ts';

/** One entry that a search for changes found. */
export interface Found {
  readonly facts: Facts;
  /** The whole entry; undefined where it is of no selected type. */
  readonly whole: CSEntryChange | undefined;
}

/** A search for entries that changed. */
export interface ChangeSearch {
  readonly base: string;
  readonly filter: Filter;
  /** Asked for besides what the plan needs; in lower case. */
  readonly attributes: readonly string[];
  readonly controls?: readonly Control[];
  /** What is told of an entry. */
  readonly tell: (found: Found) => readonly CSEntryChange[];
}

/** Searches whose results are whole entries: what is told of them needs no second reading, and memory holds a page (LDAP sheet 4.9, 4.10). */
export class ChangedEntries {
  readonly #reading: Reading;
  readonly #plan: EntryPlan;

  constructor(reading: Reading, plan: EntryPlan) {
    this.#reading = reading;
    this.#plan = plan;
  }

  async *search(search: ChangeSearch): AsyncGenerator<readonly CSEntryChange[], void, undefined> {
    const { context, connection, pageSize, signal } = this.#reading;
    const { base, filter, attributes, controls = [], tell } = search;
    const reader = new EntryReader(context, this.#plan);
    const reading = new EntryFacts(context, this.#plan, attributes);
    let page: CSEntryChange[] = [];
    let unfinished: { readonly dn: string; readonly remainder: Remainder }[] = [];
    const onEntry = (bytes: Buffer, start: number, end: number): void => {
      const facts = reading.read(bytes, start, end);
      const whole = reader.read(bytes, start, end);
      const told = tell({ facts, whole });
      page.push(...told);
      if (told.every(({ objectModificationType }) => objectModificationType === 'Delete')) return;
      for (const remainder of reader.remainders) unfinished.push({ dn: facts.dn, remainder });
    };
    const request = { base, scope: 'sub', filter, attributes: [...this.#plan.requested, ...attributes] } as const;
    for await (const _ of searchInPages({
      context,
      connection,
      request,
      pageSize,
      sink: { onEntry },
      controls,
      signal,
    })) {
      for (const { dn, remainder } of unfinished)
        await readRemainder(context, connection, reader, dn, remainder, signal);
      const ready = page;
      page = [];
      unfinished = [];
      for (let at = 0; at < ready.length; at += pageSize) yield ready.slice(at, at + pageSize);
    }
  }

  /** That the object of an entry is none of those that are read, for every type by whose anchors the entry could be known. */
  departures({ value }: Facts): readonly CSEntryChange[] {
    return this.#plan.types.flatMap((type) => departure(this.#reading.context, type, value) ?? []);
  }
}
