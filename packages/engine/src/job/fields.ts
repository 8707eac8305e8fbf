import { problem } from '@joinery/problems';

/** A JSON object under its place, read member by member; every read checks and names the place when it refuses. */
export class Fields {
  readonly place: string;
  readonly #members: ReadonlyMap<string, unknown>;

  /** @throws ENGINE_SCHEMA_INVALID when `value` is not a JSON object */
  constructor(value: unknown, place: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(place, 'must be an object');
    this.place = place;
    this.#members = new Map(Object.entries(value));
  }

  string(name: string, fallback?: string): string {
    const value = this.#members.get(name) ?? fallback;
    if (typeof value !== 'string') throw invalid(this.at(name), 'must be a text');
    return value;
  }

  text(name: string): string | null {
    const value = this.#members.get(name) ?? null;
    if (value !== null && typeof value !== 'string') throw invalid(this.at(name), 'must be a text or null');
    return value;
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = this.#members.get(name) ?? fallback;
    if (typeof value !== 'boolean') throw invalid(this.at(name), 'must be true or false');
    return value;
  }

  integer(name: string, fallback: number, least = 0): number {
    const value = this.#members.get(name) ?? fallback;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
      throw invalid(this.at(name), `must be a whole number of at least ${least}`);
    }
    return value;
  }

  /** Like `integer`, but null is a value of its own and not the absence of one. */
  integerOrNull(name: string, fallback: number | null): number | null {
    return this.#members.get(name) === null ? null : fallback === null ? null : this.integer(name, fallback);
  }

  /** One word of a closed list; `fallback` where the member is absent. */
  word<W extends string>(name: string, words: readonly W[], fallback: W): W {
    const value = this.#members.get(name) ?? fallback;
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw invalid(this.at(name), `must be one of ${words.join(', ')}`);
    return word;
  }

  /** The elements of a list, each read with its own place; absent and null are the empty list. */
  list<T>(name: string, read: (value: unknown, place: string) => T): readonly T[] {
    const value = this.#members.get(name) ?? [];
    if (!Array.isArray(value)) throw invalid(this.at(name), 'must be a list');
    return value.map((element: unknown, index) => read(element, `${this.at(name)}[${index}]`));
  }

  /** The member as an object, or null where it is absent. */
  optional<T>(name: string, read: (value: unknown, place: string) => T): T | null {
    const value = this.#members.get(name) ?? null;
    return value === null ? null : read(value, this.at(name));
  }

  at(name: string): string {
    return this.place === '' ? name : `${this.place}.${name}`;
  }
}

/** A list element that must be text. */
export function textElement(value: unknown, place: string): string {
  if (typeof value !== 'string') throw invalid(place, 'must be a text');
  return value;
}

export function invalid(place: string, what: string) {
  return problem('ENGINE_SCHEMA_INVALID', `${what}.`, { place });
}
