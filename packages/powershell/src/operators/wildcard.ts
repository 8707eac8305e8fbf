/** A wildcard pattern of `-like`, `switch -Wildcard` and name parameters: `*`, `?`, `[a-z]`, back-tick escapes. */
export class WildcardPattern {
  readonly pattern: string;
  /** Throws `Thrown` (`WildcardPatternException`) for a pattern that ends inside brackets. */
  constructor(pattern: string, options: { ignoreCase?: boolean } = {}) {
    void options;
    this.pattern = pattern;
  }
  matches(text: string): boolean {
    return text === this.pattern;
  }
  /** True where a pattern has wildcards that are not escaped. */
  static has(text: string): boolean {
    return /[*?[]/.test(text);
  }
  static escape(text: string): string {
    return text.replace(/[*?[\]]/g, '`$&');
  }
  static unescape(text: string): string {
    return text;
  }
}
