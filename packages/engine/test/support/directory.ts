import { problem } from '@joinery/problems';
import type { ChangePage, SourceEntry, SourcePage, SourceReader } from '../../src/index.ts';

export type Person = Omit<SourceEntry, 'objectType' | 'attributes' | 'displayName'> & {
  readonly attributes: ReadonlyMap<string, string | boolean | bigint | readonly string[]>;
};

/** A source of people in memory with a change feed, as the service wires the real directory to the engine. */
export class TestDirectory implements SourceReader {
  readonly name = 'Directory';
  readonly #people = new Map<string, Person>();
  #feed: string[] = [];
  /** Positions before this one are forgotten. */
  #oldest = 0;
  fullReads = 0;
  feedReads = 0;

  /** Adds or changes someone; the feed shows it. */
  put(id: string, change: Partial<Omit<Person, 'id' | 'attributes'>> & { attributes?: Record<string, string | null> }) {
    const before = this.#people.get(id);
    const attributes = new Map<string, string | boolean | bigint | readonly string[]>(
      before?.attributes ?? [['objectId', id]],
    );
    for (const [name, value] of Object.entries(change.attributes ?? {})) {
      if (value === null) attributes.delete(name);
      else attributes.set(name, value);
    }
    this.#people.set(id, {
      presence: 'present',
      accountEnabled: true,
      assigned: true,
      ...before,
      ...change,
      id,
      attributes,
    });
    this.#feed.push(id);
  }

  /** Deletes for good. */
  purge(id: string): void {
    this.#people.delete(id);
    this.#feed.push(id);
  }

  /** The same change once more. */
  replay(id: string): void {
    this.#feed.push(id);
  }

  /** Makes every watermark handed out so far useless. */
  expire(): void {
    this.#oldest = this.#feed.length + 1;
    this.#feed.push('');
  }

  async watermark(): Promise<string> {
    return String(this.#feed.length);
  }

  async readAll(cursor: string | null, limit: number): Promise<SourcePage> {
    this.fullReads += 1;
    const ids = [...this.#people.keys()].sort();
    const from = cursor === null ? 0 : ids.findIndex((id) => id > cursor);
    const page = from < 0 ? [] : ids.slice(from, from + limit);
    const last = page.at(-1);
    const more = last !== undefined && from + limit < ids.length;
    return { entries: page.map((id) => this.#entry(id)), next: more ? last : null };
  }

  async readChanges(watermark: string, limit: number): Promise<ChangePage> {
    this.feedReads += 1;
    const from = Number(watermark);
    if (from < this.#oldest) throw problem('ENGINE_WATERMARK_EXPIRED', 'The feed begins later.');
    const page = this.#feed.slice(from, from + limit);
    return {
      entries: page.filter((id) => id !== '').map((id) => this.#entry(id)),
      watermark: String(from + page.length),
      more: from + page.length < this.#feed.length,
    };
  }

  async readSome(_objectType: string, ids: readonly string[]): Promise<readonly SourceEntry[]> {
    return ids.filter((id) => this.#people.has(id)).map((id) => this.#entry(id));
  }

  #entry(id: string): SourceEntry {
    const person = this.#people.get(id);
    if (person === undefined) {
      return {
        objectType: 'User',
        id,
        displayName: id,
        attributes: new Map(),
        presence: 'deleted',
        accountEnabled: false,
        assigned: false,
      };
    }
    const displayName = person.attributes.get('displayName');
    return { ...person, objectType: 'User', displayName: typeof displayName === 'string' ? displayName : id };
  }
}
