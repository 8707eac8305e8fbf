/** A pattern that is none. The message is that of .NET's `RegexParseException`. */
export class PatternError extends Error {
  /** How far the pattern had been read, in UTF-16 units. */
  readonly offset: number;
  /** The name in .NET's `RegexParseError`. */
  readonly error: string;
  /** What is wrong, as a sentence, without the pattern and the offset. */
  readonly reason: string;

  constructor(pattern: string, offset: number, error: string, reason: string) {
    super(`Invalid pattern '${pattern}' at offset ${offset}. ${reason}`);
    this.offset = offset;
    this.error = error;
    this.reason = reason;
  }
}

/** A pattern whose groups are nested deeper than allowed: .NET may take it. */
export class NestingError extends PatternError {}

/** A search that took more time, or more steps, than it may. The message is that of .NET's `RegexMatchTimeoutException`. */
export class SearchLimitError extends Error {
  constructor() {
    super(
      'The Regex engine has timed out while trying to match a pattern to an input string. This can occur for many reasons, including very large inputs or excessive backtracking caused by nested quantifiers, back-references and other factors.',
    );
  }
}
