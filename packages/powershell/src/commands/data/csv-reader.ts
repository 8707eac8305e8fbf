/** A record of CSV. `null` is a field that is not there at all: the last of a text that ends in a delimiter. */
export type CsvRecord = (string | null)[];

/**
 * Reads CSV as PowerShell does: quotes count only at the beginning of a field, white space before a field does not belong to
 * it, CR, LF and both end a record, records of white space alone are left out.
 */
export class CsvReader {
  readonly #text: string;
  readonly #delimiter: string;
  #at = 0;
  /** Where the next CR is, once it was looked for: texts without any are not searched at each line. */
  #carriage = -1;

  constructor(text: string, delimiter: string) {
    this.#text = text;
    this.#delimiter = delimiter;
  }

  /** The line that comes next, as it stands; it stays to be read. `undefined` at the end. */
  peekLine(): string | undefined {
    if (this.#at >= this.#text.length) return undefined;
    return this.#text.slice(this.#at, this.#lineEnd(this.#at));
  }

  skipLine(): void {
    this.#at = this.#lineEnd(this.#at);
    this.#endOfLine();
  }

  /** The next record; `undefined` at the end. */
  next(): CsvRecord | undefined {
    for (;;) {
      if (this.#at >= this.#text.length) return undefined;
      const record = this.#record();
      if (record !== undefined) return record;
    }
  }

  #record(): CsvRecord | undefined {
    const end = this.#lineEnd(this.#at);
    const line = this.#text.slice(this.#at, end);
    if (line.includes('"')) return this.#quoted();
    this.#at = end;
    const hasEnd = end < this.#text.length;
    this.#endOfLine();
    if (line.trim() === '') return undefined;
    const fields: CsvRecord = line.split(this.#delimiter);
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index];
      if (field !== undefined && field !== null) fields[index] = withoutBlanks(field);
    }
    if (!hasEnd && fields.length > 1 && fields[fields.length - 1] === '') fields[fields.length - 1] = null;
    return fields;
  }

  /** A record with a quote in its first line, which may go on over others. */
  #quoted(): CsvRecord {
    const fields: CsvRecord = [];
    for (;;) {
      fields.push(this.#field());
      const unit = this.#text[this.#at];
      if (unit !== this.#delimiter) {
        this.#endOfLine();
        return fields;
      }
      this.#at++;
      if (this.#at >= this.#text.length) {
        fields.push(null);
        return fields;
      }
    }
  }

  #field(): string {
    const text = this.#text;
    while ((text[this.#at] === ' ' || text[this.#at] === '\t') && text[this.#at] !== this.#delimiter) this.#at++;
    if (text[this.#at] !== '"') return this.#bare();
    this.#at++;
    let field = '';
    for (;;) {
      const quote = text.indexOf('"', this.#at);
      if (quote < 0) {
        field += text.slice(this.#at);
        this.#at = text.length;
        return field;
      }
      field += text.slice(this.#at, quote);
      this.#at = quote + 1;
      if (text[this.#at] !== '"') break;
      field += '"';
      this.#at++;
    }
    const rest = this.#bare();
    return rest.trim() === '' ? field : field + rest;
  }

  #bare(): string {
    const start = this.#at;
    const text = this.#text;
    while (this.#at < text.length) {
      const unit = text[this.#at];
      if (unit === this.#delimiter || unit === '\n' || unit === '\r') break;
      this.#at++;
    }
    return text.slice(start, this.#at);
  }

  #lineEnd(from: number): number {
    if (this.#carriage < from) {
      const next = this.#text.indexOf('\r', from);
      this.#carriage = next < 0 ? Number.POSITIVE_INFINITY : next;
    }
    const feed = this.#text.indexOf('\n', from);
    return Math.min(feed < 0 ? this.#text.length : feed, this.#carriage);
  }

  #endOfLine(): void {
    if (this.#text[this.#at] === '\r') this.#at++;
    if (this.#text[this.#at] === '\n') this.#at++;
  }
}

/** White space before a field is not part of it; behind it, the first blank is. */
function withoutBlanks(field: string): string {
  const first = field.charCodeAt(0);
  const last = field.charCodeAt(field.length - 1);
  if (first !== 32 && first !== 9 && last !== 32 && last !== 9) return field;
  return field.replace(/^[ \t]+/, '').replace(/^([^ \t]+[ \t])[ \t]+$/, '$1');
}
