import { baseOf } from '../../conversion/base.ts';
import { DateTime } from '../../types/time/date-time.ts';
import type { Value } from '../../values/value.ts';
import type { Keyed } from './property-order.ts';

/** How an entry is looked up: its text, and of what kind each of its keys is. */
interface Lookup {
  readonly text: string;
  readonly kinds: readonly number[];
}

const kinds = { text: 1, integer: 2, date: 4, truth: 8 } as const;

/**
 * Entries that wait for a partner, oldest first. Where the keys on both sides are plain texts, whole numbers, dates,
 * truths or nothing, and those of a column all of one kind, a partner is looked up; among other values, which may equal
 * each other across types, each one is asked.
 */
export class WaitingEntries {
  readonly #order: (left: Keyed, right: Keyed) => number;
  readonly #ignoreCase: boolean;
  readonly #entries = new Map<number, { readonly entry: Keyed; readonly text: string | undefined }>();
  readonly #byText = new Map<string, Set<number>>();
  /** Those that no look-up finds. */
  readonly #odd = new Set<number>();
  /** The kinds of keys that were ever here, by column. */
  readonly #kinds: number[] = [];
  #next = 0;

  constructor(order: (left: Keyed, right: Keyed) => number, ignoreCase: boolean) {
    this.#order = order;
    this.#ignoreCase = ignoreCase;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** All that still wait, oldest first. */
  *left(): Iterable<Keyed> {
    for (const { entry } of this.#entries.values()) yield entry;
  }

  add(entry: Keyed): void {
    const at = this.#next++;
    const lookup = this.#lookup(entry);
    this.#entries.set(at, { entry, text: lookup?.text });
    if (lookup === undefined) {
      this.#odd.add(at);
      return;
    }
    for (const [column, kind] of lookup.kinds.entries()) this.#kinds[column] = (this.#kinds[column] ?? 0) | kind;
    const known = this.#byText.get(lookup.text);
    if (known === undefined) this.#byText.set(lookup.text, new Set([at]));
    else known.add(at);
  }

  /** Takes the oldest one that equals `entry`. */
  take(entry: Keyed): Keyed | undefined {
    return this.#remove(this.#find(entry));
  }

  takeOldest(): Keyed | undefined {
    return this.#remove(first(this.#entries.keys()));
  }

  #find(entry: Keyed): number | undefined {
    const lookup = this.#lookup(entry);
    if (lookup === undefined || !this.#fits(lookup.kinds)) return this.#scan(entry, this.#entries.keys());
    const odd = this.#scan(entry, this.#odd);
    const alike = first(this.#byText.get(lookup.text) ?? []);
    return odd === undefined || (alike !== undefined && alike < odd) ? alike : odd;
  }

  #scan(entry: Keyed, candidates: Iterable<number>): number | undefined {
    for (const at of candidates) {
      const other = this.#entries.get(at);
      if (other !== undefined && this.#order(entry, other.entry) === 0) return at;
    }
    return undefined;
  }

  #remove(at: number | undefined): Keyed | undefined {
    const found = at === undefined ? undefined : this.#entries.get(at);
    if (at === undefined || found === undefined) return undefined;
    this.#entries.delete(at);
    this.#odd.delete(at);
    if (found.text !== undefined) {
      const alike = this.#byText.get(found.text);
      alike?.delete(at);
      if (alike?.size === 0) this.#byText.delete(found.text);
    }
    return found.entry;
  }

  /** False where kinds would meet: `1` equals `'1'`, and with the number first also `'1.0'`. */
  #fits(asked: readonly number[]): boolean {
    return asked.every((kind, column) => isOneKind((this.#kinds[column] ?? 0) | kind));
  }

  #lookup({ keys }: Keyed): Lookup | undefined {
    const parts: string[] = [];
    const found: number[] = [];
    for (const key of keys) {
      const part = this.#part(key);
      if (part === undefined) return undefined;
      parts.push(part.text);
      found.push(part.kind);
    }
    while (parts.at(-1) === missing) parts.pop();
    return { text: parts.join('\n'), kinds: found };
  }

  #part(key: Value): { text: string; kind: number } | undefined {
    if (key === undefined) return { text: missing, kind: 0 };
    const base = baseOf(key);
    if (base === null || base === undefined) return { text: 'null', kind: 0 };
    if (typeof base === 'number' || typeof base === 'bigint') return { text: `=${base}`, kind: kinds.integer };
    if (typeof base === 'boolean') return { text: `=${base}`, kind: kinds.truth };
    if (base instanceof DateTime) return { text: `=${base.ticks}`, kind: kinds.date };
    // Beyond ASCII, texts may equal each other that differ in their characters.
    if (typeof base !== 'string' || !/^[\x20-\x7e]*$/.test(base)) return undefined;
    return { text: `=${this.#ignoreCase ? base.toLowerCase() : base}`, kind: kinds.text };
  }
}

const missing = 'none';

function isOneKind(mask: number): boolean {
  return (mask & (mask - 1)) === 0;
}

function first<T>(items: Iterable<T>): T | undefined {
  for (const item of items) return item;
  return undefined;
}
