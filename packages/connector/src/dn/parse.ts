import type { Dn, NamingValue, Rdn } from './name.ts';

const type = /[ ]*(?:OID\.(?=\d))?([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*)[ ]*=[ ]*/iy;
const hexValue = /#((?:[0-9A-Fa-f]{2})+)[ ]*/y;
// What a value may hold unescaped. RFC 4514 wants < and > escaped too; they are clear without it, and people write them.
const plain = /[^\\",;+]+/y;
const quotedPlain = /[^\\"]+/y;
const escaped = /\\([^A-Za-z0-9\u0080-\uffff])/y;
const octets = /(?:\\[0-9A-Fa-f]{2})+/y;
const blanks = /[ ]*/y;

/**
 * Takes a distinguished name apart.
 *
 * Reads RFC 4514 and, beyond it, what servers and people write: `;` as separator, quoted values and blanks around separators
 * (LDAPv2, RFC 2253 section 4), any punctuation behind a backslash.
 * @returns undefined where the text is no distinguished name
 */
export function parseDn(text: string): Dn | undefined {
  return text.isWellFormed() ? new DnReader(text).dn() : undefined;
}

class DnReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  dn(): Dn | undefined {
    this.#match(blanks);
    if (this.#at === this.#text.length) return [];
    const rdns: Rdn[] = [];
    for (;;) {
      const rdn = this.#rdn();
      if (rdn === undefined) return undefined;
      rdns.push(rdn);
      if (this.#at === this.#text.length) return rdns;
      // #rdn stops at the end or at a separator.
      this.#at += 1;
    }
  }

  #rdn(): Rdn | undefined {
    const first = this.#namingValue();
    if (first === undefined) return undefined;
    const values: [NamingValue, ...NamingValue[]] = [first];
    while (this.#text[this.#at] === '+') {
      this.#at += 1;
      const next = this.#namingValue();
      if (next === undefined) return undefined;
      values.push(next);
    }
    return values;
  }

  #namingValue(): NamingValue | undefined {
    const name = this.#match(type)?.[1];
    if (name === undefined) return undefined;
    const start = this.#text[this.#at];
    if (start === '#') {
      const digits = this.#match(hexValue)?.[1];
      if (digits === undefined || !this.#atEnd()) return undefined;
      return { type: name, value: digits.toLowerCase(), hex: true };
    }
    const value = start === '"' ? this.#quoted() : this.#unquoted();
    return value === undefined ? undefined : { type: name, value, hex: false };
  }

  #unquoted(): string | undefined {
    let value = '';
    for (;;) {
      const raw = this.#match(plain)?.[0];
      if (raw !== undefined) {
        // Blanks before a separator are none of the value; an escaped blank comes through #escape.
        value += this.#atEnd() ? withoutTrailingBlanks(raw) : raw;
      }
      if (this.#atEnd()) return value;
      const character = this.#escape();
      if (character === undefined) return undefined;
      value += character;
    }
  }

  #quoted(): string | undefined {
    this.#at += 1;
    let value = '';
    for (;;) {
      value += this.#match(quotedPlain)?.[0] ?? '';
      if (this.#text[this.#at] === '"') break;
      const character = this.#escape();
      if (character === undefined) return undefined;
      value += character;
    }
    this.#at += 1;
    this.#match(blanks);
    return this.#atEnd() ? value : undefined;
  }

  /** One escaped character, or a run of escaped octets, which only together make UTF-8. */
  #escape(): string | undefined {
    const run = this.#match(octets)?.[0];
    if (run !== undefined) return textOfOctets(Buffer.from(run.replaceAll('\\', ''), 'hex'));
    return this.#match(escaped)?.[1];
  }

  #atEnd(): boolean {
    const character = this.#text[this.#at];
    return character === undefined || character === ',' || character === ';' || character === '+';
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }
}

function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === ' ') end -= 1;
  return text.slice(0, end);
}

/** UTF-8 as text; an octet that belongs to no character becomes a lone surrogate (U+DC80 for 80 …). */
function textOfOctets(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd')) return text;
  let kept = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    kept += length === 0 ? String.fromCharCode(0xdc00 + bytes.readUInt8(at)) : bytes.toString('utf8', at, at + length);
    at += Math.max(length, 1);
  }
  return kept;
}

/** Octets of the character that starts here; 0 where none does. */
function characterLength(bytes: Buffer, at: number): number {
  const lead = bytes.readUInt8(at);
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length < 2) return length;
  const character = bytes.subarray(at, at + length);
  // Re-encoding finds what the lead octet does not show: cut, overlong and surrogate sequences.
  return Buffer.from(character.toString('utf8'), 'utf8').equals(character) ? length : 0;
}
