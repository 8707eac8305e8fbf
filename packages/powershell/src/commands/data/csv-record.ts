/** A record of CSV. `null` is a field that is not there at all: the last of a text that ends in a delimiter. */
export type CsvRecord = (string | null)[];

const quote = 34;
const space = 32;
const tab = 9;

/**
 * The fields of the text of one record. Quotes count only at the beginning of a field, and what follows the closing quote
 * belongs to the field, unless it is white space.
 * @param isLast nothing ends the record, not even a line end: then an empty field at its end is not there
 */
export function splitRecord(text: string, delimiter: string, isLast: boolean): CsvRecord {
  if (delimiter === '"' || !text.includes('"')) return splitPlain(text, delimiter, isLast);
  const fields: CsvRecord = [];
  let at = 0;
  for (;;) {
    at = skipBlanks(text, at, delimiter);
    let field = '';
    if (text.charCodeAt(at) === quote) {
      at++;
      for (;;) {
        const close = text.indexOf('"', at);
        if (close < 0) {
          // Nothing closes it: what there is of it is the field, and nothing is no field.
          if (field !== '' || at < text.length) fields.push(field + text.slice(at));
          return fields;
        }
        field = field === '' ? text.slice(at, close) : field + text.slice(at, close);
        at = close + 1;
        if (text.charCodeAt(at) !== quote) break;
        field += '"';
        at++;
      }
      if (at < text.length && text[at] !== delimiter) {
        const rest = bareField(text, at, delimiter);
        at += rest.length;
        if (!/^[ \t]*$/.test(rest)) field += rest;
      }
    } else {
      field = bareField(text, at, delimiter);
      at += field.length;
    }
    fields.push(field);
    if (at >= text.length) return fields;
    at++;
    if (at >= text.length) {
      fields.push(isLast ? null : '');
      return fields;
    }
  }
}

function bareField(text: string, at: number, delimiter: string): string {
  const end = text.indexOf(delimiter, at);
  return end < 0 ? text.slice(at) : text.slice(at, end);
}

function skipBlanks(text: string, from: number, delimiter: string): number {
  let at = from;
  for (;;) {
    const unit = text.charCodeAt(at);
    if ((unit !== space && unit !== tab) || text[at] === delimiter) return at;
    at++;
  }
}

function splitPlain(text: string, delimiter: string, isLast: boolean): CsvRecord {
  const fields: CsvRecord = text.split(delimiter);
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index];
    if (typeof field === 'string') fields[index] = withoutBlanks(field);
  }
  if (isLast && fields.length > 1 && fields[fields.length - 1] === '') fields[fields.length - 1] = null;
  return fields;
}

/** White space before a field is not part of it; behind it, the first blank is. */
function withoutBlanks(field: string): string {
  const first = field.charCodeAt(0);
  const last = field.charCodeAt(field.length - 1);
  if (first !== space && first !== tab && last !== space && last !== tab) return field;
  return field.replace(/^[ \t]+/, '').replace(/^([^ \t]+[ \t])[ \t]+$/, '$1');
}

/**
 * Finds out whether the text of a record goes on behind the end of a line, which it does within quotes.
 * @param isOpen whether the line begins within quotes
 */
export function endsInQuotes(line: string, delimiter: string, isOpen: boolean): boolean {
  let at = 0;
  let open = isOpen;
  for (;;) {
    if (!open) {
      at = skipBlanks(line, at, delimiter);
      if (line.charCodeAt(at) === quote) {
        open = true;
        at++;
      }
    }
    while (open) {
      const close = line.indexOf('"', at);
      if (close < 0) return true;
      at = close + 1;
      if (line.charCodeAt(at) === quote) at++;
      else open = false;
    }
    const next = line.indexOf(delimiter, at);
    if (next < 0) return false;
    at = next + delimiter.length;
  }
}
