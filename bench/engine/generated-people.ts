import type { ChangePage, SourceEntry, SourcePage, SourceReader } from '../../packages/engine/src/index.ts';

/** So many people, made as they are read: the bench measures the engine, not a directory, and memory stays flat. */
export class GeneratedPeople implements SourceReader {
  readonly name = 'Generated';
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  async watermark(): Promise<string> {
    return 'now';
  }

  async readAll(cursor: string | null, limit: number): Promise<SourcePage> {
    const from = cursor === null ? 0 : Number(cursor);
    const to = Math.min(from + limit, this.#count);
    const entries = Array.from({ length: to - from }, (_, index) => personOf(from + index));
    return { entries, next: to < this.#count ? String(to) : null };
  }

  async readChanges(watermark: string): Promise<ChangePage> {
    return { entries: [], watermark, more: false };
  }

  async readSome(_type: string, ids: readonly string[]): Promise<readonly SourceEntry[]> {
    return ids.map((id) => personOf(Number(id.slice(-12))));
  }
}

function personOf(number: number): SourceEntry {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const name = `person.${number}`;
  return {
    objectType: 'User',
    id,
    displayName: name,
    presence: 'present',
    accountEnabled: true,
    assigned: true,
    attributes: new Map([
      ['objectId', id],
      ['userPrincipalName', `${name}@contoso.com`],
      ['displayName', `Person Number ${number}`],
      ['employeeId', String(number)],
      ['jobTitle', 'Clerk'],
      ['mail', `${name}@contoso.com`],
    ]),
  };
}
