import { type Problem, problem } from '@joinery/problems';
import type { JournalEntry } from '../space/writer/calls.ts';
import { lookupKey, parseLookupKey } from './write-order.ts';

/**
 * The writes whose outcome is not known. While there is one, a question about its object is answered 503, never "not
 * found": the caller would create the person a second time (design decision 3).
 */
export class InDoubt {
  readonly #entries = new Map<string, JournalEntry>();
  readonly #ids = new Map<string, number>();
  readonly #keys = new Map<string, number>();

  get size(): number {
    return this.#entries.size;
  }
  all(): readonly JournalEntry[] {
    return [...this.#entries.values()];
  }

  add(entry: JournalEntry): void {
    this.remove(entry.identifier);
    this.#entries.set(entry.identifier, entry);
    if (entry.id !== null) count(this.#ids, entry.id, 1);
    for (const key of keysOf(entry)) count(this.#keys, key, 1);
  }

  remove(identifier: string): void {
    const entry = this.#entries.get(identifier);
    if (entry === undefined) return;
    this.#entries.delete(identifier);
    if (entry.id !== null) count(this.#ids, entry.id, -1);
    for (const key of keysOf(entry)) count(this.#keys, key, -1);
  }

  /** @throws HOST_OBJECT_IN_DOUBT */
  checkId(id: string): void {
    if (this.#ids.has(id)) throw inDoubt();
  }
  /** @throws HOST_OBJECT_IN_DOUBT */
  checkKey(key: string): void {
    if (this.#keys.has(key)) throw inDoubt();
  }
  /** For searches that no single key describes. @throws HOST_OBJECT_IN_DOUBT */
  checkAll(): void {
    if (this.#entries.size > 0) throw inDoubt();
  }
}

/** What a caller hears about an object whose last write has no known outcome. */
export function inDoubt(cause?: unknown): Problem {
  return problem(
    'HOST_OBJECT_IN_DOUBT',
    'The outcome of the last write to this object is not known yet; the host asks the target before it answers.',
    { retryAfterSeconds: 30, ...(cause === undefined ? {} : { cause }) },
  );
}

/** The first release entered the attributes in the journal with their schema. */
function keysOf({ keys }: JournalEntry): readonly string[] {
  return keys.map((each) => {
    const { attribute, key } = parseLookupKey(each);
    return lookupKey(attribute, key);
  });
}

function count(map: Map<string, number>, key: string, step: number): void {
  const next = (map.get(key) ?? 0) + step;
  if (next > 0) map.set(key, next);
  else map.delete(key);
}
