import type { PageMemory, PagePiece } from '../page-memory.ts';
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

/** A page as it goes to the writer's thread. */
export interface PackedPage extends Omit<Page, 'rows'> {
  readonly rows: PackedRows;
}

/**
 * The UTF-8 of some rows in memory that both threads see: no object is cloned, and of a row that is unchanged nothing but the
 * id is ever made a string again.
 *
 * A row is `body`, `besideBody`, `id` and, each after a U+0000, the reference key and its index entries (number, key, …); no
 * text of a row holds a U+0000.
 */
export interface PackedRows {
  /** The number of the piece of memory. */
  readonly piece: number;
  /** The memory, where the reader does not know it yet. */
  readonly memory: SharedArrayBuffer | undefined;
  /** Five numbers a row: the place of its type in `types`, and the bytes of its four parts. */
  readonly sizes: Uint32Array;
  readonly types: readonly string[];
  /** The indexes that all rows have said their entries of; undefined where they have not. */
  readonly indexes: readonly number[] | undefined;
}

const NUMBERS_A_ROW = 5;

/** Packs rows as they are made, so that none of them has to be kept until its page is full. */
export class RowPacker {
  readonly #memory: PageMemory;
  #piece: PagePiece | undefined;
  #length = 0;
  #sizes: number[] = [];
  #types: string[] = [];
  #told: ReadonlySet<number> | undefined;
  #allTold = true;

  constructor(memory: PageMemory) {
    this.#memory = memory;
  }

  /** Rows that were added since the last ones were taken. */
  get count(): number {
    return this.#sizes.length / NUMBERS_A_ROW;
  }

  add(row: SpaceRow): void {
    let type = this.#types.indexOf(row.type);
    if (type === -1) type = this.#types.push(row.type) - 1;
    if (this.#sizes.length === 0) this.#told = row.keys?.indexes;
    this.#allTold = this.#allTold && this.#told !== undefined && row.keys?.indexes === this.#told;
    const body = this.#write(row.body);
    const beside = this.#write(besideBody(row));
    const id = this.#write(row.id);
    this.#sizes.push(type, body, beside, id, this.#write(namesOf(row)));
  }

  /** The rows that were added, and the piece of memory that they are in; goes on with none. */
  take(): { readonly rows: PackedRows; readonly piece: PagePiece } {
    const piece = this.#piece ?? this.#memory.take();
    const rows = {
      piece: piece.number,
      memory: piece.introduce(),
      sizes: Uint32Array.from(this.#sizes),
      types: this.#types,
      indexes: this.#allTold && this.#told !== undefined ? [...this.#told] : undefined,
    };
    this.#piece = undefined;
    this.#length = 0;
    this.#sizes = [];
    this.#types = [];
    this.#allTold = true;
    return { rows, piece };
  }

  /** @returns the bytes of a text */
  #write(text: string): number {
    this.#piece ??= this.#memory.take();
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    const most = this.#length + text.length * 3;
    if (most > this.#piece.bytes.length) this.#piece.grow(most, this.#length);
    const bytes = this.#piece.bytes.write(text, this.#length);
    this.#length += bytes;
    return bytes;
  }
}

function namesOf({ referenceKey, keys }: SpaceRow): string {
  let text = `\u0000${referenceKey ?? ''}`;
  if (keys !== undefined) for (const [index, key] of keys.entries) text += `\u0000${index}\u0000${key}`;
  return text;
}

/** Packed rows, one after the other. */
export class PackedReader {
  readonly #texts: Buffer;
  readonly #sizes: Uint32Array;
  readonly #types: readonly string[];
  readonly #indexes: ReadonlySet<number> | undefined;
  #row = -1;
  #start = 0;

  /** @param texts the memory of the piece that they are in */
  constructor({ sizes, types, indexes }: PackedRows, texts: Buffer) {
    this.#texts = texts;
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
