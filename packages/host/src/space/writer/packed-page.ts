import { besideBody, digestOf, type IndexEntry, type IndexKeys, type SourceRow, type SpaceRow } from '../row.ts';

/** One page of an import. */
export interface Page {
  /** At most ROWS_PER_TRANSACTION. */
  readonly rows: readonly SpaceRow[];
  /** Objects that are there but could not be read: they keep the content they have. */
  readonly keep: readonly string[];
  /** Objects that a delta import reports as deleted; they go before the rows come. */
  readonly gone?: readonly string[];
  /** A delta import may tell of an object more than once: the last word counts, and none is a duplicate. */
  readonly again?: boolean;
  readonly now: number;
}

/**
 * A page as it goes to the writer's thread: the UTF-8 of all rows in one piece of memory that changes hands. No object is
 * cloned, and of a row that is unchanged nothing but the id is ever made a string again.
 *
 * A row is `body`, `besideBody`, `id` and, each after a U+0000, the reference key and its index entries (number, key, …); no
 * text of a row holds a U+0000.
 */
export interface PackedPage extends Omit<Page, 'rows'> {
  readonly texts: Uint8Array<ArrayBuffer>;
  /** Five numbers a row: the place of its type in `types`, and the bytes of its four parts. */
  readonly sizes: Uint32Array<ArrayBuffer>;
  readonly types: readonly string[];
  /** The indexes that all rows have said their entries of; undefined where they have not. */
  readonly indexes: readonly number[] | undefined;
}

const NUMBERS_A_ROW = 5;

export function packPage({ rows, ...rest }: Page): PackedPage {
  const sizes = new Uint32Array(rows.length * NUMBERS_A_ROW);
  const types: string[] = [];
  const told = rows[0]?.keys?.indexes;
  const indexes = rows.every(({ keys }) => keys?.indexes === told) ? told : undefined;
  const texts = new Texts();
  for (const [at, row] of rows.entries()) {
    let type = types.indexOf(row.type);
    if (type === -1) type = types.push(row.type) - 1;
    const first = at * NUMBERS_A_ROW;
    sizes[first] = type;
    sizes[first + 1] = texts.add(row.body);
    sizes[first + 2] = texts.add(besideBody(row));
    sizes[first + 3] = texts.add(row.id);
    sizes[first + 4] = texts.add(namesOf(row, indexes !== undefined));
  }
  return { ...rest, texts: texts.bytes, sizes, types, indexes: indexes === undefined ? undefined : [...indexes] };
}

function namesOf({ referenceKey, keys }: SpaceRow, withKeys: boolean): string {
  let text = `\u0000${referenceKey ?? ''}`;
  if (withKeys && keys !== undefined) for (const [index, key] of keys.entries) text += `\u0000${index}\u0000${key}`;
  return text;
}

/** Texts one after the other, in memory that no other buffer shares. */
class Texts {
  #memory = Buffer.allocUnsafeSlow(256 * 1024);
  #length = 0;

  /** @returns its bytes */
  add(text: string): number {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    const most = this.#length + text.length * 3;
    if (most > this.#memory.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(most, this.#memory.length * 2));
      this.#memory.copy(larger, 0, 0, this.#length);
      this.#memory = larger;
    }
    const bytes = this.#memory.write(text, this.#length);
    this.#length += bytes;
    return bytes;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#memory.buffer, 0, this.#length);
  }
}

/** What has to change hands with a packed page. */
export function memoryOf({ texts, sizes }: PackedPage): readonly ArrayBuffer[] {
  return [texts.buffer, sizes.buffer];
}

/** The rows of a packed page, one after the other. */
export class PackedRows {
  readonly #texts: Buffer;
  readonly #sizes: Uint32Array;
  readonly #types: readonly string[];
  readonly #indexes: ReadonlySet<number> | undefined;
  #row = -1;
  #start = 0;

  constructor({ texts, sizes, types, indexes }: PackedPage) {
    this.#texts = Buffer.from(texts.buffer, texts.byteOffset, texts.length);
    this.#sizes = sizes;
    this.#types = types;
    this.#indexes = indexes === undefined ? undefined : new Set(indexes);
  }

  /** Goes to the next row. @returns false when there is none */
  next(): boolean {
    if (this.#row >= 0) this.#start = this.#end;
    this.#row += 1;
    return this.#row * NUMBERS_A_ROW < this.#sizes.length;
  }

  get type(): string {
    return this.#types[this.#size(0)] ?? '';
  }

  get id(): string {
    const start = this.#start + this.#size(1) + this.#size(2);
    return this.#texts.toString('utf8', start, start + this.#size(3));
  }

  get digest(): string {
    return digestOf(this.#texts.subarray(this.#start, this.#start + this.#size(1) + this.#size(2)));
  }

  /** The present row. @param digest of it */
  row(id: string, digest: string): SourceRow {
    const body = this.#start + this.#size(1);
    const beside = body + this.#size(2);
    const [, hidden = '', dn = '', references] = this.#texts.toString('utf8', body, beside).split('\u0000');
    const [, referenceKey = '', ...names] = this.#texts
      .toString('utf8', beside + this.#size(3), this.#end)
      .split('\u0000');
    return {
      id,
      type: this.type,
      body: this.#texts.subarray(this.#start, body),
      digest,
      hidden: hidden === '' ? null : hidden,
      dn: dn === '' ? null : dn,
      referenceKey: referenceKey === '' ? null : referenceKey,
      references: references === undefined ? null : referencesOf(references),
      ...(this.#indexes === undefined ? {} : { keys: keysOf(this.#indexes, names) }),
    };
  }

  get #end(): number {
    return this.#start + this.#size(1) + this.#size(2) + this.#size(3) + this.#size(4);
  }

  #size(part: number): number {
    return this.#sizes[this.#row * NUMBERS_A_ROW + part] ?? 0;
  }
}

/** The other thread wrote it. */
function referencesOf(json: string): SpaceRow['references'] {
  const references: SpaceRow['references'] = JSON.parse(json);
  return references;
}

function keysOf(indexes: ReadonlySet<number>, names: readonly string[]): IndexKeys {
  const entries: IndexEntry[] = [];
  for (let at = 0; at + 1 < names.length; at += 2) entries.push([Number(names[at]), names[at + 1] ?? '']);
  return { indexes, entries };
}
