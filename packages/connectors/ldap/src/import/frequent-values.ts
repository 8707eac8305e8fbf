import type { AttributeChange } from '@joinery/connector';

/** Values of one attribute that are kept at most. */
const MOST_VALUES = 512;
/** Look-ups after which it is known whether an attribute repeats its values. */
const TRIAL = 2048;
/** Part of the look-ups that must find something, or keeping values costs more than it saves. */
const WORTHWHILE = 0.5;

/**
 * What was made of the values of one attribute before: of a hundred thousand people there are some hundred departments, towns and shells,
 * and one object for each takes neither time nor memory again. Attributes that tell people apart give up after a trial.
 */
export class FrequentValues {
  #known: Map<string, AttributeChange> | undefined = new Map();
  #asked = 0;
  #met = 0;

  find(text: string): AttributeChange | undefined {
    if (this.#known === undefined) return undefined;
    const known = this.#known.get(text);
    this.#asked += 1;
    if (known !== undefined) this.#met += 1;
    if (this.#asked === TRIAL) this.#judge();
    return known;
  }

  keep(text: string, change: AttributeChange): void {
    if (this.#known !== undefined && this.#known.size < MOST_VALUES) this.#known.set(text, change);
  }

  #judge(): void {
    if (this.#met < this.#asked * WORTHWHILE) this.#known = undefined;
    this.#asked = 0;
    this.#met = 0;
  }
}
