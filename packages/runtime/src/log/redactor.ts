/** What stands in place of a secret. */
export const redacted = '[redacted]';

/**
 * Words that make a field secret wherever they stand in its name, compared without case and separators: `export_password`, `clientSecret`, `Set-Cookie`.
 * Rather one harmless field too many than one secret in a log.
 */
const secretWords = [
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'token',
  'authorization',
  'credential',
  'cookie',
  'apikey',
  'privatekey',
  'connectionstring',
  'assertion',
];

/** Forms of a secret inside text that can be known without the value: RFC 6750 and RFC 7617 credentials, and the user part of a URL (RFC 3986 3.2.1). */
const credentialPatterns: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[A-Za-z0-9\-._~+/=:;<>?@`]{6,}/gi, `$1 ${redacted}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${redacted}@`],
];

/** A value shorter than this would blot out ordinary words; such a secret is protected by its field name alone. */
const shortestValue = 4;

const deepest = 8;
const longestList = 100;
const longestText = 16_384;

/**
 * Takes secrets out of what is about to be logged: by field name at any depth, by registered value inside any text, and by the form of credentials.
 * One redactor belongs to one process; the vault registers every secret it hands out.
 */
export class Redactor {
  readonly #values = new Map<string, number>();
  #longestFirst: readonly string[] = [];

  /**
   * Hides `value` in every later line: as it is, as base64, percent-encoded, and as JSON, XML, SQL and CSV escape it.
   * @returns takes the registration back
   */
  register(value: string): () => void {
    const forms = formsOf(value);
    for (const form of forms) this.#values.set(form, (this.#values.get(form) ?? 0) + 1);
    this.#sort();
    let registered = true;
    return () => {
      if (!registered) return;
      registered = false;
      for (const form of forms) {
        const left = (this.#values.get(form) ?? 1) - 1;
        if (left === 0) this.#values.delete(form);
        else this.#values.set(form, left);
      }
      this.#sort();
    };
  }

  /** The text without registered values and credentials. */
  text(text: string): string {
    let clean = text;
    for (const value of this.#longestFirst) if (clean.includes(value)) clean = clean.replaceAll(value, redacted);
    for (const [pattern, replacement] of credentialPatterns) clean = clean.replace(pattern, replacement);
    // Cut last: a cut through a secret would leave a part of it unrecognised.
    return clean.length > longestText ? `${clean.slice(0, longestText)}… (${clean.length} characters)` : clean;
  }

  /** A plain copy of any value, bounded in depth and length, with every secret replaced. */
  value(value: unknown): unknown {
    return this.#copy(value, [], deepest);
  }

  #copy(value: unknown, above: readonly object[], depth: number): unknown {
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'bigint':
        return value.toString();
      case 'function':
      case 'symbol':
        return undefined;
      case 'object':
        break;
      default:
        return value;
    }
    if (value === null) return null;
    if (above.includes(value)) return '[circular]';
    if (depth === 0) return '[deeper]';
    const path = [...above, value];
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (value instanceof URL) return this.text(value.href);
    if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
    if (value instanceof Error) return this.#copyError(value, path, depth);
    if (Array.isArray(value)) return this.#copyList(value, path, depth);
    if (value instanceof Map)
      return this.#copyEntries(
        [...value].map(([key, entry]) => [String(key), entry]),
        path,
        depth,
      );
    if (value instanceof Set) return this.#copyList([...value], path, depth);
    return this.#copyEntries(Object.entries(value), path, depth);
  }

  #copyList(list: readonly unknown[], path: readonly object[], depth: number): unknown[] {
    const copy = list.slice(0, longestList).map((item) => this.#copy(item, path, depth - 1));
    if (list.length > longestList) copy.push(`… ${list.length - longestList} more`);
    return copy;
  }

  #copyEntries(
    entries: readonly (readonly [string, unknown])[],
    path: readonly object[],
    depth: number,
  ): Record<string, unknown> {
    // fromEntries defines own properties, so that a field called __proto__ stays a field.
    return Object.fromEntries(
      entries.slice(0, longestList).map(([name, entry]) => [this.text(name), this.#field(name, entry, path, depth)]),
    );
  }

  #field(name: string, value: unknown, path: readonly object[], depth: number): unknown {
    if (isSecretName(name) && value !== undefined && value !== null && typeof value !== 'boolean') return redacted;
    return this.#copy(value, path, depth - 1);
  }

  #copyError(error: Error, path: readonly object[], depth: number): Record<string, unknown> {
    const own = Object.entries(error).filter(([name]) => name !== 'cause');
    return {
      type: error.name,
      message: this.text(error.message),
      ...this.#copyEntries(own, path, depth),
      ...(error.stack === undefined ? {} : { stack: this.text(error.stack) }),
      ...(error.cause === undefined ? {} : { cause: this.#copy(error.cause, path, depth - 1) }),
    };
  }

  #sort(): void {
    this.#longestFirst = [...this.#values.keys()].sort((a, b) => b.length - a.length);
  }
}

/** True for a field whose value must never be shown, judged by its name alone. */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return secretWords.some((word) => plain.includes(word));
}

function formsOf(value: string): readonly string[] {
  if (value.length < shortestValue) return [];
  const bytes = Buffer.from(value, 'utf8');
  const forms = [
    value,
    encodeURIComponent(value.toWellFormed()),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    ...(/[^A-Za-z0-9]/.test(value) ? escapedForms(value) : []),
  ];
  return [...new Set(forms)];
}

/** What a target's words hold when they repeat what they were given inside of JSON (RFC 8259 7), XML (2.4, 4.1), SQL or CSV. */
function escapedForms(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const unicode = (text: string, characters: RegExp, upper: boolean): string =>
    text.replace(characters, (character) => {
      const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
      return `\\u${upper ? hex.toUpperCase() : hex}`;
    });
  const xml = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    json,
    json.replaceAll('/', '\\/'),
    // Libraries differ in what they escape beyond what they must: nothing, all but ASCII, and what HTML gives a meaning.
    ...[false, true].flatMap((upper) => [
      unicode(json, /[^\0-~]/g, upper),
      unicode(json, /[<>&']/g, upper),
      unicode(json, /[^\0-~]|[<>&']/g, upper),
      unicode(json.replaceAll('\\"', '"'), /[^\0-~]|[<>&'"+`]/g, upper),
    ]),
    xml,
    ...['&apos;', '&#39;', '&#x27;', "'"].map((quote) => xml.replaceAll('"', '&quot;').replaceAll("'", quote)),
    value.replaceAll("'", "''"),
    value.replaceAll('"', '""'),
  ];
}
