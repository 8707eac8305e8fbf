import { PatternError } from './errors.ts';

/** The text of a pattern and how far it was read. */
export class PatternReader {
  readonly pattern: string;
  at = 0;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  get isAtEnd(): boolean {
    return this.at >= this.pattern.length;
  }

  looksAt(text: string): boolean {
    return this.pattern.startsWith(text, this.at);
  }

  peek(ahead = 0): string {
    return this.pattern.charAt(this.at + ahead);
  }

  accept(text: string): boolean {
    if (!this.looksAt(text)) return false;
    this.at += text.length;
    return true;
  }

  take(): string {
    return this.pattern.charAt(this.at++);
  }

  /** What a sticky expression matches here; it is read. */
  match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.pattern);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  error(error: string, why: string): PatternError {
    return new PatternError(this.pattern, this.at, error, why);
  }
}
