import type { AttributeChange } from '@joinery/connector';

/** Places for values of one attribute: a value takes the one that its octets lead to. */
const PLACES = 1024;
/** Longer ones are not looked for: what repeats is short. */
const LONGEST = 128;
/** Look-ups after which it is known whether an attribute repeats its values. */
const TRIAL = 2048;
/** Part of the look-ups that must find something, or looking costs more than it saves. */
const WORTHWHILE = 0.5;

interface Kept {
  readonly octets: Buffer;
  readonly change: AttributeChange;
}

/**
 * What was made of the values of one attribute before, by their octets: of a hundred thousand people there are some hundred departments,
 * towns and shells, and one object for each takes neither time nor memory again. Attributes that tell people apart give up after a trial.
 */
export class FrequentValues {
  #kept: (Kept | undefined)[] | undefined = new Array(PLACES).fill(undefined);
  #asked = 0;
  #met = 0;
  /** The place of what was not found last, and its octets, which are only valid until the next message. */
  #place = -1;
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;

  /** @param bytes `start` to `end` are all values of the attribute as they were sent */
  find(bytes: Buffer, start: number, end: number): AttributeChange | undefined {
    this.#place = -1;
    const kept = this.#kept;
    if (kept === undefined || end - start > LONGEST) return undefined;
    let hash = 0;
    for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
    const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
    const found = kept[place];
    this.#asked += 1;
    if (found !== undefined && isAt(found.octets, bytes, start, end)) {
      this.#met += 1;
      if (this.#asked >= TRIAL) this.#judge();
      return found.change;
    }
    this.#place = place;
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    if (this.#asked >= TRIAL) this.#judge();
    return undefined;
  }

  /** True where what was not found last is to be kept. */
  get learning(): boolean {
    return this.#kept !== undefined && this.#place !== -1;
  }

  /** Keeps what was made of the values that were not found last. */
  keep(change: AttributeChange): void {
    if (this.#kept === undefined || this.#place === -1) return;
    const octets = Buffer.from(this.#bytes.subarray(this.#start, this.#end));
    this.#kept[this.#place] = { octets, change };
    this.#place = -1;
  }

  #judge(): void {
    if (this.#met < this.#asked * WORTHWHILE) this.#kept = undefined;
    this.#asked = 0;
    this.#met = 0;
  }
}

function isAt(octets: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (octets.length !== end - start) return false;
  for (let at = 0; at < octets.length; at += 1) if (octets[at] !== bytes[start + at]) return false;
  return true;
}
