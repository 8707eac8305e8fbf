import { BerReader, berTag } from './ber-reader.ts';

/** What becomes of an attribute's values: text from UTF-8, or the octets. Decided by the schema, never by the octets (LDAP sheet 4.5). */
export interface AttributePlan {
  readonly form: 'text' | 'octets';
}

/** Takes the attributes of an entry, in the order in which the server sent them. */
export interface EntrySink<P extends AttributePlan> {
  /**
   * Asked before values are read, for whoever has seen the same octets before. From `start` to `end` are all values of the attribute.
   * @returns true where they need not be read
   */
  known?(plan: P, bytes: Buffer, start: number, end: number): boolean;
  text(plan: P, values: string[]): void;
  octets(plan: P, values: Uint8Array[]): void;
}

/** Entries up to this size are made into text at once, and their values are parts of it: one call instead of one a value. */
const textAtOnce = 4096;
/** Descriptions that are remembered: more than a schema has; ranges such as `member;range=0-1499` could go on for ever. */
const mostDescriptions = 10_000;

/** An attribute description as the server writes it, and which one followed it the last time. */
interface Description<P> {
  readonly octets: Buffer;
  /** undefined: its values are passed over. */
  readonly plan: P | undefined;
  next: Description<P> | undefined;
}

/**
 * Reads the contents of search entries (RFC 4511 4.5.2), of which it makes only what was asked for.
 *
 * Servers send the attributes of one entry after the other in the same order; so the description that followed last time is
 * compared octet by octet first, and a text is made of it only when it is another one.
 */
export class EntryDecoder<P extends AttributePlan> {
  readonly #planOf: (description: string) => P | undefined;
  readonly #known = new Map<string, Description<P>>();
  #first: Description<P> | undefined;

  /**
   * @param planOf asked once for each attribute description that a server sends, as it writes it, with options; undefined: its
   * values are passed over
   */
  constructor(planOf: (description: string) => P | undefined) {
    this.#planOf = planOf;
  }

  /**
   * Reads one entry. Text of 13 characters and more may share the memory of its entry (up to 4 KB) as long as it is kept; the
   * name and octets do not.
   * @param bytes what a search delivers; nothing of what is returned or handed over is a view of it
   * @returns the name of the entry as the server spells it
   * @throws LDAP_PROTOCOL_INVALID
   */
  decode(bytes: Buffer, start: number, end: number, sink: EntrySink<P>): string {
    const reader = new BerReader(bytes, start, end);
    const dn = reader.text();
    const listEnd = reader.open(berTag.sequence);
    const wholeText = end - start <= textAtOnce ? bytes.toString('latin1', start, end) : undefined;
    let previous: Description<P> | undefined;
    while (reader.at < listEnd) {
      const attributeEnd = reader.open(berTag.sequence, listEnd);
      const nameEnd = reader.open(berTag.octetString, attributeEnd);
      const description = this.#description(bytes, reader.at, nameEnd, previous);
      previous = description;
      reader.at = nameEnd;
      if (description.plan !== undefined) {
        const setEnd = reader.open(berTag.set, attributeEnd);
        if (sink.known?.(description.plan, bytes, reader.at, setEnd) === true) {
          reader.at = attributeEnd;
          continue;
        }
        if (description.plan.form === 'text') {
          sink.text(description.plan, readTexts(reader, setEnd, wholeText, start));
        } else {
          sink.octets(description.plan, readOctets(reader, setEnd));
        }
      }
      reader.at = attributeEnd;
    }
    return dn;
  }

  #description(bytes: Buffer, start: number, end: number, previous: Description<P> | undefined): Description<P> {
    const expected = previous === undefined ? this.#first : previous.next;
    if (expected !== undefined && isAt(expected.octets, bytes, start, end)) return expected;
    const text = bytes.toString('utf8', start, end);
    const found = this.#known.get(text) ?? this.#learn(text);
    if (previous === undefined) this.#first = found;
    else previous.next = found;
    return found;
  }

  #learn(text: string): Description<P> {
    if (this.#known.size >= mostDescriptions) this.#known.clear();
    const description: Description<P> = { octets: Buffer.from(text), plan: this.#planOf(text), next: undefined };
    this.#known.set(text, description);
    return description;
  }
}

function isAt(octets: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (octets.length !== end - start) return false;
  for (let at = 0; at < octets.length; at += 1) {
    if (octets[at] !== bytes[start + at]) return false;
  }
  return true;
}

function readTexts(reader: BerReader, end: number, wholeText: string | undefined, textStart: number): string[] {
  if (reader.at >= end) return [];
  // Most attributes have one value, and a list that is made with it takes a third of the memory of one that grows to it.
  const values = [readText(reader, end, wholeText, textStart)];
  while (reader.at < end) values.push(readText(reader, end, wholeText, textStart));
  return values;
}

function readText(reader: BerReader, end: number, wholeText: string | undefined, textStart: number): string {
  const { bytes } = reader;
  const valueEnd = reader.open(berTag.octetString, end);
  const start = reader.at;
  reader.at = valueEnd;
  return wholeText !== undefined && isAscii(bytes, start, valueEnd)
    ? wholeText.substring(start - textStart, valueEnd - textStart)
    : bytes.toString('utf8', start, valueEnd);
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if ((bytes[at] ?? 0) > 0x7f) return false;
  }
  return true;
}

function readOctets(reader: BerReader, end: number): Uint8Array[] {
  const values: Uint8Array[] = [];
  while (reader.at < end) {
    const valueEnd = reader.open(berTag.octetString, end);
    values.push(new Uint8Array(reader.bytes.subarray(reader.at, valueEnd)));
    reader.at = valueEnd;
  }
  return values;
}
