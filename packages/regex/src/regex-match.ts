/** A piece of the text that a group took. */
export interface RegexCapture {
  readonly start: number;
  readonly end: number;
}

/** One match of a pattern in a text. */
export interface RegexMatch {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What the last capture of a group took; `undefined` where the group took no part. */
  group(number: number): string | undefined;
  /** Every capture of a group in order; empty where it took no part. */
  captures(number: number): readonly RegexCapture[];
}
